/**
 * Waveform data of BBC's audiowaveform. All numbers little-endian:
 *
 *    0  int32   version: 1 without, 2 with the channel count
 *    4  uint32  flags: bit 0 set for 8-bit data
 *    8  int32   sample rate in Hz
 *   12  int32   samples per pixel
 *   16  uint32  length: pairs of one channel
 *   20  int32   channels (version 2 only)
 *   20 or 24    for each pixel, for each channel: min, max
 *
 * The format's own documentation starts version 2 data at 20; its writer starts it at 24, as here.
 */
export type Peaks = {
  version: 1 | 2
  channels: number
  sampleRate: number
  samplesPerPixel: number
  bits: 8 | 16
  /** Pixels: pairs of one channel. */
  length: number
  data: Int8Array | Int16Array
}

type PeaksJson = {
  version: 1 | 2
  channels?: number
  sample_rate: number
  samples_per_pixel: number
  bits: 8 | 16
  length: number
  data: number[]
}

const headerBytes = (version: 1 | 2): number => (version === 1 ? 20 : 24)

/** Version 1 knows one channel; the reference writer uses it whenever that is enough. */
export const versionFor = (channels: number): 1 | 2 => (channels === 1 ? 1 : 2)

export const toDat = (peaks: Peaks): Buffer => {
  const width = peaks.bits / 8
  const start = headerBytes(peaks.version)
  const bytes = Buffer.alloc(start + peaks.data.length * width)
  bytes.writeInt32LE(peaks.version, 0)
  bytes.writeUInt32LE(peaks.bits === 8 ? 1 : 0, 4)
  bytes.writeInt32LE(peaks.sampleRate, 8)
  bytes.writeInt32LE(peaks.samplesPerPixel, 12)
  bytes.writeUInt32LE(peaks.length, 16)
  if (peaks.version === 2) bytes.writeInt32LE(peaks.channels, 20)
  let offset = start
  for (const value of peaks.data) offset = bytes.writeIntLE(value, offset, width)
  return bytes
}

/** The reference reader refuses unknown keys: none may be added. */
export const toJson = (peaks: Peaks): PeaksJson => ({
  version: peaks.version,
  ...(peaks.version === 2 ? { channels: peaks.channels } : {}),
  sample_rate: peaks.sampleRate,
  samples_per_pixel: peaks.samplesPerPixel,
  bits: peaks.bits,
  length: peaks.length,
  data: Array.from(peaks.data),
})

/** Reads either version. Throws when the file is not as long as its header says. */
export const fromDat = (bytes: Buffer): Peaks => {
  const version = bytes.length < 20 ? 0 : bytes.readInt32LE(0)
  if (version !== 1 && version !== 2) throw new Error('not audiowaveform data')
  const channels = version === 1 ? 1 : bytes.length < 24 ? 0 : bytes.readInt32LE(20)
  const bits = (bytes.readUInt32LE(4) & 1) === 1 ? 8 : 16
  const length = bytes.readUInt32LE(16)
  const start = headerBytes(version)
  const values = length * channels * 2
  if (channels < 1 || bytes.length !== start + (values * bits) / 8) {
    throw new Error('audiowaveform data is not as long as its header says')
  }
  const data = bits === 8 ? new Int8Array(values) : new Int16Array(values)
  for (let i = 0; i < values; i += 1) {
    data[i] = bits === 8 ? bytes.readInt8(start + i) : bytes.readInt16LE(start + i * 2)
  }
  const sampleRate = bytes.readInt32LE(8)
  const samplesPerPixel = bytes.readInt32LE(12)
  return { version, channels, sampleRate, samplesPerPixel, bits, length, data }
}
