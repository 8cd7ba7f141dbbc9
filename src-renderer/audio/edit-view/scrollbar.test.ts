import { expect, test } from 'vitest'
import { thumbOf } from './scrollbar.ts'

test('the thumb is as long as what is seen and ends at both ends', () => {
  expect(thumbOf({ from: 0, seen: 250, frames: 1000 }, 400)).toEqual({ left: 0, width: 100 })
  expect(thumbOf({ from: 750, seen: 250, frames: 1000 }, 400)).toEqual({ left: 300, width: 100 })
})

test('however little is seen, the thumb can be grabbed', () => {
  const { left, width } = thumbOf({ from: 999_999, seen: 1, frames: 1_000_000 }, 400)

  expect(width).toBe(28)
  expect(left + width).toBeCloseTo(400)
})

test('it fills the track when there is nothing to scroll', () => {
  expect(thumbOf({ from: 0, seen: 1000, frames: 10 }, 400)).toEqual({ left: 0, width: 400 })
  expect(thumbOf({ from: 0, seen: 0, frames: 0 }, 400)).toEqual({ left: 0, width: 400 })
})
