import type { EngineEvent, PlayOptions, Rate } from '../port.ts'
import { createPlayer, type Player } from './player.ts'
import type { OpenPcm } from './player-track.ts'
import { samplesOf } from './sound.ts'

/**
 * What plays to one target, a room or a leg: queued plays one after the other, the others mixed with them. Pulled
 * once a tick; nothing happens in it but by its calls, and all of them are of the same thread.
 */
export type Playlist = {
  readonly add: (play: Omit<PlayOptions, 'to'>) => void
  /** At once, with a fade of 5 ms that the next `pull` brings. False: no such play. */
  readonly stop: (playId: string) => boolean
  /** Whether it plays or waits. */
  readonly has: (playId: string) => boolean
  /** Nothing plays, waits or fades: need not be pulled. */
  readonly isIdle: () => boolean
  /**
   * The next 20 ms at the rate that the length of `into` means (160 or 320 samples); the rate may change at any time.
   * True: `into` was written over. False: silence, `into` is as it was.
   */
  readonly pull: (into: Int16Array) => boolean
  /** Ticks in which something was to play and the disk had not brought it yet. */
  readonly underruns: () => number
  /** Stops everything, reported as stopped. */
  readonly close: () => void
}

export type PlayDone = Extract<EngineEvent, { event: 'play-done' }>

const WIDEST = samplesOf(16_000)
const FADES_A_SECOND = 200

type Play = { readonly options: Omit<PlayOptions, 'to'>; player: Player | undefined }

/** Down to nothing within 5 ms. */
const fade = (samples: Int16Array, rate: Rate): void => {
  const length = rate / FADES_A_SECOND
  for (let i = 0; i < length; i += 1) {
    samples[i] = Math.round((samples[i] ?? 0) * (1 - (i + 1) / length))
  }
  samples.fill(0, length)
}

const addTo = (sum: Int32Array, samples: Int16Array): void => {
  for (let i = 0; i < samples.length; i += 1) sum[i] = (sum[i] ?? 0) + (samples[i] ?? 0)
}

/** `onDone` may be called within every other call, and must not call back. */
export const createPlaylist = (deps: {
  openPcm: OpenPcm
  onDone: (done: PlayDone) => void
}): Playlist => {
  const { openPcm, onDone } = deps
  const queue: Play[] = []
  const mixed: Play[] = []
  const fading: Player[] = []
  const sum = new Int32Array(WIDEST)
  const scratch = {
    8000: new Int16Array(samplesOf(8000)),
    16000: new Int16Array(WIDEST),
  }
  let underruns = 0

  const open = (play: Play | undefined) => {
    if (play) play.player ??= createPlayer({ ...play.options, openPcm })
  }

  /** The one that waits longest is opened too: it follows without a gap. */
  const openQueue = () => {
    open(queue[0])
    open(queue[1])
  }

  const remove = (play: Play) => {
    const list = play.options.queued ? queue : mixed
    list.splice(list.indexOf(play), 1)
    underruns += play.player?.underruns() ?? 0
    openQueue()
  }

  const find = (playId: string): Play | undefined => {
    const isIt = ({ options }: Play) => options.playId === playId
    return queue.find(isIt) ?? mixed.find(isIt)
  }

  const stop = (play: Play) => {
    const isHeard = play === queue[0] || !play.options.queued
    remove(play)
    if (play.player && isHeard) fading.push(play.player)
    else play.player?.close()
    onDone({ event: 'play-done', playId: play.options.playId, why: 'stopped' })
  }

  const settle = (play: Play, player: Player) => {
    const state = player.state()
    if (state === 'open') return
    remove(play)
    const message = player.problem()
    const { playId } = play.options
    onDone({ event: 'play-done', playId, why: state, ...(message !== undefined && { message }) })
  }

  const readPlay = (play: Play | undefined, into: Int16Array, rate: Rate): boolean => {
    if (!play?.player) return false
    const isHeard = play.player.read(into, rate)
    if (isHeard) addTo(sum, into)
    settle(play, play.player)
    return isHeard
  }

  const readFading = (into: Int16Array, rate: Rate): boolean => {
    let isHeard = false
    for (let player = fading.pop(); player; player = fading.pop()) {
      if (player.read(into, rate)) {
        isHeard = true
        fade(into, rate)
        addTo(sum, into)
      }
      player.close()
    }
    return isHeard
  }

  return {
    add: (options) => {
      const play = { options, player: undefined }
      if (options.queued) queue.push(play)
      else mixed.push(play)
      if (options.queued) openQueue()
      else open(play)
    },
    stop: (playId) => {
      const play = find(playId)
      if (play) stop(play)
      return play !== undefined
    },
    has: (playId) => find(playId) !== undefined,
    isIdle: () => queue.length === 0 && mixed.length === 0 && fading.length === 0,
    pull: (into) => {
      const rate = into.length === WIDEST ? 16_000 : 8000
      const tick = scratch[rate]
      sum.fill(0)
      let isHeard = readFading(tick, rate)
      // From the end: one that is over is taken out.
      for (let i = mixed.length - 1; i >= 0; i -= 1) {
        if (readPlay(mixed[i], tick, rate)) isHeard = true
      }
      if (readPlay(queue[0], tick, rate)) isHeard = true
      if (isHeard) {
        for (let i = 0; i < into.length; i += 1) {
          into[i] = Math.max(-32_768, Math.min(32_767, sum[i] ?? 0))
        }
      }
      return isHeard
    },
    underruns: () =>
      [...mixed, ...queue].reduce((all, { player }) => all + (player?.underruns() ?? 0), underruns),
    close: () => {
      for (const play of [...queue, ...mixed]) stop(play)
      for (const player of fading.splice(0)) player.close()
    },
  }
}
