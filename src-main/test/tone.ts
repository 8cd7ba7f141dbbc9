export type ToneOptions = {
  frequencyHz: number
  durationMs: number
  sampleRateHz?: number
  /** Peak as a share of full scale, 0 to 1. */
  level?: number
  channels?: number
  bits?: 8 | 16 | 24 | 32
}

const header = (format: { dataBytes: number; rate: number; channels: number; bits: number }) => {
  const { dataBytes, rate, channels, bits } = format
  const frameBytes = (channels * bits) / 8
  const bytes = Buffer.alloc(44)
  bytes.write('RIFF', 0, 'latin1')
  bytes.writeUInt32LE(36 + dataBytes + (dataBytes % 2), 4)
  bytes.write('WAVEfmt ', 8, 'latin1')
  bytes.writeUInt32LE(16, 16)
  bytes.writeUInt16LE(1, 20)
  bytes.writeUInt16LE(channels, 22)
  bytes.writeUInt32LE(rate, 24)
  bytes.writeUInt32LE(rate * frameBytes, 28)
  bytes.writeUInt16LE(frameBytes, 32)
  bytes.writeUInt16LE(bits, 34)
  bytes.write('data', 36, 'latin1')
  bytes.writeUInt32LE(dataBytes, 40)
  return bytes
}

/** A sine as a PCM wav file: the same samples in every channel. Written without the product's own code. */
export const tone = (options: ToneOptions): Buffer => {
  const { frequencyHz, durationMs, sampleRateHz = 8000, level = 0.5 } = options
  const { channels = 1, bits = 16 } = options
  const frames = Math.round((durationMs * sampleRateHz) / 1000)
  const width = bits / 8
  const dataBytes = frames * channels * width
  const data = Buffer.alloc(dataBytes + (dataBytes % 2))
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
  return Buffer.concat([header({ dataBytes, rate: sampleRateHz, channels, bits }), data])
}

/** Digital silence as a wav file. */
export const silence = (options: Omit<ToneOptions, 'frequencyHz' | 'level'>): Buffer =>
  tone({ ...options, frequencyHz: 0, level: 0 })
