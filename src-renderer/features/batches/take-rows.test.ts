import { expect, it } from 'vitest'
import {
  idsOf,
  mergedWithNext,
  problemsOf,
  quietestIn,
  rowsOf,
  splitAt,
  without,
} from './take-rows.ts'

const rows = rowsOf([
  { number: 1, from: 0, to: 100, peak_dbfs: -6 },
  { number: 2, from: 200, to: 300, peak_dbfs: -3 },
  { number: 3, from: 400, to: 500, peak_dbfs: -9 },
])

it('suggests the prompts that are missing in their order, and never one that somebody chose', () => {
  const chosen = rows.map((row, index) => (index === 1 ? { ...row, chosenId: 'vm-a' } : row))

  expect(idsOf(rows, ['vm-a', 'vm-b'])).toEqual(['vm-a', 'vm-b', ''])
  expect(idsOf(chosen, ['vm-a', 'vm-b', 'vm-c'])).toEqual(['vm-b', 'vm-a', 'vm-c'])
})

it('moves the suggestions up when takes are merged or removed', () => {
  const merged = mergedWithNext(rows, 0)

  expect(merged[0]).toMatchObject({ from: 0, to: 300, peakDbfs: -3 })
  expect(idsOf(merged, ['vm-a', 'vm-b', 'vm-c'])).toEqual(['vm-a', 'vm-b'])
  expect(without(rows, 1).map(({ from }) => from)).toEqual([0, 400])
  expect(mergedWithNext(rows, 2)).toEqual(rows)
})

it('splits a take inside of it and nowhere else', () => {
  expect(splitAt(rows, 1, 250).map(({ from, to }) => [from, to])).toEqual([
    [0, 100],
    [200, 250],
    [250, 300],
    [400, 500],
  ])
  expect(splitAt(rows, 1, 300)).toEqual(rows)
})

it('finds the pause between two words and not the silence at the ends', () => {
  // 8 kHz, 80 frames a pixel: 100 pixels a second. Silent ends, a pause from 2.0 to 2.4 s of 4 s.
  const max = Float32Array.from({ length: 400 }, (_, pixel) =>
    pixel < 20 || pixel >= 380 || (pixel >= 200 && pixel < 240) ? 0 : 0.5,
  )
  // A short drop, as within a word.
  max.fill(0, 100, 104)
  const picture = { min: max.map((value) => -value), max, samplesPerPixel: 80, sampleRateHz: 8000 }

  expect(quietestIn({ from: 0, to: 32_000 }, picture)).toBe(220 * 80)
})

it('says which takes cannot be assigned', () => {
  expect(problemsOf(['a', '', 'b', 'a'])).toEqual(['double', 'none', undefined, 'double'])
})
