import { describe, expect, it } from 'vitest'
import { offsetsOf, scrollToShow, spanOf } from './virtual-window.ts'

const offsets = offsetsOf([24, 28, 28, 28, 24, 28])

describe('spanOf', () => {
  it('shows what the viewport touches', () => {
    expect(spanOf(offsets, { start: 0, length: 50 }, 0)).toEqual({ first: 0, end: 2 })
    expect(spanOf(offsets, { start: 30, length: 60 }, 0)).toEqual({ first: 1, end: 4 })
  })

  it('adds neighbours without leaving the list', () => {
    expect(spanOf(offsets, { start: 60, length: 19 }, 2)).toEqual({ first: 0, end: 5 })
    expect(spanOf(offsets, { start: 140, length: 400 }, 2)).toEqual({ first: 3, end: 6 })
  })

  it('shows nothing of an empty list or in a viewport without height', () => {
    expect(spanOf(offsetsOf([]), { start: 0, length: 100 }, 3)).toEqual({ first: 0, end: 0 })
    expect(spanOf(offsets, { start: 0, length: 0 }, 3)).toEqual({ first: 0, end: 0 })
  })
})

describe('scrollToShow', () => {
  it('stays where the item is visible already', () => {
    expect(scrollToShow(offsets, 2, { start: 20, length: 100 })).toBe(20)
  })

  it('puts what is far away into the middle', () => {
    const long = offsetsOf(Array<number>(100).fill(28))

    expect(scrollToShow(long, 80, { start: 0, length: 280 })).toBe(80 * 28 - 126)
    expect(scrollToShow(long, 2, { start: 2000, length: 280 })).toBe(0)
  })

  it('moves no further than needed', () => {
    expect(scrollToShow(offsets, 5, { start: 0, length: 100 })).toBe(60)
    expect(scrollToShow(offsets, 1, { start: 90, length: 60 })).toBe(24)
  })
})
