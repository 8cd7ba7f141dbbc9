/** A PCM wav as its bytes say, read without the product's own code. */
export type Wav = { sampleRateHz: number; channels: number; frames: number; samples: Int16Array }

/** Chunks by name: what stands between the header and the samples differs from writer to writer. */
const chunksOf = (bytes: Buffer): Map<string, Buffer> => {
  const chunks = new Map<string, Buffer>()
  for (let at = 12; at + 8 <= bytes.length;) {
    const length = bytes.readUInt32LE(at + 4)
    chunks.set(bytes.toString('latin1', at, at + 4), bytes.subarray(at + 8, at + 8 + length))
    at += 8 + length + (length % 2)
  }
  return chunks
}

/** Of 16 bits; throws for anything else. */
export const readWav = (bytes: Buffer): Wav => {
  const chunks = chunksOf(bytes)
  const format = chunks.get('fmt ')
  const data = chunks.get('data')
  if (!format || !data || format.readUInt16LE(14) !== 16) throw new Error('no wav of 16 bits')
  const channels = format.readUInt16LE(2)
  const samples = Int16Array.from({ length: data.length / 2 }, (_, i) => data.readInt16LE(2 * i))
  const frames = samples.length / channels
  return { sampleRateHz: format.readUInt32LE(4), channels, frames, samples }
}

const decibels = (share: number): number => 20 * Math.log10(Math.max(share, 1e-9))

/** RMS of samples [from, to), dB below full scale. */
export const rmsDb = ({ samples }: Wav, from = 0, to = samples.length): number => {
  const part = samples.subarray(from, to)
  const sum = part.reduce((total, sample) => total + (sample / 32_768) ** 2, 0)
  return decibels(Math.sqrt(sum / part.length))
}

/** How strong one frequency is in samples [from, to) of a mono file: its peak in dB below full scale. */
export const toneDb = (wav: Wav, frequencyHz: number, [from, to] = [0, wav.frames]): number => {
  const turn = (2 * Math.PI * frequencyHz) / wav.sampleRateHz
  let [real, imaginary] = [0, 0]
  for (let i = from; i < to; i += 1) {
    const sample = (wav.samples[i] ?? 0) / 32_768
    real += sample * Math.cos(turn * i)
    imaginary += sample * Math.sin(turn * i)
  }
  return decibels((2 * Math.hypot(real, imaginary)) / (to - from))
}
