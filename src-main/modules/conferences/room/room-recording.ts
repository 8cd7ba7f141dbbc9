import { invalid } from '../../../platform/errors.ts'
import type { Clock } from '../../../platform/clock.ts'
import type { Log } from '../../../platform/log.ts'
import type { Recording, Recordings } from './recordings.ts'
import type { Telling } from './telling.ts'
import type { Conference } from './types.ts'

type Place = { readonly recording_id?: string; readonly recording_ms?: number }

/** Whether a room is recorded, and how that begins and ends. */
export type RoomRecording = {
  readonly isRunning: () => boolean
  /** Milliseconds since 1970; undefined while nothing is recorded. */
  readonly sinceMs: () => number | undefined
  /** Puts a bookmark at this moment of the recording, and says where that is; nowhere without one. */
  readonly mark: (text: string) => Promise<Place>
  readonly start: () => Promise<void>
  readonly stop: () => Promise<string>
  /** Never rejects: what cannot be saved now waits on disk. */
  readonly close: () => Promise<void>
}

export const createRoomRecording = (deps: {
  recordings: Recordings
  conference: Conference
  instanceId: string
  telling: Telling
  /** For the people who look after the conference. */
  note: (text: string) => void
  clock: Clock
  log: Log
}): RoomRecording => {
  const { recordings, conference, instanceId, telling, note, clock, log } = deps
  let current: Recording | undefined
  let starting: Promise<void> | undefined
  const saving = new Set<Promise<unknown>>()

  const end = (recording: Recording): Promise<string> => {
    current = undefined
    const { recordingId, startedMs } = recording
    const lengthMs = Math.max(0, clock.nowMs() - startedMs)
    telling.further('stop-recording', { recording_id: recordingId, recording_ms: lengthMs })
    const saved = recording.stop()
    const settled = saved.then(
      () => undefined,
      (error: unknown) =>
        log.error('a recording could not be saved, it waits on disk for the next start', { error }),
    )
    saving.add(settled)
    void settled.then(() => saving.delete(settled))
    return saved
  }

  const begin = async () => {
    const recording = await recordings.start(conference, instanceId)
    current = recording
    telling.further('start-recording', { recording_id: recording.recordingId })
    void recording.ended.then((why) => {
      if (current !== recording) return
      note(`The recording has ended: ${why}`)
      end(recording).catch(() => undefined)
    })
  }

  return {
    isRunning: () => current !== undefined,
    sinceMs: () => current?.startedMs,
    mark: async (text) => {
      if (!current) return {}
      const { recordingId } = current
      return { recording_id: recordingId, recording_ms: await current.mark(text) }
    },
    start: async () => {
      if (current) return
      starting ??= begin().finally(() => {
        starting = undefined
      })
      await starting
    },
    stop: async () => {
      await starting
      if (current) return end(current)
      const message = 'The conference is not recorded'
      throw invalid({ 'data.action': { invalid: { message, cause: 'stop' } } })
    },
    close: async () => {
      if (current) end(current).catch(() => undefined)
      // One that just begins is one of a few frames.
      await starting?.catch(() => undefined)
      if (current) end(current).catch(() => undefined)
      await Promise.all(saving)
    },
  }
}
