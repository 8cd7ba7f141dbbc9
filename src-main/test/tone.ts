import { wavFile } from './wav-of.ts'

export type ToneOptions = {
  frequencyHz: number
  durationMs: number
  sampleRateHz?: number
  /** Peak as a share of full scale, 0 to 1. */
  level?: number
  channels?: number
  bits?: 8 | 16 | 24 | 32
}

/** A sine as a PCM wav file: the same samples in every channel. */
export const tone = (options: ToneOptions): Buffer => {
  const { frequencyHz, durationMs, sampleRateHz = 8000, level = 0.5 } = options
  const { channels = 1, bits = 16 } = options
  const frames = Math.round((durationMs * sampleRateHz) / 1000)
  const width = bits / 8
  const data = Buffer.alloc(frames * channels * width)
  const full = 2 ** (bits - 1) - 1
  for (let frame = 0; frame < frames; frame += 1) {
    const sine = Math.sin((2 * Math.PI * frequencyHz * frame) / sampleRateHz)
    const value = Math.round(level * full * sine)
    for (let channel = 0; channel < channels; channel += 1) {
      const offset = (frame * channels + channel) * width
      if (bits === 8) data.writeUInt8(value + 128, offset)
      else data.writeIntLE(value, offset, width)
    }
  }
  return wavFile({ sampleRateHz, channels, bits }, data)
}

/** Digital silence as a wav file. */
export const silence = (options: Omit<ToneOptions, 'frequencyHz' | 'level'>): Buffer =>
  tone({ ...options, frequencyHz: 0, level: 0 })
