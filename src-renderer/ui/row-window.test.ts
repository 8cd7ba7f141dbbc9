import { expect, test } from 'vitest'
import { rowWindow, scrollTopForRow } from './row-window.ts'

test('covers what is in sight with a margin on both sides', () => {
  const { first, end } = rowWindow(2800, 560, 28)

  expect(first).toBeLessThanOrEqual(100 - 8)
  expect(end).toBeGreaterThanOrEqual(120 + 8)
  expect(end - first).toBeLessThan(60)
})

test('covers no more than what is in sight, and a step, where that is asked for', () => {
  expect(rowWindow(2800, 560, 28, 0)).toEqual({ first: 100, end: 124 })
})

test('stays the same for a few rows of scrolling', () => {
  expect(rowWindow(2800, 560, 28)).toEqual(rowWindow(2800 + 27, 560, 28))
})

test('starts at the first row even when the list is pulled beyond its top', () => {
  expect(rowWindow(-40, 560, 28).first).toBe(0)
})

const view = { top: 280, height: 310, headerHeight: 30 }

test.each([
  ['a row in sight stays where it is', 15, 280],
  ['a row above comes to the top', 4, 112],
  ['a row below comes to the bottom', 20, 308],
])('%s', (_, index, top) => {
  expect(scrollTopForRow(index, 28, view)).toBe(top)
})
