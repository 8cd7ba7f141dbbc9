import type { Effect } from '#contract/effects'
import type { EditList } from '#contract/edit-list'
import {
  definitions,
  withFigure,
  type Definition,
  type StepKind,
} from '../../audio/processing/steps.ts'
import type { FrameRange } from '../../audio/edit-view/types.ts'
import { create } from 'zustand'
import type { EffectKind } from './editor-dialogs-state.ts'

/** What the editor knows of effects beyond recipes: the noise profile, and what was set last. */

const noiseReduction = {
  title: 'Noise reduction',
  about: 'Takes away a noise that was selected before',
  fields: [{ name: 'amount', label: 'Amount', least: 0, most: 1, step: 0.05 }],
} as const satisfies Omit<Definition, 'initial'>

/** In the order of the menu. */
export const effectKinds: readonly EffectKind[] = [
  'high_pass',
  'band_pass',
  'noise_reduction',
  'compressor',
  'silence_trim',
  'speed',
  'resample',
  'channels',
]

export const definitionOf = (kind: EffectKind): Omit<Definition, 'initial'> =>
  kind === 'noise_reduction' ? noiseReduction : definitions[kind satisfies StepKind]

/** These change the format of everything: they take no part of it. */
export const isOfEverything = (kind: EffectKind): boolean =>
  kind === 'resample' || kind === 'channels'

/** Why an effect would change nothing; undefined when it would change something. */
export const whyNothing = (
  effect: Effect,
  { sample_rate_hz, channels }: Pick<EditList, 'sample_rate_hz' | 'channels'>,
): string | undefined => {
  if (effect.kind === 'resample' && effect.sample_rate_hz === sample_rate_hz)
    return `The audio has ${sample_rate_hz} Hz already.`
  if (effect.kind === 'channels' && effect.channels === channels)
    return `The audio has ${channels === 1 ? '1 channel' : `${channels} channels`} already.`
  return undefined
}

type NoiseProfile = { range: FrameRange; list: EditList }

/** The noise that was selected last. It belongs to the list it was selected in. */
export const useNoiseProfile = create<{ profile: NoiseProfile | undefined }>(() => ({
  profile: undefined,
}))

const storageKey = 'patchbay.effects'
const storage = 'localStorage' in globalThis ? globalThis.localStorage : undefined

const stored = (): Record<string, unknown> => {
  try {
    const value: unknown = JSON.parse(storage?.getItem(storageKey) ?? '{}')
    return typeof value === 'object' && value !== null ? { ...value } : {}
  } catch {
    return {}
  }
}

const initialOf = (kind: EffectKind): Effect => {
  if (kind === 'noise_reduction') return { kind, amount: 0.21, profile: { from: 0, to: 1 } }
  // The initial step of these kinds is an effect: recipes know all of them.
  return definitions[kind].initial as Effect
}

/** The figures that were applied last, where they are still figures; else the usual ones. */
export const lastUsed = (kind: EffectKind): Effect => {
  const initial = initialOf(kind)
  const last = stored()[kind]
  if (typeof last !== 'object' || last === null) return initial
  const figures = new Map<string, unknown>(Object.entries(last))
  return definitionOf(kind).fields.reduce((effect, { name, least, most }) => {
    const value = figures.get(name)
    const isFigure = typeof value === 'number' && value >= least && value <= most
    return isFigure ? withFigure(effect, name, value) : effect
  }, initial)
}

export const remember = (effect: Effect): void =>
  storage?.setItem(storageKey, JSON.stringify({ ...stored(), [effect.kind]: effect }))
