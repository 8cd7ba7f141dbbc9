import { describe, expect, it } from 'vitest'
import { moveByKey } from './grid-keys.ts'

const size = { items: 100, columns: 6, page: 20 }
const press = (key: string, ctrlKey = false) => ({ key, ctrlKey, metaKey: false, altKey: false })
const from = { item: 50, column: 2 }

describe('moveByKey', () => {
  it('moves by one with arrows and with h j k l', () => {
    for (const [arrow, letter] of [
      ['ArrowUp', 'k'],
      ['ArrowDown', 'j'],
      ['ArrowLeft', 'h'],
      ['ArrowRight', 'l'],
    ] as const)
      expect(moveByKey(press(letter), from, size)).toEqual(moveByKey(press(arrow), from, size))
    expect(moveByKey(press('j'), from, size)).toEqual({ item: 51, column: 2 })
    expect(moveByKey(press('l'), from, size)).toEqual({ item: 50, column: 3 })
  })

  it('goes to the ends of a row and of the grid', () => {
    expect(moveByKey(press('Home'), from, size)).toEqual({ item: 50, column: 0 })
    expect(moveByKey(press('End'), from, size)).toEqual({ item: 50, column: 5 })
    expect(moveByKey(press('Home', true), from, size)).toEqual({ item: 0, column: 0 })
    expect(moveByKey(press('End', true), from, size)).toEqual({ item: 99, column: 5 })
  })

  it('pages by what fits on the screen', () => {
    expect(moveByKey(press('PageDown'), from, size)).toEqual({ item: 70, column: 2 })
    expect(moveByKey(press('PageUp'), from, size)).toEqual({ item: 30, column: 2 })
  })

  it('stops at the edges', () => {
    expect(moveByKey(press('ArrowUp'), { item: 0, column: 0 }, size)).toEqual({
      item: 0,
      column: 0,
    })
    expect(moveByKey(press('PageDown'), { item: 95, column: 5 }, size)).toEqual({
      item: 99,
      column: 5,
    })
  })

  it('leaves other keys and combinations to others', () => {
    expect(moveByKey(press('Enter'), from, size)).toBeUndefined()
    expect(moveByKey(press('k', true), from, size)).toBeUndefined()
    expect(moveByKey({ ...press('ArrowLeft'), altKey: true }, from, size)).toBeUndefined()
  })

  it('has nowhere to go in an empty grid', () => {
    expect(moveByKey(press('j'), from, { items: 0, columns: 6, page: 20 })).toBeUndefined()
  })
})
