import { expect, it } from 'vitest'
import type { ConferenceHappening } from '#contract/live-conferences'
import type { Gap, Moment } from './moment.ts'
import { recordedAt } from './recordings.ts'

const at = (atMs: number, event: string, more: object = {}): Moment => ({
  kind: 'event',
  id: `${event} ${atMs}`,
  atMs,
  event: { event, instance_id: 'run', ...more } as unknown as ConferenceHappening,
  asked: undefined,
  times: 1,
})
const r1 = { recording_id: 'r1' }
const start = at(10_000, 'start-recording', r1)
const stop = at(70_000, 'stop-recording', { ...r1, recording_ms: 60_000 })
const join = at(25_500, 'add-member')

it('is as far from the beginning of the recording as the clock says', () => {
  expect(recordedAt(join, [start, join, stop])).toEqual({
    ...{ recordingId: 'r1', instanceId: 'run', ms: 15_500, hasEnded: true },
  })
  expect(recordedAt(start, [start])).toMatchObject({ ms: 0, hasEnded: false })
  expect(recordedAt(stop, [start, stop])).toMatchObject({ ms: 60_000, hasEnded: true })
})

it('is where a bookmark says it is', () => {
  const mark = at(30_000, 'bookmark', { ...r1, recording_ms: 19_870 })
  expect(recordedAt(mark, [start, mark, stop])).toMatchObject({ ms: 19_870 })
})

it('is known without the beginning, by what tells how far the recording was', () => {
  const mark = at(30_000, 'bookmark', { ...r1, recording_ms: 20_000 })
  expect(recordedAt(join, [join, stop])).toMatchObject({ ms: 15_500, hasEnded: true })
  expect(recordedAt(join, [join, mark])).toMatchObject({ ms: 15_500, hasEnded: false })
})

it('is nowhere before, after and between recordings, in another run, and for a gap', () => {
  const [before, after] = [at(9999, 'lock'), at(70_001, 'unlock')]
  const elsewhere = at(20_000, 'lock', { instance_id: 'other' })
  const gap: Gap = {
    ...{ kind: 'gap', id: 'gap 1', atMs: 20_000, fromMs: 15_000 },
    ...{ reason: 'missed', missed: 1, gone: [] },
  }
  const all = [before, start, elsewhere, stop, after]
  const missed: Moment = { kind: 'gap', id: gap.id, atMs: gap.atMs, gap }
  for (const moment of [before, after, elsewhere, missed])
    expect(recordedAt(moment, all)).toBeUndefined()
})

it('ends with its run, and the next recording is another one', () => {
  const end = at(40_000, 'conference-destroy')
  const again = at(50_000, 'start-recording', { recording_id: 'r2', instance_id: 'next' })
  const later = at(52_000, 'lock', { instance_id: 'next' })
  const all = [start, join, end, again, later]
  expect(recordedAt(join, all)).toMatchObject({ recordingId: 'r1', hasEnded: true })
  expect(recordedAt(later, all)).toMatchObject({ recordingId: 'r2', ms: 2000, hasEnded: false })
})

it('holds for a note, which names no run', () => {
  const note = at(20_000, 'note', { instance_id: undefined })
  expect(recordedAt(note, [start, note])).toMatchObject({ recordingId: 'r1', ms: 10_000 })
})
