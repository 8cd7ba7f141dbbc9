import type { FurtherEvent } from '#contract/live-conferences'
import type { Moment } from './moment.ts'

/** A recording, as far as the moments that are known tell of it. */
type Recording = {
  readonly recordingId: string
  readonly instanceId: string
  readonly fromMs: number
  /** Undefined: nobody told of its end. */
  toMs: number | undefined
}

/** A moment's place in a recording. */
export type RecordedAt = {
  readonly recordingId: string
  readonly instanceId: string
  /** From its beginning. */
  readonly ms: number
  /** Whether its end was told. */
  readonly hasEnded: boolean
}

type Told = Partial<Pick<FurtherEvent, 'recording_id' | 'recording_ms' | 'instance_id'>>

const toldOf = (moment: Moment): Told =>
  moment.kind === 'gap' ? {} : (moment.event as unknown as Told)

/**
 * The recordings of which one of these moments tells when they began: their start, or a bookmark or an end, which tell how far
 * they were. The end of a run is the end of its recording.
 */
const recordingsIn = (moments: readonly Moment[]): readonly Recording[] => {
  const known = new Map<string, Recording>()
  for (const moment of moments) {
    if (moment.kind === 'gap') continue
    const { event } = moment.event
    const { recording_id: recordingId, recording_ms: ms, instance_id: instanceId } = toldOf(moment)
    if (event === 'conference-destroy')
      for (const each of known.values())
        if (each.instanceId === instanceId) each.toMs ??= moment.atMs
    if (recordingId === undefined || instanceId === undefined) continue
    const before = event === 'start-recording' ? 0 : ms
    if (before !== undefined && !known.has(recordingId)) {
      const fromMs = moment.atMs - before
      known.set(recordingId, { recordingId, instanceId, fromMs, toMs: undefined })
    }
    const recording = known.get(recordingId)
    if (event === 'stop-recording' && recording) recording.toMs = moment.atMs
  }
  return [...known.values()]
}

/**
 * Where a moment is in the recording that went on then; undefined when none did. What a bookmark says of itself counts, for
 * everything else the clock does. Moments are oldest first.
 */
export const recordedAt = (moment: Moment, moments: readonly Moment[]): RecordedAt | undefined => {
  if (moment.kind === 'gap') return undefined
  const told = toldOf(moment)
  const { atMs } = moment
  const recording = recordingsIn(moments).find(
    ({ recordingId, instanceId, fromMs, toMs }) =>
      recordingId === told.recording_id ||
      (told.recording_id === undefined &&
        (told.instance_id === undefined || told.instance_id === instanceId) &&
        atMs >= fromMs &&
        atMs <= (toMs ?? Infinity)),
  )
  if (!recording) return undefined
  const { recordingId, instanceId, fromMs, toMs } = recording
  const ms = told.recording_ms ?? Math.max(0, atMs - fromMs)
  return { recordingId, instanceId, ms, hasEnded: toMs !== undefined }
}
