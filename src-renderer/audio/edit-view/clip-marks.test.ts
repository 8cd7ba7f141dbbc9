import { listOf } from '#sound/edit-list/edit-list'
import { createColumns } from '#sound/edit-list/peaks'
import { expect, test } from 'vitest'
import { clipMarksOf, clippedSamples } from './clip-marks.ts'

test('clipping close together shares a mark, a long run of it has several', () => {
  const columns = createColumns(200, 1)
  for (const at of [10, 12, 40, 120]) columns.clip[at] = 1

  expect(clipMarksOf(columns, 64)).toEqual([
    { channel: 0, from: 10, to: 41 },
    { channel: 0, from: 120, to: 121 },
  ])
  columns.clip.fill(1)
  expect(clipMarksOf(columns, 64)).toHaveLength(4)
})

test('channels are marked apart', () => {
  const columns = createColumns(4, 2)
  columns.clip[2 * 2 + 1] = 1

  expect(clipMarksOf(columns, 64)).toEqual([{ channel: 1, from: 2, to: 3 }])
})

test('clipped samples of a range are added up from the pyramid', () => {
  const list = listOf('a', 2560, { sample_rate_hz: 8000, channels: 1 })
  const tile = new Int16Array(40)
  tile[4 * 3 + 3] = 4
  tile[4 * 5 + 3] = 7
  const count = (from: number, to: number) =>
    clippedSamples(list, { from, to, channel: 0, framesPerColumn: 300 }, () => tile)

  expect(count(0, 2560)).toBe(11)
  expect(count(768, 1024)).toBe(4)
  expect(count(1024, 1280)).toBe(0)
})
