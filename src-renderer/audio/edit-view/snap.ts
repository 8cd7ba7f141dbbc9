import type { EditList } from '#contract/edit-list'
import { framesOf } from '#sound/edit-list/edit-list'
import { mixInto, plan } from '#sound/edit-list/mix'
import type { SourceTiles } from './source-tiles.ts'
import type { FrameRange } from './types.ts'

/** An edge moves at most this far. */
const reachMs = 10

/**
 * The frame nearest to `frame` at which all channels together cross zero: the first one on the other
 * side, or one that is 0. `frame` itself where there is none. `samples` are interleaved, `from` their
 * first frame.
 */
export const nearestCrossing = (
  samples: ArrayLike<number>,
  { channels, from, frame }: { channels: number; from: number; frame: number },
): number => {
  const count = Math.floor(samples.length / channels)
  const sumAt = (index: number) => {
    let sum = 0
    for (let channel = 0; channel < channels; channel++) {
      sum += samples[index * channels + channel] ?? 0
    }
    return sum
  }
  let best = frame
  let distance = Infinity
  for (let index = 0; index < count; index++) {
    const away = Math.abs(from + index - frame)
    if (away >= distance) continue
    const here = sumAt(index)
    const isCrossing = here === 0 || (index > 0 && here > 0 !== sumAt(index - 1) > 0)
    if (!isCrossing) continue
    best = from + index
    distance = away
  }
  return best
}

const snapFrame = async (list: EditList, tiles: SourceTiles, frame: number): Promise<number> => {
  const frames = framesOf(list)
  // The ends of the list are no cuts: there is nothing to click against.
  if (frame <= 0 || frame >= frames) return frame
  const reach = Math.floor((list.sample_rate_hz * reachMs) / 1000)
  const from = Math.max(0, frame - reach)
  const to = Math.min(frames, frame + reach + 1)
  const plans = plan(list, from, to)
  const blocks = await Promise.all(
    plans.reads.map(({ source, ...at }) => tiles.read(source, { from: at.in, frames: at.frames })),
  )
  const samples = new Int32Array((to - from) * list.channels)
  mixInto(samples, plans, blocks)
  return nearestCrossing(samples, { channels: list.channels, from, frame })
}

/** The range with both edges at the nearest zero crossing, 10 ms away at most. */
export const snapRange = async (
  list: EditList,
  tiles: SourceTiles,
  { from, to }: FrameRange,
): Promise<FrameRange> => {
  const [first, last] = await Promise.all([
    snapFrame(list, tiles, from),
    snapFrame(list, tiles, to),
  ])
  return last > first ? { from: first, to: last } : { from, to }
}
