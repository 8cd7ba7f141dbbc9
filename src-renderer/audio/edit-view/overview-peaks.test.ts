import { listOf } from '#sound/edit-list/edit-list'
import { expect, test } from 'vitest'
import { overviewPeaks } from './overview-peaks.ts'

const format = { sample_rate_hz: 8000, channels: 2 }
const lookup = (tile: Int16Array | undefined) => ({
  tileOf: () => tile,
  samplesOf: () => undefined,
  hasSamples: () => false,
})

test('up and down are apart, positive, of all channels, and never above 1', () => {
  const tile = new Int16Array(4 * 2 * 4)
  tile.set([-32_768, 8192, 0, 0, -100, 32_767, 0, 0])
  const [up, down] = overviewPeaks(listOf('a', 1024, format), 100, lookup(tile))

  expect(up).toHaveLength(4)
  expect(up[0]).toBeCloseTo(1, 3)
  expect(down[0]).toBe(1)
  expect([up[1], down[1]]).toEqual([0, 0])
})

test('what has not come yet is drawn as silence', () => {
  const [up] = overviewPeaks(listOf('a', 256 * 1000, format), 100, lookup(undefined))

  expect(up).toHaveLength(100)
  expect(Math.max(...up)).toBe(0)
})
