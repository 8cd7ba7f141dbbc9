import { createRecorder, type Recorder } from './frame/recorder.ts'
import { samplesOf } from './frame/sound.ts'
import { EngineError, type EngineEvent, type ListenOptions, type Rate } from './port.ts'
import type { Tap } from './recordings.ts'

/** Who listens in anywhere, by the id of the listening. */
export type Listens = {
  readonly start: (options: ListenOptions, tap: Tap) => void
  /** No matter whether it goes on still. */
  readonly stop: (listenId: string) => void
  /** All of a tap. */
  readonly endAll: (tap: Tap) => void
}

/** 60 ms are told at once: often enough to follow, seldom enough not to keep the listener's thread busy. */
const TICKS_TOLD = 3

/** Gathers ticks, and gives away what it gathered. */
const createBatch = (rate: Rate, tell: (samples: Int16Array) => void) => {
  const tick = samplesOf(rate)
  let batch = new Int16Array(TICKS_TOLD * tick)
  let filled = 0
  return (samples: Int16Array) => {
    batch.set(samples, filled)
    filled += tick
    if (filled < batch.length) return
    tell(batch)
    batch = new Int16Array(batch.length)
    filled = 0
  }
}

export const createListens = ({ emit }: { emit: (event: EngineEvent) => void }): Listens => {
  const running = new Map<string, { readonly tap: Tap; readonly recorder: Recorder }>()

  const stop = (listenId: string) => {
    const listen = running.get(listenId)
    if (!listen) return
    running.delete(listenId)
    listen.tap.recorders.delete(listen.recorder)
    emit({ event: 'listen-done', listenId })
  }

  return {
    stop,
    start: ({ listenId, rate }, tap) => {
      if (running.has(listenId)) {
        throw new EngineError('exists', `"${listenId}" listens already`)
      }
      const write = createBatch(rate, (samples) => emit({ event: 'heard', listenId, samples }))
      const recorder = createRecorder({ rate, write })
      tap.recorders.add(recorder)
      running.set(listenId, { tap, recorder })
    },
    endAll: (tap) => {
      for (const [listenId, listen] of [...running]) if (listen.tap === tap) stop(listenId)
    },
  }
}
