import { expect, test } from 'vitest'
import { layoutGrid } from './grid-layout.ts'

const layout = (viewportWidth: number, longestId: number, languageCount = 3) =>
  layoutGrid([], { viewportWidth, longestId, languageCount })

test('long ids stay whole where there is room', () => {
  expect(layout(1016, 32).idWidth).toBeGreaterThan(32 * 7.2)
})

test('short ids take no more than usual', () => {
  expect(layout(1016, 5).idWidth).toBe(184)
})

test('an id of any length leaves the text its least width', () => {
  expect(layout(652, 128)).toMatchObject({ idWidth: 200, textWidth: 116, width: 652 })
})

test('many languages scroll beside the narrowest columns', () => {
  expect(layout(1016, 128, 40)).toMatchObject({ idWidth: 184, textWidth: 160 })
})
