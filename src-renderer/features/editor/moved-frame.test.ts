import { describe, expect, test } from 'vitest'
import type { Clip, EditList, Operation } from '#contract/edit-list'
import { historyOf, moveTo } from '#sound/edit-list/history'
import { frameOfMoment, movedFrame, selectionAfter } from './moved-frame.ts'

const clip: Clip = {
  sample_rate_hz: 8000,
  channels: 1,
  sources: {},
  spans: [
    { frames: 30, layers: [] },
    { frames: 20, layers: [] },
  ],
}

const moved = (operation: Operation, frames: number[]) =>
  frames.map((frame) => movedFrame(operation, frame, 1000))

test('what lies behind a deletion moves up, what lay within it is where it was', () => {
  const operation: Operation = { kind: 'delete', from: 100, to: 200 }
  expect(moved(operation, [50, 100, 150, 200, 300])).toEqual([50, 100, 100, 100, 200])
  expect(selectionAfter(operation, { from: 100, to: 200 }, 1000)).toEqual({ from: 100, to: 100 })
})

test('trimming makes the range the beginning', () => {
  const operation: Operation = { kind: 'trim', from: 100, to: 200 }
  expect(moved(operation, [50, 100, 150, 900])).toEqual([0, 0, 50, 100])
  expect(selectionAfter(operation, { from: 100, to: 200 }, 1000)).toEqual({ from: 0, to: 100 })
})

test('pasting makes room and selects what was pasted', () => {
  const operation: Operation = { kind: 'paste', from: 100, to: 110, clip }
  expect(moved(operation, [99, 110, 200])).toEqual([99, 150, 240])
  expect(selectionAfter(operation, { from: 100, to: 110 }, 1000)).toEqual({ from: 100, to: 150 })
})

test('a crossfade draws together what is behind it', () => {
  const operation: Operation = { kind: 'crossfade', at: 500, frames: 100, curve: 'linear' }
  expect(moved(operation, [300, 400, 500, 600, 700])).toEqual([300, 400, 500, 500, 600])
})

test('another rate keeps the place in time', () => {
  const operation: Operation = {
    kind: 'convert',
    source: 'a'.repeat(64),
    sample_rate_hz: 8000,
    channels: 1,
    frames: 500,
    label: 'Resample to 8 kHz',
  }
  expect(moved(operation, [0, 100, 1000])).toEqual([0, 50, 500])
  expect(selectionAfter(operation, { from: 200, to: 400 }, 1000)).toEqual({ from: 100, to: 200 })
})

test('an effect selects what it made of a selection, and nothing where nothing was selected', () => {
  const operation: Operation = {
    kind: 'replace',
    from: 0,
    to: 1000,
    source: 'a'.repeat(64),
    frames: 500,
    label: 'Speed 200 %',
  }
  expect(selectionAfter(operation, { from: 0, to: 1000 }, 1000)).toEqual({ from: 0, to: 500 })
  expect(selectionAfter(operation, { from: 700, to: 700 }, 1000)).toEqual({ from: 500, to: 500 })
})

const list: EditList = {
  ...{ sample_rate_hz: 8000, channels: 1, markers: [] },
  spans: [{ frames: 80_000, layers: [] }],
  sources: {},
}
const done = (...operations: Operation[]) =>
  historyOf(
    list,
    operations.map((operation) => ({ operation })),
  )

describe('a moment of the first version', () => {
  test('is where the clock says as long as nothing was edited, and no later than the end', () => {
    expect(frameOfMoment(done(), 1500)).toBe(12_000)
    expect(frameOfMoment(done(), 99_000)).toBe(80_000)
  })

  test('moves with what was done to the sound before it, and back with undo', () => {
    const cut = done({ kind: 'delete', from: 0, to: 8000 })
    expect(frameOfMoment(cut, 1500)).toBe(4000)
    expect(frameOfMoment(moveTo(cut, 0), 1500)).toBe(12_000)
  })

  test('is where it was cut out when it is gone', () => {
    expect(frameOfMoment(done({ kind: 'delete', from: 8000, to: 16_000 }), 1500)).toBe(8000)
  })
})
