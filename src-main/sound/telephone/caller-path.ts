import { createCallerEar, LINE_RATE_HZ } from './caller-ear.ts'
import { createResampler } from './fir.ts'
import type { Law } from './g711.ts'

export type { Law } from './g711.ts'

/** Audio as it arrives at a caller's ear: mono, 300–3400 Hz, 8 kHz, G.711. */
export type CallerPath = {
  /** Frames by which the output is late. What goes in as frame n comes out as frame n + latency. */
  latency: number
  /**
   * One array a channel, all of one length, samples from −1 to 1; fills `output`, which may be the
   * same arrays, with as many frames. Cut into blocks in any way it gives the same samples.
   */
  process: (input: readonly Float32Array[], output: readonly Float32Array[]) => void
}

const MOST_FRAMES = 1024

/** Samples that wait for their time: first in, first out. */
const createQueue = (capacity: number, waiting: number) => {
  const samples = new Float64Array(capacity)
  let filled = waiting
  return {
    add: (more: Float64Array, count: number) => {
      samples.set(more.subarray(0, count), filled)
      filled += count
    },
    take: (count: number, outputs: readonly Float32Array[], at: number) => {
      for (const output of outputs) {
        for (let i = 0; i < count; i += 1) output[at + i] = samples[i] ?? 0
      }
      samples.copyWithin(0, count, filled)
      filled -= count
    },
  }
}

export const createCallerPath = (format: {
  sampleRateHz: number
  channels: number
  law: Law
}): CallerPath => {
  const { sampleRateHz, channels, law } = format
  const ear = createCallerEar(sampleRateHz, law)
  const rates = { fromHz: LINE_RATE_HZ, toHz: sampleRateHz }
  const back = sampleRateHz === LINE_RATE_HZ ? undefined : createResampler(rates)
  const backReach = ((back?.reach ?? 0) * sampleRateHz) / LINE_RATE_HZ
  // Rounding up and starting with silence, there is always a sample to give.
  const latency = Math.ceil(ear.reach + backReach) + 1
  const mix = new Float64Array(MOST_FRAMES)
  const queue = createQueue(2 * latency + 2 * MOST_FRAMES + (back?.output.length ?? 4096), latency)

  const mixed = (input: readonly Float32Array[], from: number, count: number) => {
    mix.fill(0, 0, count)
    for (const channel of input) {
      for (let i = 0; i < count; i += 1) {
        mix[i] = (mix[i] ?? 0) + (channel[from + i] ?? 0) / channels
      }
    }
  }

  return {
    latency,
    process: (input, output) => {
      const frames = input[0]?.length ?? 0
      for (let from = 0; from < frames; from += MOST_FRAMES) {
        const count = Math.min(MOST_FRAMES, frames - from)
        mixed(input, from, count)
        const heard = ear.hear(mix, count)
        if (!back) queue.add(ear.samples, heard)
        else {
          for (let at = 0; at < heard; at += 4096) {
            const piece = at === 0 ? ear.samples : ear.samples.subarray(at)
            queue.add(back.output, back.push(piece, Math.min(4096, heard - at)))
          }
        }
        queue.take(count, output, from)
      }
    },
  }
}
