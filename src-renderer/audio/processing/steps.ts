import type { Effect, RecipeStep } from '#contract/effects'
import { unitOf } from '#sound/levels/level-text'

/** How effects and the steps of a recipe are called, and what can be set on them. */

export type StepKind = RecipeStep['kind']
type Field<K extends string = string> = {
  name: K
  label: string
  unit?: string
  least: number
  most: number
  /** Of the arrow keys, and of what can be typed: other figures are rounded to it, from `least` on. */
  step: number
  /** May be left empty; then this stands in its place. */
  empty?: string
}

export type Definition = {
  title: string
  /** What it is good for, in the menu of steps. */
  about: string
  /** As it is when it is added. */
  initial: RecipeStep
  fields: readonly Field[]
}

const ms = (name: string, label: string, most = 60_000): Field => ({
  name,
  label,
  unit: 'ms',
  least: 0,
  most,
  step: 1,
})
const hertz = (name: string, label: string): Field => ({
  name,
  label,
  unit: 'Hz',
  least: 10,
  most: 100_000,
  step: 1,
})
const decibels = (name: string, label: string, unit: string, range: [number, number]): Field => ({
  name,
  label,
  unit,
  least: range[0],
  most: range[1],
  step: 0.1,
})

const ceiling = decibels('ceiling_dbtp', 'Ceiling', 'dBTP', [-24, 0])

/** In the order of the menu. */
export const definitions: Readonly<Record<StepKind, Definition>> = {
  normalise: {
    title: 'Normalise',
    about: 'Brings the level to the pack’s, or to a figure',
    initial: { kind: 'normalise', metric: 'active_level', ceiling_dbtp: -3 },
    fields: [{ ...decibels('level', 'Level', '', [-70, 0]), empty: 'the pack’s median' }, ceiling],
  },
  silence_trim: {
    title: 'Trim silence',
    about: 'Leaves this much before and behind the sound',
    initial: { kind: 'silence_trim', threshold_dbfs: -48, head_ms: 100, tail_ms: 200 },
    fields: [
      ms('head_ms', 'Before'),
      ms('tail_ms', 'Behind'),
      decibels('threshold_dbfs', 'Silent below', 'dBFS', [-96, -6]),
    ],
  },
  fade_in: {
    title: 'Fade in',
    about: 'Takes the click off the beginning',
    initial: { kind: 'fade_in', ms: 5 },
    fields: [ms('ms', 'Length')],
  },
  fade_out: {
    title: 'Fade out',
    about: 'Takes the click off the end',
    initial: { kind: 'fade_out', ms: 30 },
    fields: [ms('ms', 'Length')],
  },
  gain: {
    title: 'Gain',
    about: 'The same for every file',
    initial: { kind: 'gain', gain_db: 0 },
    fields: [decibels('gain_db', 'Gain', 'dB', [-120, 60])],
  },
  high_pass: {
    title: 'High-pass',
    about: 'Takes off hum and rumble',
    initial: { kind: 'high_pass', frequency_hz: 120 },
    fields: [hertz('frequency_hz', 'From')],
  },
  band_pass: {
    title: 'Band-pass',
    about: 'Leaves what a telephone carries',
    initial: { kind: 'band_pass', low_hz: 300, high_hz: 3400 },
    fields: [hertz('low_hz', 'From'), hertz('high_hz', 'To')],
  },
  compressor: {
    title: 'Compressor',
    about: 'Evens out loud and quiet words',
    initial: {
      kind: 'compressor',
      threshold_db: -20,
      ratio: 3,
      attack_ms: 5,
      release_ms: 100,
      makeup_db: 0,
    },
    fields: [
      decibels('threshold_db', 'Threshold', 'dB', [-60, 0]),
      { name: 'ratio', label: 'Ratio', unit: ': 1', least: 1, most: 20, step: 0.5 },
      { ...ms('attack_ms', 'Attack', 1000), least: 0.1, step: 0.1 },
      { ...ms('release_ms', 'Release', 5000), least: 1 },
      decibels('makeup_db', 'Make-up', 'dB', [0, 40]),
    ],
  },
  speed: {
    title: 'Speed',
    about: 'Faster or slower at the same pitch',
    initial: { kind: 'speed', factor: 1.1 },
    fields: [{ name: 'factor', label: 'Factor', unit: '×', least: 0.25, most: 4, step: 0.05 }],
  },
  resample: {
    title: 'Resample',
    about: 'Another sample rate',
    initial: { kind: 'resample', sample_rate_hz: 8000 },
    fields: [
      { name: 'sample_rate_hz', label: 'Rate', unit: 'Hz', least: 1000, most: 768_000, step: 25 },
    ],
  },
  channels: {
    title: 'Channels',
    about: 'One for telephones',
    initial: { kind: 'channels', channels: 1 },
    fields: [{ name: 'channels', label: 'Channels', least: 1, most: 24, step: 1 }],
  },
}

export const kinds = Object.keys(definitions) as readonly StepKind[]

/** Figures of a step by name; NaN where a figure is left out. */
export const figureOf = (step: RecipeStep | Effect, name: string): number => {
  const value: unknown = Object.entries(step).find(([key]) => key === name)?.[1]
  return typeof value === 'number' ? value : Number.NaN
}

/** The step with another figure; NaN takes it out. */
export const withFigure = <S extends RecipeStep | Effect>(
  step: S,
  name: string,
  value: number,
): S => {
  const others = Object.entries(step).filter(([key]) => key !== name)
  const all = Number.isNaN(value) ? others : [...others, [name, value]]
  // The names come from the definition of its kind.
  return Object.fromEntries(all) as S
}

/** A list with the entry at `index` one place further on; unchanged at the ends. */
export const moved = <T>(list: readonly T[], index: number, by: 1 | -1): T[] => {
  const entry = list[index]
  const other = list[index + by]
  if (entry === undefined || other === undefined) return [...list]
  return list.map((each, at) => (at === index ? other : at === index + by ? entry : each))
}

const number = (value: number): string => String(value).replace('-', '−')

/** A step in a few words: "Normalise to −17.6 dBov". */
export const stepText = (step: RecipeStep): string => {
  switch (step.kind) {
    case 'normalise':
      return step.level === undefined
        ? 'Match the pack'
        : `Normalise to ${number(step.level)} ${unitOf[step.metric]}`
    case 'silence_trim':
      return `Trim silence to ${step.head_ms}/${step.tail_ms} ms`
    case 'fade_in':
      return `Fade in ${step.ms} ms`
    case 'fade_out':
      return `Fade out ${step.ms} ms`
    case 'gain':
      return `Gain ${number(step.gain_db)} dB`
    case 'high_pass':
      return `High-pass ${step.frequency_hz} Hz`
    case 'band_pass':
      return `Band-pass ${step.low_hz}–${step.high_hz} Hz`
    case 'compressor':
      return `Compress ${step.ratio}:1`
    case 'speed':
      return `Speed × ${step.factor}`
    case 'resample':
      return `Resample to ${step.sample_rate_hz} Hz`
    case 'channels':
      return step.channels === 1 ? 'Mono' : `${step.channels} channels`
  }
}
