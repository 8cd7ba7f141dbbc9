import type { ClippingRun } from '#contract/measures'

/** What a short stretch of one channel is made of. */
type Stretch = { squares: number; sum: number; largest: number }

export type SampleStatistics = {
  /** Frames [from, to) of the block; adds the sum of the squares of every channel to `squares`. */
  push: (channels: readonly Float64Array[], range: Range, squares: Float64Array) => void
  finish: () => {
    peak: number
    /** Mean over all channels. */
    power: number
    /** Of the channel that is farthest off. */
    dcOffset: number
    clipping: ClippingRun[]
    clippingRuns: number
  }
}

type Range = { from: number; to: number }

const LEAST_RUN = 3
const MOST_LISTED = 1000

const look = (samples: Float64Array, from: number, to: number, found: Stretch) => {
  let sum = 0
  let squares = 0
  let low = 0
  let high = 0
  for (let i = from; i < to; i += 1) {
    const value = samples[i] ?? 0
    sum += value
    squares += value * value
    if (value > high) high = value
    else if (value < low) low = value
  }
  found.sum = sum
  found.squares = squares
  found.largest = Math.max(high, -low)
}

/** Stretches of three or more samples in a row that are as large as the format can say. */
const createClipping = (channels: number, fullScale: number) => {
  const listed: ClippingRun[] = []
  const running = new Float64Array(channels)
  let runs = 0

  const end = (channel: number, at: number) => {
    const frames = running[channel] ?? 0
    running[channel] = 0
    if (frames < LEAST_RUN) return
    runs += 1
    if (listed.length < MOST_LISTED) listed.push({ from: at - frames, frames, channel })
  }

  return {
    isRunning: (channel: number) => (running[channel] ?? 0) > 0,
    scan: (channel: number, samples: Float64Array, range: Range & { at: number }) => {
      for (let i = range.from; i < range.to; i += 1) {
        if (Math.abs(samples[i] ?? 0) >= fullScale) running[channel] = (running[channel] ?? 0) + 1
        else if ((running[channel] ?? 0) > 0) end(channel, range.at + i - range.from)
      }
    },
    finish: (frames: number) => {
      for (let channel = 0; channel < channels; channel += 1) end(channel, frames)
      return { clipping: listed.sort((a, b) => a.from - b.from), clippingRuns: runs }
    },
  }
}

export const createSampleStatistics = (channels: number, fullScale: number): SampleStatistics => {
  const clipping = createClipping(channels, fullScale)
  const sums = new Float64Array(channels)
  const found: Stretch = { squares: 0, sum: 0, largest: 0 }
  let [squares, peak, frames] = [0, 0, 0]

  return {
    push: (blocks, { from, to }, squaresHere) => {
      for (let channel = 0; channel < channels; channel += 1) {
        const samples = blocks[channel]
        if (!samples) continue
        look(samples, from, to, found)
        squares += found.squares
        sums[channel] = (sums[channel] ?? 0) + found.sum
        if (found.largest > peak) peak = found.largest
        squaresHere[channel] = (squaresHere[channel] ?? 0) + found.squares
        if (found.largest >= fullScale || clipping.isRunning(channel)) {
          clipping.scan(channel, samples, { from, to, at: frames })
        }
      }
      frames += to - from
    },
    finish: () => {
      const offsets = Array.from(sums, (sum) => sum / Math.max(1, frames))
      return {
        peak,
        power: squares / Math.max(1, frames * channels),
        dcOffset: offsets.reduce(
          (worst, each) => (Math.abs(each) > Math.abs(worst) ? each : worst),
          0,
        ),
        ...clipping.finish(frames),
      }
    },
  }
}
