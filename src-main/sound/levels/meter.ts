import type { Measures } from '#contract/measures'
import { createCallerEar } from '../telephone/caller-ear.ts'
import { createBandwidth } from './bandwidth.ts'
import { createPlanes, type Planes } from './blocks.ts'
import { levelOfAmplitude, levelOfPower } from './decibels.ts'
import { fullScaleOf, type Encoding } from './full-scale.ts'
import { createLoudness } from './loudness.ts'
import { createQuiet, STEPS_PER_S } from './quiet.ts'
import { createSampleStatistics } from './sample-statistics.ts'
import { createSpeechLevel } from './speech-level.ts'
import { createTruePeak } from './true-peak.ts'

export type MeterFormat = { sampleRateHz: number; channels: number; encoding?: Encoding }

/** Measures audio while it passes, in memory that does not grow with its length. */
export type Meter = {
  /** Whole frames, interleaved. Blocks of any length; the result does not depend on how it was cut. */
  push: (block: Int16Array | Int32Array) => void
  finish: () => Measures
}

const rounded = (value: number, digits: number): number => {
  const factor = 10 ** digits
  return Math.round(value * factor) / factor || 0 // no −0
}
const level = (value: number | null): number | null => (value === null ? null : rounded(value, 2))

/**
 * Speech level and bandwidth are those of the channels' mean: a caller hears one channel, and sox and
 * switches make it so. Two talkers of a recording, one a channel, measure what they will on the line;
 * what cancels itself out measures nothing. Peaks, clipping and offset are those of the worst channel.
 */
export const createMeter = ({ sampleRateHz, channels, encoding }: MeterFormat): Meter => {
  const planes = createPlanes(channels)
  const statistics = createSampleStatistics(channels, fullScaleOf(encoding))
  const quiet = createQuiet()
  const speech = createSpeechLevel(sampleRateHz)
  const loudness = createLoudness(sampleRateHz, channels)
  const truePeaks = Array.from({ length: channels }, createTruePeak)
  const bandwidth = createBandwidth(sampleRateHz)
  const ear = createCallerEar(sampleRateHz)
  const heard = createSpeechLevel(ear.sampleRateHz)
  const squares = new Float64Array(channels)
  let [frames, step, stepFrames] = [0, 0, 0]

  const endStep = () => {
    if (stepFrames > 0) quiet.push(Math.max(...squares), stepFrames)
    squares.fill(0)
    stepFrames = 0
  }

  const walk = ({ channels: blocks, count }: Planes) => {
    for (let from = 0; from < count;) {
      const end = Math.round(((step + 1) * sampleRateHz) / STEPS_PER_S)
      const to = Math.min(count, from + end - frames)
      statistics.push(blocks, { from, to }, squares)
      stepFrames += to - from
      frames += to - from
      from = to
      if (frames !== end) continue
      endStep()
      step += 1
    }
  }

  const measure = (block: Planes) => {
    walk(block)
    speech.push(block.mix, block.count)
    loudness.push(block.channels, block.count)
    for (const [channel, peak] of truePeaks.entries()) {
      const samples = block.channels[channel]
      if (samples) peak.push(samples, block.count)
    }
    bandwidth.push(block.mix, block.count)
    heard.push(ear.samples, ear.hear(block.mix, block.count))
  }

  return {
    push: (block) => planes(block, measure),
    finish: () => {
      endStep()
      heard.push(ear.samples, ear.finish())
      const { level: active, activity } = speech.finish()
      const { peak, power, dcOffset, clipping, clippingRuns } = statistics.finish()
      const { headFrames, tailFrames, noiseFloor } = quiet.finish(active)
      const ms = (count: number) => rounded((count * 1000) / sampleRateHz, 1)
      return {
        frames,
        sample_rate_hz: sampleRateHz,
        channels,
        duration_ms: ms(frames),
        active_level_dbov: level(active),
        activity: rounded(activity, 4),
        loudness_lufs: level(loudness.finish()),
        true_peak_dbtp: level(
          levelOfAmplitude(Math.max(...truePeaks.map((each) => each.finish()))),
        ),
        peak_dbfs: level(levelOfAmplitude(peak)),
        rms_dbov: level(levelOfPower(power)),
        dc_offset: rounded(dcOffset, 6),
        clipping,
        clipping_runs: clippingRuns,
        head_silence_ms: ms(headFrames),
        tail_silence_ms: ms(tailFrames),
        noise_floor_dbov: level(noiseFloor),
        bandwidth_hz: bandwidth.finish(noiseFloor),
        caller_level_dbov: level(heard.finish().level),
      }
    },
  }
}
