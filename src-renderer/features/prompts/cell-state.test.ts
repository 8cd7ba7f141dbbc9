import { describe, expect, it } from 'vitest'
import { cellStates } from '#contract/studio'
import { describeCell, hasFile, isHeard, isOwned, placeState, placeStates } from './cell-state.ts'

describe('placeState', () => {
  it('calls a language without a cell missing', () => {
    expect(placeState(undefined)).toBe('missing')
    expect(placeState({ state: 'spoken' })).toBe('spoken')
  })

  it('knows every state of the contract', () => {
    expect([...placeStates].sort()).toEqual([...cellStates, 'missing'].sort())
  })
})

describe('what a state allows', () => {
  it('lets callers hear inherited files that the account does not own', () => {
    expect(isHeard('inherited')).toBe(true)
    expect(isOwned('inherited')).toBe(false)
    expect(hasFile('inherited')).toBe(true)
  })

  it('offers an unreadable file for download although nobody hears it', () => {
    expect(isHeard('unreadable')).toBe(false)
    expect(hasFile('unreadable')).toBe(true)
  })
})

describe('describeCell', () => {
  it('says in words what the cell draws', () => {
    const cell = { state: 'recorded', duration_ms: 2686 } as const

    const place = { promptId: 'vm-hi', language: 'fr-fr' }

    expect(describeCell(place, cell)).toBe('vm-hi, fr-fr, recorded, 2.7 s')
    expect(describeCell(place, { ...cell, normalization_error: 'sox' })).toBe(
      'vm-hi, fr-fr, recorded, 2.7 s, normalising failed',
    )
    expect(describeCell(place, undefined)).toBe('vm-hi, fr-fr, missing')
  })
})
