import { expect, it } from 'vitest'
import type { Batch, BatchItem, ItemMeasures } from '#contract/batches'
import { changeText, countsText, nextSorting, progressOf, sortedItems } from './batch-text.ts'

const measures = (level: number | null): ItemMeasures => ({
  frames: 8000,
  sample_rate_hz: 8000,
  channels: 1,
  duration_ms: 1000,
  active_level_dbov: level,
  activity: 1,
  loudness_lufs: level,
  true_peak_dbtp: -6,
  peak_dbfs: -6,
  rms_dbov: level,
  dc_offset: 0,
  clipping_runs: 0,
  head_silence_ms: 100,
  tail_silence_ms: 200,
  noise_floor_dbov: -70,
  bandwidth_hz: 3400,
  caller_level_dbov: level,
})

const item = (name: string, before?: number, after?: number): BatchItem => ({
  media_id: name,
  name,
  language: 'ru-ru',
  state: after === undefined ? 'failed' : 'done',
  ...(before === undefined ? {} : { before: measures(before) }),
  ...(after === undefined ? {} : { after: measures(after) }),
})

const batch = (counts: Partial<Batch['counts']>, isDryRun = false): Batch => ({
  id: 'b',
  name: 'b',
  target: 'account',
  recipe: { name: 'r', steps: [] },
  is_dry_run: isDryRun,
  state: 'stopped',
  counts: { waiting: 0, running: 0, done: 0, same: 0, failed: 0, ...counts },
  created: 0,
  modified: 0,
})

it('sorts by figures as numbers, and keeps files without one at the end either way', () => {
  const items = [item('a', -9), item('b', -20, -17), item('c'), item('d', -10.5, -17)]
  const names = (isDescending: boolean) =>
    sortedItems(items, { columnId: 'before', isDescending }).map(({ name }) => name)

  expect(names(false)).toEqual(['b', 'd', 'a', 'c'])
  expect(names(true)).toEqual(['a', 'd', 'b', 'c'])
  expect(sortedItems(items, undefined)).toBe(items)
})

it('turns the order round and then gives it up', () => {
  const up = nextSorting(undefined, 'name')
  const down = nextSorting(up, 'name')

  expect([up, down, nextSorting(down, 'name')]).toEqual([
    { columnId: 'name', isDescending: false },
    { columnId: 'name', isDescending: true },
    undefined,
  ])
  expect(nextSorting(down, 'before')).toEqual({ columnId: 'before', isDescending: false })
})

it('tells changes with their sign, and none as zero', () => {
  expect(changeText(item('a', -20, -17.6))).toBe('+2.4')
  expect(changeText(item('a', -11.2, -17.6))).toBe('−6.4')
  expect(changeText(item('a', -17.58, -17.6))).toBe('0.0')
  expect(changeText(item('a', -17.6))).toBe('')
})

it('tells how a batch stands', () => {
  expect(countsText(batch({ done: 3, same: 1, failed: 1 }))).toBe(
    '5 files: 3 changed, 1 needs no change, 1 failed',
  )
  expect(countsText(batch({ done: 1 }, true))).toBe('1 file: 1 would change')
  expect(countsText(batch({ done: 5106 }))).toBe('5,106 files: 5,106 changed')
  expect(progressOf(batch({ done: 1, running: 1, waiting: 2 }))).toBe(0.25)
})
