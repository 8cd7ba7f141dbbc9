import type { NoiseTrack } from '../board/noise.ts'
import { talkBars } from './talk-minute.ts'

const HEIGHT = 36
const STEP = 5
const WIDTH = 3.4
const DOT = 1.5

/** The last minute in bars of a second. Decoration: the sentence below says the same. */
export const TalkChart = ({ track, isWarning }: { track: NoiseTrack; isWarning: boolean }) => {
  const bars = talkBars(track)
  return (
    <svg
      className={isWarning ? 'talk-chart talk-chart-warn' : 'talk-chart'}
      viewBox={`0 0 ${bars.length * STEP} ${HEIGHT}`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      {bars.map((bar, second) => {
        const height = bar ? Math.max(DOT, bar.height * HEIGHT) : DOT
        return (
          <rect
            key={second}
            className={bar?.talks ? 'talk-bar' : bar ? 'talk-bar-quiet' : 'talk-bar-none'}
            x={second * STEP}
            y={HEIGHT - height}
            width={WIDTH}
            height={height}
          />
        )
      })}
    </svg>
  )
}
