import { useStore } from 'zustand'
import { createStore, type StoreApi } from 'zustand/vanilla'

/** What the one player of the app does now. `playingId` stays after an error to say whose it is. */
export type PlayerState = {
  playingId: string | null
  positionMs: number
  durationMs: number
  state: 'idle' | 'loading' | 'playing' | 'error'
  error: string | null
}

export type Clip = { id: string; load: () => Promise<Blob>; fromMs?: number }

/** What the player needs of an HTMLAudioElement. */
export type AudioOutput = Pick<
  HTMLAudioElement,
  'src' | 'currentTime' | 'duration' | 'error' | 'play' | 'pause' | 'onended' | 'onerror'
>

export type PlayerHost = {
  createAudio: () => AudioOutput
  createUrl: (blob: Blob) => string
  revokeUrl: (url: string) => void
  nextFrame: (draw: () => void) => void
}

export type Player = {
  store: StoreApi<PlayerState>
  /** Stops what plays and plays this, from `fromMs` on. */
  play: (id: string, load: () => Promise<Blob>, fromMs?: number) => void
  stop: () => void
  toggle: (id: string, load: () => Promise<Blob>, fromMs?: number) => void
  /** One after the other; an error ends the sequence. */
  playSequence: (clips: readonly Clip[]) => void
  /** Moves within what plays. */
  seek: (ms: number) => void
}

const idle: PlayerState = {
  playingId: null,
  positionMs: 0,
  durationMs: 0,
  state: 'idle',
  error: null,
}

const reasonsByCode: Record<number, string> = {
  2: 'it could not be read to its end',
  3: 'its audio is damaged',
  4: 'its format is unknown here',
}

const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error)

const unplayable = (audio: AudioOutput, error: unknown): Error => {
  const reason = reasonsByCode[audio.error?.code ?? 0] ?? messageOf(error)
  return new Error(`This file is not playable: ${reason}.`, { cause: error })
}

const finiteMs = (seconds: number): number => (Number.isFinite(seconds) ? seconds * 1000 : 0)

export const createPlayer = (host: PlayerHost): Player => {
  const store = createStore<PlayerState>(() => idle)
  let audio: AudioOutput | undefined
  let url: string | undefined
  // Every play and stop is a new turn; whatever an older turn was waiting for is ignored.
  let turn = 0

  const release = () => {
    audio?.pause()
    if (url !== undefined) host.revokeUrl(url)
    url = undefined
  }

  const follow = (output: AudioOutput, ownTurn: number) => {
    if (turn !== ownTurn) return
    store.setState({
      positionMs: output.currentTime * 1000,
      durationMs: finiteMs(output.duration),
    })
    host.nextFrame(() => follow(output, ownTurn))
  }

  const hear = async (output: AudioOutput, fromMs: number, ownTurn: number) => {
    const ended = new Promise<void>((resolve, reject) => {
      output.onended = () => resolve()
      output.onerror = () => reject(new Error('the browser refused it'))
    })
    const started = output.play().then(() => {
      if (turn !== ownTurn) return
      store.setState({ state: 'playing' })
      follow(output, ownTurn)
    })
    if (fromMs > 0) output.currentTime = fromMs / 1000
    await Promise.all([started, ended])
  }

  const playClip = async ({ id, load, fromMs = 0 }: Clip, ownTurn: number) => {
    store.setState({ ...idle, playingId: id, state: 'loading', positionMs: fromMs })
    const blob = await load()
    if (turn !== ownTurn) return
    release()
    const output = (audio ??= host.createAudio())
    url = host.createUrl(blob)
    output.src = url
    try {
      await hear(output, fromMs, ownTurn)
    } catch (error) {
      throw unplayable(output, error)
    }
  }

  const run = async (clips: readonly Clip[], ownTurn: number) => {
    try {
      for (const clip of clips) {
        await playClip(clip, ownTurn)
        if (turn !== ownTurn) return
      }
      stop()
    } catch (error) {
      if (turn !== ownTurn) return
      turn++
      release()
      store.setState({ state: 'error', error: messageOf(error) })
    }
  }

  const playSequence = (clips: readonly Clip[]) => {
    turn++
    release()
    void run(clips, turn)
  }

  const stop = () => {
    turn++
    release()
    store.setState(idle)
  }

  const play = (id: string, load: () => Promise<Blob>, fromMs = 0) =>
    playSequence([{ id, load, fromMs }])

  return {
    store,
    play,
    stop,
    playSequence,
    toggle: (id, load, fromMs) => {
      const { playingId, state } = store.getState()
      if (playingId === id && (state === 'playing' || state === 'loading')) stop()
      else play(id, load, fromMs)
    },
    seek: (ms) => {
      if (!audio || store.getState().state !== 'playing') return
      audio.currentTime = ms / 1000
      store.setState({ positionMs: ms })
    },
  }
}

/** One for the whole app: a second sound always replaces the first. */
export const player = createPlayer({
  createAudio: () => new Audio(),
  createUrl: (blob) => URL.createObjectURL(blob),
  revokeUrl: (url) => URL.revokeObjectURL(url),
  nextFrame: (draw) => requestAnimationFrame(draw),
})

/**
 * The player's state. Without a selector the component renders with every frame while something
 * plays: big trees select what they show.
 */
export function usePlayer(): PlayerState
export function usePlayer<T>(select: (state: PlayerState) => T): T
export function usePlayer(select: (state: PlayerState) => unknown = (state) => state): unknown {
  return useStore(player.store, select)
}

/** Loading or playing `id`. */
export const isPlaying =
  (id: string) =>
  (state: PlayerState): boolean =>
    state.playingId === id && (state.state === 'playing' || state.state === 'loading')
