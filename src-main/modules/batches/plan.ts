import type { Take } from '#contract/batches'
import type { EditList, Operation } from '#contract/edit-list'
import type { Effect, RecipeStep } from '#contract/effects'
import type { Measures } from '#contract/measures'
import { framesOf } from '#sound/edit-list/edit-list'
import { gainFor } from '#sound/levels/gain'
import { gainText, levelText, unitOf } from '#sound/levels/level-text'

/** What the steps of a recipe mean for one file, from what it measures. Values in, values out. */

type StepOf<K extends RecipeStep['kind']> = Extract<RecipeStep, { kind: K }>
export type TrimStep = StepOf<'silence_trim'>
export type NormaliseStep = StepOf<'normalise'>
export type EditStep = StepOf<'gain' | 'normalise' | 'fade_in' | 'fade_out'>

/**
 * Steps that one run of sox can do: it trims first, then what the edit list does, then effects. What
 * comes after an effect needs to know what the effect made, and thus another pass.
 */
export type Pass = { trim: TrimStep | undefined; edits: EditStep[]; effects: Effect[] }

const isEdit = (step: RecipeStep): step is EditStep =>
  ['gain', 'normalise', 'fade_in', 'fade_out'].includes(step.kind)

const isTrim = (step: RecipeStep): step is TrimStep => step.kind === 'silence_trim'

export const passesOf = (steps: readonly RecipeStep[]): Pass[] => {
  const passes: Pass[] = []
  const begin = (pass: Partial<Pass>) =>
    passes.push({ trim: undefined, edits: [], effects: [], ...pass })
  for (const step of steps) {
    const last = passes.at(-1)
    if (isTrim(step)) begin({ trim: step })
    else if (isEdit(step)) {
      if (last?.effects.length === 0) last.edits.push(step)
      else begin({ edits: [step] })
    } else if (last) last.effects.push(step)
    else begin({ effects: [step] })
  }
  return passes
}

/** What is to be done, and how people are told. `note` is something to know besides. */
export type Decision = { operation?: Operation; text: string; note?: string }

/** A gain below this nobody hears, and no file is written for it. */
const leastGainDb = 0.1
const leastTrimMs = 5

const milliseconds = (frames: number, { sample_rate_hz: rate }: EditList): number =>
  (frames * 1000) / rate

/** Nothing where the silence is short enough already, or where there is nothing but silence. */
export const decideTrim = (list: EditList, takes: readonly Take[]): Decision | undefined => {
  const frames = framesOf(list)
  const from = takes[0]?.from ?? 0
  const to = Math.min(takes.at(-1)?.to ?? frames, frames)
  const [headMs, tailMs] = [milliseconds(from, list), milliseconds(frames - to, list)]
  if (to <= from || Math.max(headMs, tailMs) < leastTrimMs) return undefined
  const parts = [
    ...(headMs >= leastTrimMs ? [`${Math.round(headMs)} ms at the start`] : []),
    ...(tailMs >= leastTrimMs ? [`${Math.round(tailMs)} ms at the end`] : []),
  ]
  const text = `Trim ${parts.join(' and ')}`
  return { operation: { kind: 'trim', from, to }, text }
}

const gain = (step: StepOf<'gain'>, list: EditList): Decision | undefined =>
  step.gain_db === 0
    ? undefined
    : {
        operation: { kind: 'gain', from: 0, to: framesOf(list), gain_db: step.gain_db },
        text: `Gain ${gainText(step.gain_db)} dB`,
      }

const fade = (list: EditList, direction: 'in' | 'out', ms: number): Decision | undefined => {
  const all = framesOf(list)
  const frames = Math.min(all, Math.round((ms * list.sample_rate_hz) / 1000))
  if (frames === 0) return undefined
  const [from, to] = direction === 'in' ? [0, frames] : [all - frames, all]
  return {
    operation: { kind: 'fade', from, to, direction, curve: 'cosine' },
    text: `Fade ${direction} ${ms} ms`,
  }
}

/** The gain that is missing once a file is measured, and what stands in its way. */
export const gainTo = (step: NormaliseStep, measures: Measures, level: number) =>
  gainFor(measures, { metric: step.metric, level, ceiling: step.ceiling_dbtp })

/** What a list measures, and the level it is to have. */
export type Measured = { measures: Measures; level: number }

/** The gain to a level; undefined where it is reached, or where there is nothing to measure. */
export const decideNormalise = (
  step: NormaliseStep,
  list: EditList,
  { measures, level }: Measured,
): Decision | undefined => {
  const found = gainTo(step, measures, level)
  if (!found) return undefined
  const { gainDb, metric, missingDb } = found
  const limits = missingDb >= leastGainDb
  const note = `limited by the ${levelText(step.ceiling_dbtp)} dBTP ceiling: ${levelText(-missingDb)} dB short`
  const goal = `Normalise to ${levelText(level)} ${unitOf[metric]}`
  if (Math.abs(gainDb) < leastGainDb) return limits ? { text: `${goal} (0.0 dB)`, note } : undefined
  return {
    operation: {
      kind: 'normalise',
      from: 0,
      to: framesOf(list),
      metric,
      level,
      gain_db: gainDb,
    },
    text: `${goal} (${gainText(gainDb)} dB)`,
    ...(limits && { note }),
  }
}

/** What any other step does to a list; undefined where it has nothing to do. */
export const decideEdit = (
  step: Exclude<EditStep, NormaliseStep>,
  list: EditList,
): Decision | undefined => {
  switch (step.kind) {
    case 'gain':
      return gain(step, list)
    case 'fade_in':
      return fade(list, 'in', step.ms)
    case 'fade_out':
      return fade(list, 'out', step.ms)
  }
}

/** An effect in words. */
export const describeEffect = (effect: Effect): string => {
  switch (effect.kind) {
    case 'high_pass':
      return `High-pass ${effect.frequency_hz} Hz`
    case 'band_pass':
      return `Band-pass ${effect.low_hz}–${effect.high_hz} Hz`
    case 'noise_reduction':
      return `Noise reduction ${effect.amount}`
    case 'compressor':
      return `Compress ${effect.ratio}:1 above ${levelText(effect.threshold_db)} dB`
    case 'silence_trim':
      return `Trim silence below ${levelText(effect.threshold_dbfs)} dBFS`
    case 'speed':
      return `Speed × ${effect.factor}`
    case 'resample':
      return `Resample to ${effect.sample_rate_hz} Hz`
    case 'channels':
      return effect.channels === 1 ? 'Mix to mono' : `${effect.channels} channels`
  }
}
