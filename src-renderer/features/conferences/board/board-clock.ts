import { create, useStore } from 'zustand'
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

const newClock = () => create<Clock>(() => ({ nowMs: Date.now(), asOfMs: Date.now() }))

export const useClock = newClock()

/** All rows at once are more than a frame has time for: they tick in turn, in frames that follow each other. */
const rowClocks = [newClock(), newClock(), newClock(), newClock()] as const
const turnMs = 20

const rowClockOf = (key: ParticipantKey) => {
  let sum = 0
  for (let at = 0; at < key.length; at += 1) sum += key.charCodeAt(at)
  return rowClocks[sum % rowClocks.length] ?? useClock
}

/** The clock in a row of the table. */
export const useRowClock = <Shown>(key: ParticipantKey, shownOf: (clock: Clock) => Shown): Shown =>
  useStore(rowClockOf(key), shownOf)

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
  let turn: ReturnType<typeof setTimeout> | undefined
  const tickRows = (clocks: readonly (typeof useClock)[]) => {
    const [clock, ...later] = clocks
    if (!clock) return
    turn = setTimeout(() => {
      clock.setState(useClock.getState())
      tickRows(later)
    }, turnMs)
  }
  const tick = () => {
    const nowMs = Date.now()
    if (useLive.getState().state === 'open') {
      sample(nowMs)
      useClock.setState({ nowMs, asOfMs: nowMs })
    } else useClock.setState({ nowMs })
    clearTimeout(turn)
    tickRows(rowClocks)
  }
  const nowMs = Date.now()
  for (const clock of [useClock, ...rowClocks]) clock.setState({ nowMs, asOfMs: nowMs })
  const stop = every(1000, tick)
  return () => {
    stop()
    clearTimeout(turn)
    useNoise.setState({ tracks: new Map(), noisy: new Set() })
  }
}
