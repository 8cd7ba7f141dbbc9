import type { Blobs } from '../../platform/blobs/blobs.ts'
import { invalid } from '../../platform/errors.ts'
import { toDat, toJson, type Audio } from '../audio/audio.ts'
import { createPeakCache, type Peaks } from './peak-cache.ts'

/** What the studio window needs beyond Crossbar: pictures of sound. */
export type Studio = {
  /** A blob's waveform in one of audiowaveform's formats (its reference reader takes both). */
  peaks: (blob: string, options: PeakOptions) => Promise<{ bytes: Buffer; contentType: string }>
}

export type PeakOptions = { samplesPerPixel: number; bits: 8 | 16; format: 'dat' | 'json' }

/** 8 bits are value/256 truncated toward zero, as audiowaveform writes them. */
const inBits = (peaks: Peaks, bits: 8 | 16): Peaks =>
  bits === 16
    ? peaks
    : { ...peaks, bits, data: Int8Array.from(peaks.data, (value) => Math.trunc(value / 256)) }

export const createStudio = (deps: { blobs: Blobs; audio: Audio }): Studio => {
  const cache = createPeakCache(deps)
  return {
    peaks: async (blob, { samplesPerPixel, bits, format }) => {
      const peaks = inBits(await cache.get(blob, samplesPerPixel), bits)
      if (peaks.length === 0) {
        throw invalid({
          file: { invalid: { message: 'The file has no audio to draw', cause: blob } },
        })
      }
      return format === 'json'
        ? { bytes: Buffer.from(JSON.stringify(toJson(peaks))), contentType: 'application/json' }
        : { bytes: toDat(peaks), contentType: 'application/octet-stream' }
    },
  }
}
