import { clockText, groupedText } from './time-text.ts'
import type { Units, View } from './types.ts'

export type Tick = {
  /** Fractional where a tick falls between frames. */
  frame: number
  /** Minor ticks have none. */
  label?: string
}

export type TickQuestion = {
  view: View
  /** CSS pixels. */
  width: number
  sampleRateHz: number
  units: Units
  /** Least CSS pixels from one label to the next. */
  gap: number
}

/** A distance between labels, and into how many parts minor ticks cut it. */
type Step = { size: number; parts: number }

const decimal: readonly Step[] = [
  { size: 1, parts: 5 },
  { size: 2, parts: 4 },
  { size: 2.5, parts: 5 },
  { size: 5, parts: 5 },
  { size: 10, parts: 5 },
]
const wholeDecimal = decimal.filter(({ size }) => Number.isInteger(size))

const sexagesimal: readonly Step[] = [
  { size: 1, parts: 5 },
  { size: 2, parts: 4 },
  { size: 5, parts: 5 },
  { size: 10, parts: 5 },
  { size: 15, parts: 3 },
  { size: 30, parts: 6 },
  { size: 60, parts: 6 },
  { size: 120, parts: 4 },
  { size: 300, parts: 5 },
  { size: 600, parts: 5 },
  { size: 900, parts: 3 },
  { size: 1800, parts: 6 },
  { size: 3600, parts: 6 },
  { size: 7200, parts: 4 },
  { size: 21_600, parts: 6 },
  { size: 43_200, parts: 6 },
  { size: 86_400, parts: 4 },
]

const smallestOf = (steps: readonly Step[], least: number): Step | undefined =>
  steps.find(({ size }) => size >= least)

const decimalStep = (least: number, steps: readonly Step[]): Step => {
  const power = 10 ** Math.floor(Math.log10(least) + 1e-9)
  const step = smallestOf(steps, least / power - 1e-9) ?? { size: 10, parts: 5 }
  return { size: step.size * power, parts: step.parts }
}

/** The smallest step that people count in and that leaves `least` of the unit between labels. */
export const stepOf = (least: number, units: Units): Step => {
  if (units === 'samples') {
    const step = decimalStep(Math.max(1, least), wholeDecimal)
    // Between two samples there is nothing to point at.
    return step.size % step.parts === 0 ? step : { size: step.size, parts: step.size < 5 ? 1 : 5 }
  }
  if (units === 'seconds' || least <= 0.5) return decimalStep(least, decimal)
  return smallestOf(sexagesimal, least) ?? decimalStep(least, wholeDecimal)
}

/** Decimals that tell one label from the next. */
const decimalsOf = (step: number): number => {
  for (let digits = 0; digits < 7; digits++) {
    const scaled = step * 10 ** digits
    if (Math.abs(scaled - Math.round(scaled)) < 1e-6 * scaled) return digits
  }
  return 7
}

const labelOf = (value: number, step: number, units: Units): string => {
  if (units === 'samples') return groupedText(value)
  return units === 'seconds'
    ? value.toFixed(Math.max(1, decimalsOf(step)))
    : clockText(value, decimalsOf(step))
}

/** What a ruler shows: labelled ticks at least `gap` apart and minor ones between them. */
export const ticksOf = ({ view, width, sampleRateHz, units, gap }: TickQuestion): Tick[] => {
  const perUnit = units === 'samples' ? 1 : sampleRateHz
  const { size, parts } = stepOf((gap * view.framesPerPixel) / perUnit, units)
  const minor = size / parts
  const first = Math.max(0, Math.ceil(view.from / perUnit / minor - 1e-9))
  const last = Math.floor((view.from + width * view.framesPerPixel) / perUnit / minor + 1e-9)
  const ticks: Tick[] = []
  for (let index = first; index <= last; index++) {
    const value = index * minor
    const isMajor = index % parts === 0
    ticks.push({
      frame: value * perUnit,
      ...(isMajor && { label: labelOf(value, size, units) }),
    })
  }
  return ticks
}
