import type { EditList } from '#contract/edit-list'
import { framesOf } from '#sound/edit-list/edit-list'
import { mixInto, plan } from '#sound/edit-list/mix'
import { createCallerPath, type Law } from '#sound/telephone/caller-path'
import type { RenderSound } from './output.ts'
import type { SampleCache } from './sample-cache.ts'

/** The filters of the caller's path have forgotten what was before within this time. */
const runInS = 0.06
const telephoneRateHz = 8000

type Range = { from: number; to: number }

const silence = (channels: number, frames: number) =>
  Array.from({ length: channels }, () => new Float32Array(frames))

const greatestCommonDivisor = (a: number, b: number): number =>
  b === 0 ? a : greatestCommonDivisor(b, a % b)

/** Takes frames [from, to) of a list, as far as there are any, and one array a channel. */
const mixed = async (list: EditList, { from, to }: Range, cache: SampleCache) => {
  const { channels } = list
  const end = Math.min(to, framesOf(list))
  const sound = silence(channels, to - from)
  if (end <= from) return sound
  const work = plan(list, from, end)
  const blocks = await Promise.all(
    work.reads.map(({ source, in: start, frames }) =>
      cache.read(source, { from: start, frames, channels }),
    ),
  )
  const out = new Int32Array(work.frames * channels)
  mixInto(out, work, blocks)
  for (const [channel, samples] of sound.entries())
    for (let frame = 0; frame < work.frames; frame++)
      samples[frame] = (out[frame * channels + channel] ?? 0) / 2 ** 31
  return sound
}

const heardByCaller = (
  input: readonly Float32Array[],
  { sample_rate_hz: sampleRateHz, channels }: EditList,
  law: Law,
) => {
  const path = createCallerPath({ sampleRateHz, channels, law })
  const frames = input[0]?.length ?? 0
  const delayed = input.map((samples) => {
    const longer = new Float32Array(frames + path.latency)
    longer.set(samples)
    return longer
  })
  path.process(delayed, delayed)
  return delayed.map((samples) => samples.subarray(path.latency))
}

/**
 * Renders stretches of a list twice. Every stretch is complete in itself: the caller's path runs in
 * before it and out behind it, from a frame at which its 8 kHz fall on the same samples everywhere, so
 * that stretches fit together whatever was played before.
 */
export const createRenderSound =
  (cache: SampleCache): RenderSound =>
  async (list, range, law) => {
    const rate = list.sample_rate_hz
    const step = rate / greatestCommonDivisor(rate, telephoneRateHz)
    const runIn = Math.ceil(runInS * rate)
    const start = Math.max(0, Math.floor((range.from - runIn) / step) * step)
    const wide = await mixed(list, { from: start, to: range.to + runIn }, cache)
    const caller = heardByCaller(wide, list, law)
    const cut = (samples: Float32Array) => samples.slice(range.from - start, range.to - start)
    return { plain: wide.map(cut), caller: caller.map(cut) }
  }
