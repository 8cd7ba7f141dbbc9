import { useLayoutEffect, useRef } from 'react'
import { useLive } from './queries.ts'
import { useRowClock } from './board-clock.ts'
import type { ParticipantKey } from './board-state.ts'
import { useBoard, watchLevel } from './board-store.ts'

/** From the quietest line noise to somebody who shouts, in dB of full scale. */
const quietestDb = -60
const loudestDb = -10
const fullScale = 32_768
/** Without a connection, or a source that tells levels, what is older than this may not be how it is now. */
const freshMs = 1500

const levelOf = (id: ParticipantKey) => useBoard.getState().levels.get(id)

/** Where an energy stands on the bar, 0 to 1 in hundredths: a bar has no more pixels. */
const barOf = (energy: number): string => {
  if (energy <= 0) return '0'
  const db = 20 * Math.log10(energy / fullScale)
  const bar = Math.min(1, Math.max(0, (db - quietestDb) / (loudestDb - quietestDb)))
  return bar.toFixed(2)
}

/** How old the level is, in seconds, while it may not be how it is now. */
const oldSeconds = (id: ParticipantKey, nowMs: number): number | undefined => {
  const level = levelOf(id)
  if (!level || nowMs - level.atMs <= freshMs) return undefined
  const { participants, hasLevels } = useBoard.getState()
  const isConnected = useLive.getState().state === 'open'
  const isKnown = isConnected && (hasLevels || participants.get(id)?.talking !== true)
  return isKnown ? undefined : Math.round((nowMs - level.atMs) / 1000)
}

/**
 * Energy as the engine told it last; greyed, with its age, when that is no news any more. Forty bars move five times a
 * second: they are drawn past React, as backgrounds, because a layer for each costs more than all else in a frame.
 */
export const LevelBar = ({ id }: { id: ParticipantKey }) => {
  const track = useRef<HTMLSpanElement>(null)
  useLayoutEffect(() => {
    let drawn: string | undefined
    const draw = () => {
      const bar = barOf(levelOf(id)?.energy ?? 0)
      if (bar !== drawn) track.current?.style.setProperty('--bar', bar)
      drawn = bar
    }
    draw()
    return watchLevel(id, draw)
  }, [id])
  const seconds = useRowClock(id, ({ nowMs }) => oldSeconds(id, nowMs))
  return (
    <span className={seconds === undefined ? 'level' : 'level level-old'}>
      <span ref={track} className="level-track" />
      {seconds === undefined ? null : <span className="level-age">{seconds} s old</span>}
    </span>
  )
}
