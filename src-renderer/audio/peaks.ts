/**
 * A picture of a file's samples: `min[i]` and `max[i]` are what all channels reach, -1 to 1, in the
 * i-th stretch of `samplesPerPixel` samples.
 */
export type Peaks = {
  sampleRateHz: number
  samplesPerPixel: number
  min: Float32Array
  max: Float32Array
}

/*
 * audiowaveform's .dat, little endian:
 *
 *   0       4      8            12                 16      20              20 | 24
 *   version flags  sample rate  samples per pixel  length  channels (v2)   min, max per pixel and channel
 *
 * Flag bit 0: the data are 8-bit instead of 16-bit. Mono files are version 1, all others version 2.
 */
const LENGTH_OFFSET = 16
const V1_DATA_OFFSET = 20
const V2_DATA_OFFSET = 24
const MAX_CHANNELS = 24

type Header = {
  is8Bit: boolean
  sampleRateHz: number
  samplesPerPixel: number
  length: number
  channels: number
  dataOffset: number
}

const refuse = (reason: string): never => {
  throw new Error(`The waveform cannot be read: ${reason}.`)
}

const readHeader = (view: DataView): Header => {
  if (view.byteLength < V1_DATA_OFFSET) refuse('its header is cut short')
  const version = view.getInt32(0, true)
  if (version !== 1 && version !== 2) refuse(`version ${version} is unknown`)
  if (version === 2 && view.byteLength < V2_DATA_OFFSET) refuse('its header is cut short')
  return {
    is8Bit: (view.getUint32(4, true) & 1) === 1,
    sampleRateHz: view.getInt32(8, true),
    samplesPerPixel: view.getInt32(12, true),
    length: view.getUint32(LENGTH_OFFSET, true),
    channels: version === 2 ? view.getInt32(V1_DATA_OFFSET, true) : 1,
    dataOffset: version === 2 ? V2_DATA_OFFSET : V1_DATA_OFFSET,
  }
}

const checkHeader = (header: Header, byteLength: number): void => {
  const { is8Bit, sampleRateHz, samplesPerPixel, length, channels, dataOffset } = header
  if (sampleRateHz < 1) refuse('its sample rate is not positive')
  if (samplesPerPixel < 2) refuse('it has fewer than 2 samples per pixel')
  if (channels < 1 || channels > MAX_CHANNELS) refuse(`it names ${channels} channels`)
  const expected = dataOffset + length * channels * 2 * (is8Bit ? 1 : 2)
  if (byteLength !== expected) refuse(`it has ${byteLength} bytes instead of ${expected}`)
}

export const parsePeaks = (dat: ArrayBuffer): Peaks => {
  const view = new DataView(dat)
  const header = readHeader(view)
  checkHeader(header, dat.byteLength)
  const { is8Bit, sampleRateHz, samplesPerPixel, length, channels, dataOffset } = header

  const valueAt = is8Bit
    ? (index: number) => view.getInt8(dataOffset + index) / 128
    : (index: number) => view.getInt16(dataOffset + index * 2, true) / 32768
  const min = new Float32Array(length)
  const max = new Float32Array(length)
  for (let pixel = 0; pixel < length; pixel++) {
    let low = 1
    let high = -1
    for (let channel = 0; channel < channels; channel++) {
      const index = (pixel * channels + channel) * 2
      low = Math.min(low, valueAt(index))
      high = Math.max(high, valueAt(index + 1))
    }
    min[pixel] = low
    max[pixel] = high
  }
  return { sampleRateHz, samplesPerPixel, min, max }
}
