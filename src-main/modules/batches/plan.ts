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

/** Silence is not trimmed by the effect of that name, but worked out here. */
export const isEffect = (step: RecipeStep): step is Exclude<RecipeStep, EditStep | TrimStep> =>
  !isEdit(step) && !isTrim(step)

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

/** What is to be done, one after the other, and how people are told. `note` is something to know besides. */
export type Decision = { operations: readonly Operation[]; text: string; note?: string }

/** A gain below this nobody hears, and no file is written for it. */
const leastGainDb = 0.1
/** Silence this much longer or shorter than wanted stays as it is. */
const leastTrimMs = 5

const milliseconds = (frames: number, { sample_rate_hz: rate }: EditList): number =>
  (frames * 1000) / rate

/** `Trim 200 ms at the start, add 80 ms at the end`: what becomes of the silence at both ends. */
const trimText = (headMs: number, tailMs: number): string => {
  const ends = [
    { ms: Math.round(headMs), where: 'at the start' },
    { ms: Math.round(tailMs), where: 'at the end' },
  ]
  const told = (verb: string, changed: typeof ends) =>
    changed.length === 0
      ? []
      : [`${verb} ${changed.map(({ ms, where }) => `${Math.abs(ms)} ms ${where}`).join(' and ')}`]
  const trimmed = told(
    'trim',
    ends.filter(({ ms }) => ms > 0),
  )
  const added = told(
    'add',
    ends.filter(({ ms }) => ms < 0),
  )
  return [...trimmed, ...added].join(', ').replace(/^./, (first) => first.toUpperCase())
}

/**
 * Brings the silence before the first take and behind the last to the wanted lengths: takes off what is too
 * much and adds digital silence where there is too little, as the effect of that name does. Nothing
 * where both ends are as wanted, or where there is nothing but silence.
 */
export const decideTrim = (
  step: TrimStep,
  list: EditList,
  takes: readonly Pick<Take, 'from' | 'to'>[],
): Decision | undefined => {
  const [first] = takes
  const last = takes.at(-1)
  if (!first || !last) return undefined
  const frames = framesOf(list)
  const wanted = (ms: number) => Math.round((ms * list.sample_rate_hz) / 1000)
  const isOff = (surplus: number) => Math.abs(milliseconds(surplus, list)) >= leastTrimMs
  const surplus = {
    head: first.from - wanted(step.head_ms),
    tail: frames - last.to - wanted(step.tail_ms),
  }
  const head = isOff(surplus.head) ? surplus.head : 0
  const tail = isOff(surplus.tail) ? surplus.tail : 0
  if (head === 0 && tail === 0) return undefined
  const [from, to] = [Math.max(0, head), frames - Math.max(0, tail)]
  const operations: Operation[] = []
  if (from > 0 || to < frames) operations.push({ kind: 'trim', from, to })
  if (tail < 0) operations.push({ kind: 'insert_silence', at: to - from, frames: -tail })
  if (head < 0) operations.push({ kind: 'insert_silence', at: 0, frames: -head })
  return { operations, text: trimText(milliseconds(head, list), milliseconds(tail, list)) }
}

const gain = (step: StepOf<'gain'>, list: EditList): Decision | undefined =>
  step.gain_db === 0
    ? undefined
    : {
        operations: [{ kind: 'gain', from: 0, to: framesOf(list), gain_db: step.gain_db }],
        text: `Gain ${gainText(step.gain_db)} dB`,
      }

const fade = (list: EditList, direction: 'in' | 'out', ms: number): Decision | undefined => {
  const all = framesOf(list)
  const frames = Math.min(all, Math.round((ms * list.sample_rate_hz) / 1000))
  if (frames === 0) return undefined
  const [from, to] = direction === 'in' ? [0, frames] : [all - frames, all]
  return {
    operations: [{ kind: 'fade', from, to, direction, curve: 'cosine' }],
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
  if (Math.abs(gainDb) < leastGainDb) {
    return limits ? { operations: [], text: `${goal} (0.0 dB)`, note } : undefined
  }
  const to = framesOf(list)
  return {
    operations: [{ kind: 'normalise', from: 0, to, metric, level, gain_db: gainDb }],
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
