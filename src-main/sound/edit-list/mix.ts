import type { EditList, Ramp, Layer, Mix, SourceLayer, Span, Stage } from '#contract/edit-list'
import { factorOf, gainAt } from './curves.ts'
import { requireRange, spanAt, startsOf } from './edit-list.ts'
import { isMix } from './span.ts'

/**
 * The samples of an edit list, to the last bit as sox 14.4.2 makes them (`sox -D`, 32 bits) when it is
 * run once for every operation: `vol` and `fade` multiply in double precision, round toward zero and
 * clip; `sox -m` adds and clips; reversing, cutting and joining change no sample.
 */

/** Interleaved samples; those of 16 bits count 65,536 times as much as those of 32. */
export type Samples = Int16Array | Int32Array

/** Frames of a source that a plan needs: one block of frames × channels samples. */
export type Read = { source: string; in: number; frames: number }

/** A layer with the index of the block of its source, and the same for a mix. */
type Part =
  | { kind: 'source'; block: number; reversed: boolean; stages: readonly Stage[] }
  | { kind: 'mix'; parts: readonly Part[]; stages: readonly Stage[] }

/** Frames of a span: `at` in the plan, `within` the span. Silence without a part. */
type Stretch = { at: number; within: number; frames: number; part: Part | undefined }

/** What [from, to) of a list is made of. Making one costs little: the audio is only named. */
export type Plan = {
  frames: number
  channels: number
  /** To be read by the caller, whenever and however it likes; in the order of `blocks`. */
  reads: readonly Read[]
  /** Nothing but frames forward without stages, and silence: 16-bit blocks may go to a 16-bit out. */
  isPlain: boolean
  stretches: readonly Stretch[]
}

const none: readonly Stage[] = []

const isPlainPart = (part: Part | undefined): boolean =>
  part === undefined || (part.kind === 'source' && !part.reversed && part.stages.length === 0)

/** Throws EditError when the range is not within the list. */
export const plan = (list: EditList, from: number, to: number): Plan => {
  requireRange(list, { from, to }, true)
  const reads: Read[] = []
  const stretches: Stretch[] = []
  const starts = startsOf(list.spans)

  const partOf = (layer: Layer, stretch: Omit<Stretch, 'part'>, span: Span): Part => {
    const { stages = none } = layer
    if (isMix(layer)) return { kind: 'mix', parts: partsOf(layer, stretch, span), stages }
    reads.push(readOf(layer, stretch, span))
    return { kind: 'source', block: reads.length - 1, reversed: layer.reversed === true, stages }
  }
  const partsOf = (mix: Mix, stretch: Omit<Stretch, 'part'>, span: Span): Part[] =>
    mix.layers.map((layer) => partOf(layer, stretch, span))

  for (let index = spanAt(list, from); index < list.spans.length; index += 1) {
    const span = list.spans[index]
    const start = starts[index] ?? 0
    if (!span || start >= to) break
    const first = Math.max(from, start)
    const frames = Math.min(to, start + span.frames) - first
    const stretch = { at: first - from, within: first - start, frames }
    const [only, ...others] = span.layers
    const part =
      only && others.length === 0
        ? partOf(only, stretch, span)
        : only && partOf({ layers: span.layers }, stretch, span)
    stretches.push({ ...stretch, part })
  }
  const isPlain = stretches.every(({ part }) => isPlainPart(part))
  return { frames: to - from, channels: list.channels, reads, isPlain, stretches }
}

const readOf = (
  layer: SourceLayer,
  { within, frames }: Omit<Stretch, 'part'>,
  span: Span,
): Read => ({
  source: layer.source,
  in: layer.in + (layer.reversed ? span.frames - within - frames : within),
  frames,
})

const highest = 2_147_483_647
const lowest = -2_147_483_648

/** Storing into an Int32Array rounds toward zero what lies within its bounds. */
const amplify = (samples: Int32Array, factor: number): void => {
  for (let index = 0; index < samples.length; index += 1) {
    const sample = (samples[index] ?? 0) * factor
    samples[index] = sample > highest ? highest : sample < lowest ? lowest : sample
  }
}

const shape = (
  samples: Int32Array,
  { curve, from, step, length }: Ramp,
  at: { within: number; channels: number },
): void => {
  const gain = gainAt[curve]
  let index = 0
  for (let frame = from + step * at.within; index < samples.length; frame += step) {
    const factor = gain(frame / length)
    for (const end = index + at.channels; index < end; index += 1)
      samples[index] = (samples[index] ?? 0) * factor
  }
}

const copyReversed = (into: Int32Array, block: Samples, channels: number): void => {
  const scale = block instanceof Int16Array ? 65_536 : 1
  let target = 0
  for (let frame = block.length - channels; frame >= 0; frame -= channels)
    for (let channel = 0; channel < channels; channel += 1, target += 1)
      into[target] = (block[frame + channel] ?? 0) * scale
}

const copyForward = (into: Samples, block: Samples): void => {
  if (into instanceof Int16Array) {
    if (block instanceof Int32Array) throw new TypeError('32-bit samples do not fit into 16 bits')
    into.set(block)
  } else if (block instanceof Int32Array) into.set(block)
  else for (let index = 0; index < block.length; index += 1) into[index] = (block[index] ?? 0) << 16
}

/** Adds as `sox -m`: input by input, clipping each time. */
const add = (into: Int32Array, other: Int32Array): void => {
  for (let index = 0; index < into.length; index += 1) {
    const sum = (into[index] ?? 0) + (other[index] ?? 0)
    into[index] = sum > highest ? highest : sum < lowest ? lowest : sum
  }
}

type Pass = { channels: number; within: number; blocks: readonly Samples[] }

const blockOf = ({ blocks }: Pass, index: number, length: number): Samples => {
  const block = blocks[index]
  if (block?.length === length) return block
  throw new RangeError(`block ${index} has ${block?.length ?? 0} samples instead of ${length}`)
}

const fill = (into: Int32Array, part: Part, pass: Pass): void => {
  if (part.kind === 'source') {
    const block = blockOf(pass, part.block, into.length)
    if (part.reversed) copyReversed(into, block, pass.channels)
    else copyForward(into, block)
  } else {
    const [first, ...others] = part.parts
    if (first) fill(into, first, pass)
    for (const other of others) {
      const scratch = new Int32Array(into.length)
      fill(scratch, other, pass)
      add(into, scratch)
    }
  }
  for (const stage of part.stages)
    if (stage.kind === 'gain') amplify(into, factorOf(stage.gain_db))
    else shape(into, stage, pass)
}

/**
 * Fills the first frames × channels samples of `out`; `blocks[i]` holds all that `reads[i]` names.
 * Throws TypeError when 16 bits of `out` cannot hold the result, RangeError for a block too short.
 */
export const mixInto = (out: Samples, plan: Plan, blocks: readonly Samples[]): void => {
  const { channels } = plan
  for (const { at, within, frames, part } of plan.stretches) {
    const into = out.subarray(at * channels, (at + frames) * channels)
    const pass = { channels, within, blocks }
    if (!part) into.fill(0)
    else if (into instanceof Int32Array) fill(into, part, pass)
    else if (part.kind === 'source' && isPlainPart(part))
      copyForward(into, blockOf(pass, part.block, into.length))
    else throw new TypeError('only plain frames fit into 16 bits')
  }
}
