import { describe, expect, it } from 'vitest'
import { gridMoves, moveTo, type GridMove } from './grid-moves.ts'

const size = { items: 100, columns: 6, page: 20 }
const from = { item: 50, column: 2 }
const move = (name: GridMove, position = from) => moveTo(name, position, size)

describe('moveTo', () => {
  it('moves by one', () => {
    expect(move('down')).toEqual({ item: 51, column: 2 })
    expect(move('up')).toEqual({ item: 49, column: 2 })
    expect(move('left')).toEqual({ item: 50, column: 1 })
    expect(move('right')).toEqual({ item: 50, column: 3 })
  })

  it('goes to the ends of a row and of the grid', () => {
    expect(move('row-start')).toEqual({ item: 50, column: 0 })
    expect(move('row-end')).toEqual({ item: 50, column: 5 })
    expect(move('top')).toEqual({ item: 0, column: 0 })
    expect(move('bottom')).toEqual({ item: 99, column: 5 })
  })

  it('pages by what fits on the screen', () => {
    expect(move('page-down')).toEqual({ item: 70, column: 2 })
    expect(move('page-up')).toEqual({ item: 30, column: 2 })
  })

  it('stops at the edges', () => {
    expect(move('up', { item: 0, column: 0 })).toEqual({ item: 0, column: 0 })
    expect(move('page-down', { item: 95, column: 5 })).toEqual({ item: 99, column: 5 })
  })

  it('gives every key to one move only', () => {
    const keys = Object.values(gridMoves).flatMap((each) => [...each.keys])

    expect(new Set(keys).size).toBe(keys.length)
  })
})
