import { spreadOf } from '#sound/levels/spread'
import { figureText, type Levels } from './batch-text.ts'
import './level-strip.css'

const width = 480
const rowHeight = 18
const margin = 8

/** Whole decibels around all levels, at least twelve of them. */
const rangeOf = ({ before, after }: Levels): [number, number] => {
  const all = [...before, ...after]
  const low = Math.floor(Math.min(...all)) - 1
  const high = Math.ceil(Math.max(...all)) + 1
  const missing = Math.max(0, 12 - (high - low))
  return [low - Math.ceil(missing / 2), high + Math.floor(missing / 2)]
}

const spreadText = (levels: readonly number[]): string => {
  const spread = spreadOf(levels)
  if (!spread) return ''
  return `median ${figureText(spread.median)} dBov, spread ${figureText(spread.most - spread.least)} dB`
}

type RowProps = { levels: readonly number[]; x: (level: number) => number; y: number; tone: string }

const Row = ({ levels, x, y, tone }: RowProps) => {
  const spread = spreadOf(levels)
  return (
    <g className={tone}>
      <line x1={margin} x2={width - margin} y1={y} y2={y} className="level-strip-axis" />
      {levels.map((level, index) => (
        <line key={index} x1={x(level)} x2={x(level)} y1={y - 5} y2={y + 5} />
      ))}
      {spread ? (
        <path
          className="level-strip-median"
          d={`M${x(spread.median)} ${y - 8}l-4 -5h8z`}
          strokeWidth={0}
        />
      ) : null}
    </g>
  )
}

/** Where the speech levels lie before and after: a tick a file, a pointer at the median. */
export const LevelStrip = ({ levels, isDryRun }: { levels: Levels; isDryRun: boolean }) => {
  if (levels.before.length === 0) return null
  const [low, high] = rangeOf(levels)
  const x = (level: number) => margin + ((level - low) / (high - low)) * (width - 2 * margin)
  const after = isDryRun ? 'After, predicted' : 'After'
  return (
    <figure className="level-strip">
      <svg
        viewBox={`0 0 ${width} ${rowHeight * 4}`}
        role="img"
        aria-label={`Speech levels from ${figureText(low)} to ${figureText(high)} dBov`}
      >
        <Row levels={levels.before} x={x} y={rowHeight} tone="level-strip-before" />
        <Row levels={levels.after} x={x} y={rowHeight * 2.6} tone="level-strip-after" />
        <text x={margin} y={rowHeight * 4 - 2}>
          {figureText(low)}
        </text>
        <text x={width - margin} y={rowHeight * 4 - 2} textAnchor="end">
          {figureText(high)} dBov
        </text>
      </svg>
      <figcaption>
        <span>
          <b>Before</b> {spreadText(levels.before)}
        </span>
        <span>
          <b>{after}</b> {spreadText(levels.after)}
        </span>
      </figcaption>
    </figure>
  )
}
