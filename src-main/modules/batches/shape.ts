import type { RecipeInput } from '#contract/batches'
import type { EditList } from '#contract/edit-list'
import type { Effect } from '#contract/effects'
import type { Measures } from '#contract/measures'
import { apply } from '#sound/edit-list/apply'
import { listOf } from '#sound/edit-list/edit-list'
import type { Blobs } from '../../platform/blobs/blobs.ts'
import type { Measuring } from '../measuring/measuring.ts'
import type { Rendering } from '../rendering/rendering.ts'
import type { Waveforms } from '../waveforms/waveforms.ts'
import {
  decideEdit,
  decideNormalise,
  decideTrim,
  describeEffect,
  passesOf,
  type NormaliseStep,
  type Pass,
  type TrimStep,
} from './plan.ts'

/** What a recipe comes to for one file: an edit list, the effects left for the last run, and words. */
export type Shaped = {
  list: EditList
  effects: readonly Effect[]
  steps: string[]
  notes: string[]
  /** False when the file is as the steps want it. */
  hasChanged: boolean
}

export type ShapeDeps = {
  blobs: Blobs
  waveforms: Waveforms
  measuring: Measuring
  rendering: Rendering
}

export type ShapeRequest = {
  blob: string
  recipe: RecipeInput
  /** What the whole file measures. */
  measures: Measures
  levelOf: (step: NormaliseStep) => Promise<number>
  /** Takes over what is made on the way: blobs to keep until the file is written. */
  own: (blob: string, release: () => void) => void
  signal: AbortSignal
}

/** Nothing is cut between words, and nothing is left around them but what a step says. */
const asOneTake = { silence_ms: 60_000, least_take_ms: 10, head_ms: 0, tail_ms: 0 }

/** Reads a blob whole, and gives the list of all of it. */
const open = async (waveforms: Waveforms, blob: string): Promise<EditList> => {
  const reading = waveforms.readForEditing(blob)
  await Promise.all([reading.opened, reading.done])
  const { frames, sampleRateHz, channels } = reading.state()
  return listOf(blob, frames, { sample_rate_hz: sampleRateHz, channels })
}

/** Works out what the steps of a recipe do to a file. Writes only what a later step has to look at. */
export const shape = async (deps: ShapeDeps, request: ShapeRequest): Promise<Shaped> => {
  const { blobs, waveforms, measuring, rendering } = deps
  const { recipe, measures, levelOf, own, signal } = request
  const shaped: Shaped = {
    list: await open(waveforms, request.blob),
    effects: [],
    steps: [],
    notes: [],
    hasChanged: false,
  }
  let source = request.blob
  let isWhole = true

  const take = (decision: ReturnType<typeof decideTrim>) => {
    if (!decision) return
    shaped.steps.push(decision.text)
    if (decision.note !== undefined) shaped.notes.push(decision.note)
    if (decision.operations.length === 0) return
    shaped.list = decision.operations.reduce(apply, shaped.list)
    shaped.hasChanged = true
    isWhole = false
  }

  /** What was decided so far as a source of its own. */
  const settle = async () => {
    if (isWhole && shaped.effects.length === 0) return
    signal.throwIfAborted()
    const path = blobs.newPath()
    const { list, effects } = shaped
    await rendering.render({ list, effects, path, signal })
    const held = await blobs.take(path)
    own(held.hash, held.release)
    source = held.hash
    shaped.list = await open(waveforms, source)
    shaped.effects = []
    isWhole = true
  }

  const trim = async (step: TrimStep) => {
    const { threshold_dbfs } = step
    const takes = await measuring.findTakes(source, { threshold_dbfs, ...asOneTake }, signal)
    take(decideTrim(step, shaped.list, takes))
  }

  const measured = async (step: NormaliseStep) => {
    const isFile = isWhole && source === request.blob
    const [found, level] = await Promise.all([
      isFile ? measures : measuring.measure(shaped.list, {}, signal),
      levelOf(step),
    ])
    return { measures: found, level }
  }

  const work = async (pass: Pass, isFirst: boolean) => {
    if (!isFirst) await settle()
    if (pass.trim) await trim(pass.trim)
    for (const edit of pass.edits) {
      take(
        edit.kind === 'normalise'
          ? decideNormalise(edit, shaped.list, await measured(edit))
          : decideEdit(edit, shaped.list),
      )
    }
    if (pass.effects.length === 0) return
    shaped.effects = pass.effects
    shaped.steps.push(...pass.effects.map(describeEffect))
    shaped.hasChanged = true
  }

  for (const [index, pass] of passesOf(recipe.steps).entries()) await work(pass, index === 0)
  return shaped
}
