import { expect, test } from 'vitest'
import { stepOf, ticksOf } from './ticks.ts'
import type { Units } from './types.ts'

const labels = (units: Units, framesPerPixel: number, from = 0, sampleRateHz = 8000) =>
  ticksOf({ view: { from, framesPerPixel }, width: 400, sampleRateHz, units, gap: 90 }).flatMap(
    ({ label }) => (label === undefined ? [] : [label]),
  )

test('labels are round times with the decimals they need', () => {
  expect(labels('clock', 20)).toEqual(['0:00.00', '0:00.25', '0:00.50', '0:00.75', '0:01.00'])
  expect(labels('seconds', 16)).toEqual(['0.0', '0.2', '0.4', '0.6', '0.8'])
  expect(labels('clock', 8000 * 3)).toEqual(['0:00', '5:00', '10:00', '15:00', '20:00'])
})

test('hours appear when they are there', () => {
  expect(labels('clock', 8000 / 90, 8000 * 3599)).toEqual([
    '59:59',
    '1:00:00',
    '1:00:01',
    '1:00:02',
    '1:00:03',
  ])
})

test('samples are counted whole, down to one', () => {
  expect(labels('samples', 500)).toEqual(['0', '50 000', '100 000', '150 000', '200 000'])
  expect(labels('samples', 1 / 64)).toEqual(['0', '2', '4', '6'])
  for (const least of [0.1, 1, 1.5, 3, 7, 45, 1234]) {
    const { size, parts } = stepOf(least, 'samples')
    expect(Number.isInteger(size / parts)).toBe(true)
  }
})

test('labels keep their distance at every zoom and in every unit', () => {
  for (const units of ['clock', 'seconds', 'samples'] as const) {
    for (let framesPerPixel = 1 / 64; framesPerPixel < 1e6; framesPerPixel *= 1.7) {
      const view = { from: 12_345, framesPerPixel }
      const majors = ticksOf({ view, width: 1400, sampleRateHz: 44_100, units, gap: 90 }).filter(
        ({ label }) => label !== undefined,
      )
      for (const [index, { frame }] of majors.entries()) {
        const next = majors[index + 1]
        if (next) expect((next.frame - frame) / framesPerPixel).toBeGreaterThan(89.9)
      }
      expect(majors.length).toBeGreaterThan(0)
      expect(new Set(majors.map(({ label }) => label)).size).toBe(majors.length)
    }
  }
})
