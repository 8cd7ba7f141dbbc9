import { expect, it } from 'vitest'
import type { EditList } from '#contract/edit-list'
import type { MediaDocument } from '#contract/media'
import { bookmarksOf } from './bookmarks.ts'

const list: EditList = {
  ...{ sample_rate_hz: 16_000, channels: 1, spans: [], markers: [] },
  sources: { ['a'.repeat(64)]: { frames: 160_000 } },
}
const recording = (bookmarks: unknown, more: object = {}) =>
  ({ source_id: 'r', bookmarks, _read_only: {}, ...more }) as unknown as MediaDocument

it('puts a marker where a recording was bookmarked', () => {
  const bookmarks = [
    { at_ms: 5000, text: 'later' },
    { at_ms: 1500, text: 'first' },
    { at_ms: 99_000, text: 'behind the end' },
  ]
  expect(bookmarksOf(recording(bookmarks), 'r.wav', list)).toEqual([
    { id: 'bookmark-2', at: 24_000, label: 'first' },
    { id: 'bookmark-1', at: 80_000, label: 'later' },
    { id: 'bookmark-3', at: 160_000, label: 'behind the end' },
  ])
})

it('makes none of what is no bookmark', () => {
  const nonsense = [null, 7, {}, { at_ms: -1, text: 'x' }, { at_ms: '1', text: 'x' }, { at_ms: 1 }]
  expect(bookmarksOf(recording(nonsense), 'r.wav', list)).toEqual([])
  expect(bookmarksOf(recording('none'), 'r.wav', list)).toEqual([])
})

it('makes none once the file is another one', () => {
  const bookmarks = [{ at_ms: 1500, text: 'first' }]
  const edited = recording(bookmarks, { _read_only: { unedited: {} } })
  expect(bookmarksOf(edited, 'r.wav', list)).toEqual([])
  expect(bookmarksOf(recording(bookmarks), 'upload.wav', list)).toEqual([])
})
