import { tone } from './tone.ts'

/** A wav of 16 bits with these interleaved samples. */
export const wavOf = (
  samples: Int16Array,
  { channels, sampleRateHz = 8000 }: { channels: number; sampleRateHz?: number },
): Buffer => {
  const header = Buffer.from(tone({ frequencyHz: 0, durationMs: 0, channels, sampleRateHz }))
  header.writeUInt32LE(36 + samples.byteLength, 4)
  header.writeUInt32LE(samples.byteLength, 40)
  return Buffer.concat([
    header,
    Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength),
  ])
}
