import { describe, expect, it } from 'vitest'
import { cursorAt, locateCursor, placeAt } from './cursor.ts'
import { itemsOf } from './matrix-model.ts'

const row = (promptId: string) => ({ prompt_id: promptId, area: 'vm', text: '', cells: {} })
const languages = ['en-us', 'fr-fr']
const shown = { items: itemsOf([row('vm-a'), row('vm-b'), row('vm-c')], []), languages }

describe('locateCursor', () => {
  it('starts at the first prompt, below the heading', () => {
    expect(locateCursor(shown, null)).toEqual({ item: 1, column: 0 })
  })

  it('follows its cell when rows appear above it', () => {
    const cursor = cursorAt(shown, { item: 2, column: 1 })
    const longer = { ...shown, items: itemsOf([row('vm-0'), row('vm-a'), row('vm-b')], []) }

    expect(locateCursor(longer, cursor)).toEqual({ item: 3, column: 1 })
  })

  it('stays near when its row is gone', () => {
    const cursor = cursorAt(shown, { item: 3, column: 1 })
    const shorter = { ...shown, items: itemsOf([row('vm-a')], []) }

    expect(locateCursor(shorter, cursor)).toEqual({ item: 1, column: 1 })
  })

  it('goes to the first language when its own is hidden', () => {
    const cursor = cursorAt(shown, { item: 2, column: 1 })

    expect(locateCursor({ ...shown, languages: ['en-us'] }, cursor)).toEqual({ item: 2, column: 0 })
  })

  it('is nowhere in an empty matrix', () => {
    expect(locateCursor({ items: [], languages }, null)).toBeUndefined()
    expect(locateCursor({ ...shown, languages: [] }, null)).toBeUndefined()
  })
})

it('names the cell under a position, and none on a heading', () => {
  expect(placeAt(shown, { item: 1, column: 1 })).toEqual({ promptId: 'vm-a', language: 'fr-fr' })
  expect(placeAt(shown, { item: 0, column: 1 })).toBeUndefined()
})
