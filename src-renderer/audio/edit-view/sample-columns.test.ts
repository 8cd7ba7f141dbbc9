import { createColumns } from '#sound/edit-list/peaks'
import { expect, test } from 'vitest'
import { framesPerMixedBlock } from './mixed-blocks.ts'
import { sampleColumns } from './sample-columns.ts'

const scale = 2 ** 31

/** Two channels: a ramp upwards and the same negated. */
const ramp = (length: number) => (index: number) =>
  Int32Array.from(
    {
      length: Math.max(0, Math.min(framesPerMixedBlock, length - index * framesPerMixedBlock)) * 2,
    },
    (_, i) => {
      const frame = index * framesPerMixedBlock + (i >> 1)
      return (i % 2 === 0 ? 1 : -1) * frame * 1000
    },
  )

test('a column holds the extremes of its frames, across blocks, and reaches the one before', () => {
  const out = createColumns(4, 2)
  const from = framesPerMixedBlock - 15
  sampleColumns(out, { from, framesPerColumn: 10 }, ramp(framesPerMixedBlock * 2))

  expect((out.min[2 * 1] ?? 0) * scale).toBeCloseTo((from + 9) * 1000, -3)
  expect((out.max[2 * 1] ?? 0) * scale).toBeCloseTo((from + 19) * 1000, -3)
  expect((out.min[2 * 1 + 1] ?? 0) * scale).toBeCloseTo(-(from + 19) * 1000, -3)
})

test('what is behind the end is silent, what is on its way is missing', () => {
  const out = createColumns(4, 2)
  sampleColumns(out, { from: 10, framesPerColumn: 5 }, ramp(20))
  expect([...out.max.slice(6)]).toEqual([0, 0])
  expect([...out.missing]).toEqual([0, 0, 0, 0])

  sampleColumns(out, { from: 10, framesPerColumn: 5 }, () => undefined)
  expect([...out.missing]).toEqual([1, 1, 1, 1])
})

test('the body of a steady wave is its RMS, however few frames a column has', () => {
  const sine = (index: number) =>
    Int32Array.from({ length: framesPerMixedBlock }, (_, i) =>
      Math.round(Math.sin((index * framesPerMixedBlock + i) / 5) * 0.5 * scale),
    )
  for (const framesPerColumn of [3, 40]) {
    const out = createColumns(400, 1)
    sampleColumns(out, { from: 0, framesPerColumn }, sine)
    expect(out.rms[200]).toBeCloseTo(0.5 / Math.SQRT2, 1)
  }
})

test('full scale counts as clipped', () => {
  const out = createColumns(2, 1)
  sampleColumns(out, { from: 0, framesPerColumn: 2 }, () =>
    Int32Array.from([0, 32_767 * 65_536, 0, 0]),
  )

  expect([...out.clip]).toEqual([1, 0])
})
