import { createBandPass, createResampler } from './fir.ts'
import { overTheLine, type Law } from './g711.ts'

/** What arrives at the far end of a telephone line: 8 kHz, 300–3400 Hz, G.711. */
export type CallerEar = {
  sampleRateHz: number
  /** Samples from −1 to 1; overwritten by every call. */
  samples: Float64Array
  /** Takes at most 4096 samples of one channel; returns how many there are in `samples`. */
  hear: (input: Float64Array, count: number) => number
  /** What was on its way at the end. */
  finish: () => number
  /** Input frames that must be there behind the one that is heard. */
  reach: number
}

export const LINE_RATE_HZ = 8000
const BAND = { lowHz: 300, highHz: 3400, sampleRateHz: LINE_RATE_HZ }

export const createCallerEar = (sampleRateHz: number, law: Law = 'ulaw'): CallerEar => {
  const rates = { fromHz: sampleRateHz, toHz: LINE_RATE_HZ }
  const resampler = sampleRateHz === LINE_RATE_HZ ? undefined : createResampler(rates)
  const band = createBandPass(BAND)
  const line = overTheLine(law)
  // Below 8 kHz there come out more samples than go in: they are filtered in pieces.
  const samples = new Float64Array(Math.max(4096, resampler?.output.length ?? 0))
  const reach = (resampler?.reach ?? 0) + (band.reach * sampleRateHz) / LINE_RATE_HZ
  let [taken, given] = [0, 0]

  const filter = (input: Float64Array, count: number): number => {
    let filled = 0
    for (let from = 0; from < count; from += 4096) {
      const piece = from === 0 && count <= 4096 ? input : input.subarray(from, from + 4096)
      const produced = band.push(piece, Math.min(4096, count - from))
      samples.set(band.output.subarray(0, produced), filled)
      filled += produced
    }
    line(samples, filled)
    given += filled
    return filled
  }

  const hear: CallerEar['hear'] = (input, count) => {
    taken += count
    return resampler ? filter(resampler.output, resampler.push(input, count)) : filter(input, count)
  }

  return {
    sampleRateHz: LINE_RATE_HZ,
    samples,
    reach,
    hear,
    finish: () => {
      const due = Math.round((taken * LINE_RATE_HZ) / sampleRateHz) - given
      if (due <= 0) return 0
      const rest = Math.ceil(reach) + 1
      const silence = new Float64Array(4096)
      const late = new Float64Array(due)
      let filled = 0
      for (let from = 0; from < rest && filled < due; from += 4096) {
        const heard = Math.min(hear(silence, Math.min(4096, rest - from)), due - filled)
        late.set(samples.subarray(0, heard), filled)
        filled += heard
      }
      samples.set(late.subarray(0, filled))
      return filled
    },
  }
}
