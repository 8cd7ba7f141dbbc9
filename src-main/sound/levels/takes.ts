import type { SplitOptions, Take } from '#contract/batches'
import { createPlanes } from './blocks.ts'
import { amplitudeOf, levelOfAmplitude } from './decibels.ts'

/** Looks for takes while a session passes; remembers nothing but the takes. */
export type TakeFinder = {
  /** Whole frames, interleaved. */
  push: (block: Int16Array | Int32Array) => void
  finish: () => Take[]
}

/** A stretch of sound between two silences, frames [from, to). */
type Stretch = { from: number; to: number; peak: number }

const STEPS_PER_S = 200

/** Room before and behind, but never more than half of the silence to the neighbour. */
const withRoom = (
  stretches: readonly Stretch[],
  { head, tail, frames }: { head: number; tail: number; frames: number },
): Take[] =>
  stretches.map(({ from, to, peak }, index) => {
    const before = stretches[index - 1]
    const next = stretches[index + 1]
    const first = before ? Math.ceil((before.to + from) / 2) : 0
    const last = next ? Math.floor((to + next.from) / 2) : frames
    return {
      number: index + 1,
      from: Math.max(first, from - head),
      to: Math.min(last, to + tail),
      peak_dbfs: Math.round((levelOfAmplitude(peak) ?? 0) * 100) / 100,
    }
  })

/**
 * A take is what lies between silences of at least `silence_ms`; one shorter than `least_take_ms` is a
 * click or a cough and none. Silent is where 5 ms of every channel have an RMS below the threshold.
 */
export const createTakeFinder = (
  format: { sampleRateHz: number; channels: number },
  options: SplitOptions,
): TakeFinder => {
  const { sampleRateHz, channels } = format
  const frames = (ms: number) => Math.round((ms * sampleRateHz) / 1000)
  const planes = createPlanes(channels)
  const threshold = amplitudeOf(options.threshold_dbfs) ** 2
  const least = { silence: frames(options.silence_ms), take: frames(options.least_take_ms) }
  const squares = new Float64Array(channels)
  const found: Stretch[] = []
  let running: Stretch | undefined
  let [frame, step, begin, peak] = [0, 0, 0, 0]

  const endTake = () => {
    if (running && running.to - running.from >= least.take) found.push(running)
    running = undefined
  }

  const endStep = () => {
    if (frame === begin) return
    if (Math.max(...squares) / (frame - begin) >= threshold) {
      running ??= { from: begin, to: frame, peak }
      running.to = frame
      running.peak = Math.max(running.peak, peak)
    } else if (running && frame - running.to >= least.silence) endTake()
    squares.fill(0)
    peak = 0
    begin = frame
  }

  const look = (
    samples: Float64Array,
    channel: number,
    { from, to }: { from: number; to: number },
  ) => {
    let sum = 0
    let largest = peak
    for (let i = from; i < to; i += 1) {
      const value = samples[i] ?? 0
      sum += value * value
      if (value > largest) largest = value
      else if (-value > largest) largest = -value
    }
    squares[channel] = (squares[channel] ?? 0) + sum
    peak = largest
  }

  return {
    push: (block) =>
      planes(block, ({ channels: blocks, count }) => {
        for (let from = 0; from < count;) {
          const end = Math.round(((step + 1) * sampleRateHz) / STEPS_PER_S)
          const to = Math.min(count, from + end - frame)
          for (const [channel, samples] of blocks.entries()) look(samples, channel, { from, to })
          frame += to - from
          from = to
          if (frame !== end) continue
          endStep()
          step += 1
        }
      }),
    finish: () => {
      endStep()
      endTake()
      const room = { head: frames(options.head_ms), tail: frames(options.tail_ms), frames: frame }
      return withRoom(found, room)
    },
  }
}
