import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Output } from './output.ts'

/** An array a channel. */
type Channels = readonly Float32Array[]

export type PreviewHost = {
  open: () => Output
  /** The stretch as it is. */
  loadPlain: (signal: AbortSignal) => Promise<Channels>
  /** Runs once after a time; the answer takes it back. */
  wait: (ms: number, run: () => void) => () => void
  silenceOthers: () => void
}

export type PreviewState = {
  state: 'stopped' | 'loading' | 'playing'
  /** Heard as it is, without the effect. */
  isBypassed: boolean
  error: string | undefined
}

/** Plays a stretch again and again, with an effect and without it. */
export type EffectPreview = {
  store: StoreApi<PreviewState>
  play: () => void
  stop: () => void
  setBypassed: (isBypassed: boolean) => void
  /** The effect is another one: what is heard follows. */
  change: (load: (signal: AbortSignal) => Promise<Channels>) => void
  close: () => void
}

const leadS = 0.06
/** How long before the end of a round the next one is given to the machine. */
const aheadS = 0.2

const textOf = (error: unknown) => (error instanceof Error ? error.message : String(error))

export const createEffectPreview = (host: PreviewHost): EffectPreview => {
  const store = createStore<PreviewState>(() => ({
    state: 'stopped',
    isBypassed: false,
    error: undefined,
  }))
  let output: Output | undefined
  let plain: Channels | undefined
  let load: ((signal: AbortSignal) => Promise<Channels>) | undefined
  let loading: AbortController | undefined
  let forget: (() => void) | undefined

  const silence = () => {
    forget?.()
    forget = undefined
    output?.hush()
  }

  const round = (out: Output, effected: Channels, at: number) => {
    const sound = { plain: plain ?? [], caller: effected }
    out.play(sound, at)
    const frames = Math.max(effected[0]?.length ?? 0, plain?.[0]?.length ?? 0)
    const end = at + frames / out.sampleRateHz
    const ms = Math.max(0, (end - aheadS - out.now()) * 1000)
    forget = host.wait(ms, () => round(out, effected, end))
  }

  const start = async () => {
    if (!load) return
    loading?.abort()
    const abort = new AbortController()
    loading = abort
    try {
      plain ??= await host.loadPlain(abort.signal)
      const effected = await load(abort.signal)
      if (abort.signal.aborted) return
      const out = (output ??= host.open())
      await out.resume()
      silence()
      out.setCaller(!store.getState().isBypassed)
      round(out, effected, out.now() + leadS)
      store.setState({ state: 'playing', error: undefined })
    } catch (error) {
      if (abort.signal.aborted) return
      silence()
      store.setState({ state: 'stopped', error: textOf(error) })
    }
  }

  const stop = () => {
    loading?.abort()
    silence()
    store.setState({ state: 'stopped' })
  }

  return {
    store,
    play: () => {
      host.silenceOthers()
      store.setState({ state: 'loading', error: undefined })
      void start()
    },
    stop,
    setBypassed: (isBypassed) => {
      store.setState({ isBypassed })
      output?.setCaller(!isBypassed)
    },
    change: (next) => {
      load = next
      if (store.getState().state !== 'stopped') void start()
    },
    close: () => {
      stop()
      output?.close()
      output = undefined
    },
  }
}
