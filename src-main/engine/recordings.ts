import { createRecorder, type Recorder } from './frame/recorder.ts'
import type { WavOptions, WavWriter } from './io/wav-writer.ts'
import { EngineError, type EngineEvent, type Rate, type RecordOptions } from './port.ts'

export type OpenWav = (options: Omit<WavOptions, 'scope'>) => WavWriter

/** Somewhere to listen in: a room, or a leg. */
export type Tap = {
  readonly rate: () => Rate
  /** Given what is heard, every tick. */
  readonly recorders: Set<Recorder>
}

/** What is recorded anywhere, by its id. */
export type Recordings = {
  readonly start: (options: RecordOptions, tap: Tap) => void
  /** Resolves once the file is complete. */
  readonly stop: (recordingId: string) => Promise<void>
  /** All of a tap. */
  readonly endAll: (tap: Tap) => Promise<void>
}

export const createRecordings = (deps: {
  openWav: OpenWav
  emit: (event: EngineEvent) => void
}): Recordings => {
  const { openWav, emit } = deps
  const running = new Map<string, { writer: WavWriter; tap: Tap }>()

  return {
    start: ({ recordingId, path, maximumSeconds }, tap) => {
      if (running.has(recordingId)) {
        throw new EngineError('exists', `"${recordingId}" is recorded already`)
      }
      const rate = tap.rate()
      const writer = openWav({
        path,
        rate,
        maximumSeconds,
        onEnd: (end) => {
          tap.recorders.delete(recorder)
          running.delete(recordingId)
          emit({ event: 'record-done', recordingId, rate, ...end })
        },
      })
      const recorder = createRecorder(writer)
      tap.recorders.add(recorder)
      running.set(recordingId, { writer, tap })
    },
    stop: async (recordingId) => {
      const recording = running.get(recordingId)
      if (!recording) throw new EngineError('unknown', `"${recordingId}" is not recorded`)
      await recording.writer.stop()
    },
    endAll: async (tap) => {
      const its = [...running.values()].filter((recording) => recording.tap === tap)
      await Promise.all(its.map(({ writer }) => writer.stop()))
    },
  }
}
