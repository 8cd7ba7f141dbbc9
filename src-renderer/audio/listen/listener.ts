import { createStore, type StoreApi } from 'zustand/vanilla'

/** How it sounds now. */
export type ListenReport = {
  /** RMS, 0 to 1. */
  level: number
  /** Waits between arrival and ear. */
  heldMs: number
  /** How often nothing came in time since it began. */
  gaps: number
}

/** Where sound goes. */
export type ListenOutput = {
  /** Whether it can be heard: a browser may wait for a key or a click first. */
  isRunning: () => boolean
  push: (samples: Float32Array) => void
  close: () => void
}

/** `started` is told when it begins to be heard after it could not. */
export type OpenListenOutput = (listener: {
  started: () => void
  report: (report: ListenReport & { delayMs: number }) => void
}) => Promise<ListenOutput>

export type ListenState = {
  /**
   * `blocked`: the browser plays nothing before a key is pressed in the page; `ended`: what was listened to is over;
   * `failed`: see `error`.
   */
  state: 'off' | 'connecting' | 'blocked' | 'playing' | 'ended' | 'failed'
  /** What is listened to, or was. */
  id: string | null
  level: number
  /** From the room to the ear, as far as it can be known here. */
  delayMs: number
  gaps: number
  error: string | null
}

/** Raw samples, 16 bits, little endian, mono, 8,000 a second, as they happen. */
export type OpenStream = (signal: AbortSignal) => Promise<ReadableStream<Uint8Array>>

/** Listens to one thing at a time; another replaces it. */
export type Listener = {
  store: StoreApi<ListenState>
  start: (id: string, open: OpenStream) => void
  stop: () => void
}

const off: ListenState = {
  state: 'off',
  id: null,
  level: 0,
  delayMs: 0,
  gaps: 0,
  error: null,
}

/** Turns bytes into samples; one that is cut in two by the network is put together again. */
export const sampleReader = (): ((bytes: Uint8Array) => Float32Array) => {
  let first: number | undefined
  return (bytes) => {
    const whole = first === undefined ? bytes : Uint8Array.of(first, ...bytes)
    const count = whole.length >> 1
    first = whole.length % 2 === 1 ? whole.at(-1) : undefined
    const view = new DataView(whole.buffer, whole.byteOffset, whole.byteLength)
    return Float32Array.from({ length: count }, (_, i) => view.getInt16(i * 2, true) / 32_768)
  }
}

/** What a browser says of a stream that broke off is meant for nobody. */
const messageOf = (error: unknown): string => {
  if (error instanceof TypeError) return 'The connection was lost.'
  return error instanceof Error ? error.message : String(error)
}

export const createListener = (openOutput: OpenListenOutput): Listener => {
  const store = createStore<ListenState>(() => off)
  let current: AbortController | undefined

  const run = async (id: string, open: OpenStream, signal: AbortSignal) => {
    const tell = (change: Partial<ListenState>) => {
      if (!signal.aborted) store.setState(change)
    }
    tell({ ...off, state: 'connecting', id })
    const output = await openOutput({
      started: () => {
        if (store.getState().state === 'blocked') tell({ state: 'playing' })
      },
      report: ({ level, delayMs, gaps }) => tell({ level, delayMs, gaps }),
    })
    signal.addEventListener('abort', output.close)
    try {
      signal.throwIfAborted()
      const stream = await open(signal)
      tell({ state: output.isRunning() ? 'playing' : 'blocked' })
      const read = sampleReader()
      for await (const bytes of stream) {
        signal.throwIfAborted()
        // What nobody can hear must not be heard late.
        if (output.isRunning()) output.push(read(bytes))
      }
      tell({ ...off, state: 'ended', id })
    } finally {
      output.close()
      signal.removeEventListener('abort', output.close)
    }
  }

  const stop = () => {
    current?.abort()
    current = undefined
    store.setState(off, true)
  }

  return {
    store,
    stop,
    start: (id, open) => {
      stop()
      const own = new AbortController()
      current = own
      run(id, open, own.signal).catch((error: unknown) => {
        if (own.signal.aborted) return
        store.setState({ ...off, state: 'failed', id, error: messageOf(error) })
      })
    },
  }
}
