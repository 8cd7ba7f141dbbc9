import { create } from 'zustand'
import { useLive } from './queries.ts'
import type { BoardRow, BoardState, ParticipantKey } from './board-state.ts'
import { useBoard } from './board-store.ts'
import { every } from './every.ts'
import { emptyTrack, findingOf, isNoise, sampled, type NoiseTrack } from './noise.ts'
import { talkedMsAt } from './talk-time.ts'

/** The one clock of the board: every age and duration that is shown moves with it, once a second. */
type Clock = {
  readonly nowMs: number
  /** The moment that what is shown is about: it stands still while there is no connection. */
  readonly asOfMs: number
}

export const useClock = create<Clock>(() => ({ nowMs: Date.now(), asOfMs: Date.now() }))

type Noise = {
  readonly tracks: ReadonlyMap<ParticipantKey, NoiseTrack>
  /** Who sounds like an open microphone or music on hold, the worst first; who is muted is none of them. */
  readonly noisy: ReadonlySet<ParticipantKey>
}

export const useNoise = create<Noise>(() => ({ tracks: new Map(), noisy: new Set() }))

/** The last minute of a participant, one sample a second. */
export const useNoiseTrack = (key: ParticipantKey): NoiseTrack =>
  useNoise(({ tracks }) => tracks.get(key) ?? emptyTrack)

const sampleOf = (row: BoardRow, { levels }: BoardState, nowMs: number) => {
  const level = levels.get(row.key)
  return { energy: level?.energy ?? 0, talkedMs: talkedMsAt(row, level, nowMs) }
}

const isSameSet = (a: ReadonlySet<string>, b: ReadonlySet<string>): boolean =>
  a.size === b.size && [...a].every((key) => b.has(key))

const sample = (nowMs: number) => {
  const board = useBoard.getState()
  const before = useNoise.getState()
  const tracks = new Map<ParticipantKey, NoiseTrack>()
  const found: { key: ParticipantKey; share: number }[] = []
  for (const row of board.participants.values()) {
    const { energy, talkedMs } = sampleOf(row, board, nowMs)
    const track = sampled(before.tracks.get(row.key) ?? emptyTrack, energy, talkedMs)
    tracks.set(row.key, track)
    const finding = row.speak ? findingOf(track) : undefined
    if (finding && isNoise(finding)) found.push({ key: row.key, share: finding.share })
  }
  found.sort((a, b) => b.share - a.share)
  const noisy = new Set(found.map(({ key }) => key))
  useNoise.setState({ tracks, noisy: isSameSet(noisy, before.noisy) ? before.noisy : noisy })
}

/** Ticks until the answer is called. */
export const startClock = (): (() => void) => {
  const tick = () => {
    const nowMs = Date.now()
    if (useLive.getState().state === 'open') {
      sample(nowMs)
      useClock.setState({ nowMs, asOfMs: nowMs })
    } else useClock.setState({ nowMs })
  }
  useClock.setState({ nowMs: Date.now(), asOfMs: Date.now() })
  const stop = every(1000, tick)
  return () => {
    stop()
    useNoise.setState({ tracks: new Map(), noisy: new Set() })
  }
}
