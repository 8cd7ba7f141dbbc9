import { useLive } from './queries.ts'
import { useClock } from './board-clock.ts'
import type { ParticipantKey } from './board-state.ts'
import { useBoard, useLevel, useParticipant } from './board-store.ts'

/** From the quietest line noise to somebody who shouts, in dB of full scale. */
const quietestDb = -60
const loudestDb = -10
const fullScale = 32_768
/** Without a connection, or a source that tells levels, what is older than this may not be how it is now. */
const freshMs = 1500

/** Where an energy stands on the bar, 0 to 1. */
const barOf = (energy: number): number => {
  if (energy <= 0) return 0
  const db = 20 * Math.log10(energy / fullScale)
  return Math.min(1, Math.max(0, (db - quietestDb) / (loudestDb - quietestDb)))
}

/** Energy as the engine told it last; greyed, with its age, when that is no news any more. */
export const LevelBar = ({ id }: { id: ParticipantKey }) => {
  const level = useLevel(id)
  const talking = useParticipant(id)?.talking ?? false
  const isConnected = useLive(({ state }) => state === 'open')
  const ageMs = useClock(({ nowMs }) => (level ? Math.max(0, nowMs - level.atMs) : 0))
  const hasLevels = useBoard((board) => board.hasLevels)
  const isUnknown = !isConnected || (talking && !hasLevels)
  const isOld = level !== undefined && isUnknown && ageMs > freshMs
  const bar = barOf(level?.energy ?? 0)
  return (
    <span className={isOld ? 'level level-old' : 'level'}>
      <span className={bar === 0 ? 'level-track level-none' : 'level-track'}>
        <span className="level-rest" style={{ transform: `scaleX(${1 - bar})` }} />
      </span>
      {isOld ? <span className="level-age">{Math.round(ageMs / 1000)} s old</span> : null}
    </span>
  )
}
