import { createStore, type StoreApi } from 'zustand/vanilla'
import { createWavFile, toSamples } from './wav-file.ts'

/** An open microphone. */
export type Capture = { sampleRateHz: number; close: () => void }

/** Opens the microphone; what it hears comes in blocks of samples from −1 to 1. */
export type OpenMicrophone = (listener: {
  hear: (block: Float32Array) => void
  /** It was unplugged, or taken away. */
  lost: () => void
}) => Promise<Capture>

export type TakeState = {
  state: 'closed' | 'asking' | 'listening' | 'recording' | 'failed'
  seconds: number
  /** Of the last blocks, 0 to 1; the peak falls slowly so that it can be read. */
  rms: number
  peak: number
  /** Samples at full scale since the recording began. */
  clipped: number
  error: string | null
}

/**
 * Records one take at a time from the microphone. Opening it shows the level before anything is
 * recorded; whoever opens it closes it.
 */
export type TakeRecorder = {
  store: StoreApi<TakeState>
  open: () => Promise<void>
  start: () => void
  /** The take as a wav of 16 bits; null when nothing was recorded. */
  stop: () => Blob | null
  /** Closes the microphone and throws away what was not stopped. */
  close: () => void
}

const closed: TakeState = {
  state: 'closed',
  seconds: 0,
  rms: 0,
  peak: 0,
  clipped: 0,
  error: null,
}

const reasons: Readonly<Record<string, string>> = {
  NotAllowedError:
    'Patchbay may not use the microphone. Allow it in the system or browser settings.',
  NotFoundError: 'No microphone was found. Connect one and try again.',
  NotReadableError: 'The microphone is in use by another program, or does not answer.',
}

const reasonOf = (error: unknown): string =>
  error instanceof Error ? (reasons[error.name] ?? error.message) : String(error)

/** How much of the shown peak is left after one block. */
const fall = 0.9
const fullScale = 32_767 / 32_768

const levelOf = (block: Float32Array) => {
  let squares = 0
  let peak = 0
  let clipped = 0
  for (const value of block) {
    const size = Math.abs(value)
    squares += size * size
    if (size > peak) peak = size
    if (size >= fullScale) clipped += 1
  }
  return { rms: Math.sqrt(squares / Math.max(1, block.length)), peak, clipped }
}

export const createTakeRecorder = (openMicrophone: OpenMicrophone): TakeRecorder => {
  const store = createStore<TakeState>(() => closed)
  let capture: Capture | undefined
  let file: ReturnType<typeof createWavFile> | undefined
  // A microphone that opens after it was closed again belongs to nobody.
  let turn = 0

  const hear = (block: Float32Array) => {
    const level = levelOf(block)
    const { peak, clipped } = store.getState()
    const meter = { rms: level.rms, peak: Math.max(level.peak, peak * fall) }
    if (!file || !capture) {
      store.setState(meter)
      return
    }
    file.push(toSamples(block))
    const seconds = file.samples() / capture.sampleRateHz
    store.setState({ ...meter, seconds, clipped: clipped + level.clipped })
  }

  const release = () => {
    turn += 1
    capture?.close()
    capture = undefined
  }

  const fail = (error: string) => {
    release()
    store.setState({ state: 'failed', error, rms: 0, peak: 0 })
  }

  return {
    store,
    open: async () => {
      release()
      file = undefined
      const ownTurn = turn
      store.setState({ ...closed, state: 'asking' })
      try {
        const opened = await openMicrophone({
          hear: (block) => {
            if (turn === ownTurn) hear(block)
          },
          lost: () => {
            if (turn === ownTurn) fail('The microphone is gone. What was recorded is kept.')
          },
        })
        if (turn !== ownTurn) {
          opened.close()
          return
        }
        capture = opened
        store.setState({ state: 'listening' })
      } catch (error) {
        if (turn === ownTurn) fail(reasonOf(error))
      }
    },
    start: () => {
      if (!capture) return
      file = createWavFile(capture.sampleRateHz)
      store.setState({ state: 'recording', seconds: 0, clipped: 0 })
    },
    stop: () => {
      const take = file && file.samples() > 0 ? file.finish() : null
      file = undefined
      if (capture) store.setState({ state: 'listening' })
      return take
    },
    close: () => {
      release()
      file = undefined
      store.setState(closed)
    },
  }
}
