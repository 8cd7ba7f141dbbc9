import { useCallback } from 'react'
import type { Source } from '#contract/sources'
import { usePlayer } from '../../audio/player.ts'
import { Waveform } from '../../audio/waveform.tsx'
import { loadSessionPeaks } from './queries.ts'
import { useStudioSession } from './session-state.ts'
import type { NumberedTake } from './use-takes.ts'

/** About as many pixels as a wide screen has; the backend keeps buckets of 256 frames. */
const peaksScale = (frames: number): number =>
  Math.min(999_936, Math.max(1, Math.ceil(frames / 2400 / 256)) * 256)

type TakeStripProps = {
  source: Source
  takes: readonly NumberedTake[]
  takeAt: (frame: number) => number
}

export const playingIdOf = (source: string, { from, to }: { from: number; to: number }): string =>
  `take ${source} ${from} ${to}`

/** The whole session with its takes; a click chooses the take below it. */
export const TakeStrip = ({ source, takes, takeAt }: TakeStripProps) => {
  const active = useStudioSession((state) => state.active)
  const { id, frames, sample_rate_hz: rate } = source
  const load = useCallback(() => loadSessionPeaks(id, peaksScale(frames)), [id, frames])
  const current = takes[active]
  const isHeard = current !== undefined && playingIdOf(id, current)
  const playedMs = usePlayer(({ playingId, positionMs, state }) =>
    playingId === isHeard && state === 'playing' ? positionMs : 0,
  )
  const durationMs = (frames * 1000) / rate
  const percent = (frame: number) => `${(100 * frame) / frames}%`
  return (
    <div className="take-strip">
      <Waveform
        label="Place in the session"
        load={load}
        durationMs={durationMs}
        playheadMs={current ? (current.from * 1000) / rate + playedMs : 0}
        onSeek={(ms) =>
          useStudioSession.setState({ active: takeAt(Math.round((ms * rate) / 1000)) })
        }
      />
      <div className="take-marks" aria-hidden="true">
        {takes.map(({ number, from, to }, index) => (
          <span
            key={from}
            className={index === active ? 'take-mark take-mark-active' : 'take-mark'}
            style={{ left: percent(from), width: percent(to - from) }}
          >
            <span className="take-mark-number">{number}</span>
          </span>
        ))}
      </div>
    </div>
  )
}
