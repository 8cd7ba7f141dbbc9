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

    expect(describeCell('fr-fr', cell)).toBe('fr-fr, recorded, 2.7 s')
    expect(describeCell('fr-fr', { ...cell, normalization_error: 'sox' })).toBe(
      'fr-fr, recorded, 2.7 s, normalising failed',
    )
    expect(describeCell('ru-ru', undefined)).toBe('ru-ru, missing')
  })
})
