import { versionFor, type Peaks } from '../waveforms/waveforms.ts'
import type { PcmFormat } from './sox-decode.ts'

const growing = () => {
  let values = new Int16Array(4096)
  let used = 0
  return {
    push: (value: number) => {
      if (used === values.length) {
        const larger = new Int16Array(values.length * 2)
        larger.set(values)
        values = larger
      }
      values[used] = value
      used += 1
    },
    values: () => values.slice(0, used),
  }
}

/**
 * Collects the minimum and maximum of every `samplesPerPixel` frames of each channel while audio
 * passes. It is one level of detail; several can listen to the same pass.
 */
export const createPeakAccumulator = (format: PcmFormat, samplesPerPixel: number) => {
  const { channels, sampleRateHz } = format
  const pairs = growing()
  const low = new Int16Array(channels).fill(32_767)
  const high = new Int16Array(channels).fill(-32_768)
  let frames = 0
  let pixels = 0

  const flush = () => {
    for (let channel = 0; channel < channels; channel += 1) {
      pairs.push(low[channel] ?? 0)
      pairs.push(high[channel] ?? 0)
    }
    low.fill(32_767)
    high.fill(-32_768)
    frames = 0
    pixels += 1
  }

  const push = (block: Int16Array) => {
    for (let start = 0; start < block.length; start += channels) {
      for (let channel = 0; channel < channels; channel += 1) {
        const sample = block[start + channel] ?? 0
        if (sample < (low[channel] ?? 0)) low[channel] = sample
        if (sample > (high[channel] ?? 0)) high[channel] = sample
      }
      frames += 1
      if (frames === samplesPerPixel) flush()
    }
  }

  /** The last pixel may stand for fewer frames than the others. */
  const finish = (bits: 8 | 16): Peaks => {
    if (frames > 0) flush()
    const data = pairs.values()
    return {
      version: versionFor(channels),
      channels,
      sampleRate: sampleRateHz,
      samplesPerPixel,
      bits,
      length: pixels,
      // Truncated toward zero, as audiowaveform does.
      data: bits === 16 ? data : Int8Array.from(data, (value) => Math.trunc(value / 256)),
    }
  }
  return { push, finish }
}
