import type { CodecName, Rate } from '../port.ts'
import { encodeInto, rateOf, tickBytesOf } from './codec.ts'
import { downsample, PAST, upsample } from './resample.ts'
import { samplesOf, type Sound } from './sound.ts'

/** A sound that somebody makes, tick by tick. */
export type SoundMaker = Sound & {
  /**
   * Begins the next tick and returns its samples, to be filled by the caller; they are zero already when it is silent.
   * `heard` is what the listeners heard in the tick before, where that was another sound: of the same rate, and in this
   * tick already.
   */
  readonly next: (isSilent: boolean, heard?: SoundMaker) => Int16Array
  /** This tick at a rate; overwritten by the next one. */
  readonly at: (rate: Rate) => Int16Array
  /** The end of the tick before. */
  readonly past: Int16Array
}

/** Samples over which a step at a change of the rate is spread: 5 ms at 8 kHz. */
const JOINT = 40

/** Begins near `last`, where the tick before ended, instead of with a click. */
const join = (samples: Int16Array, last: number): void => {
  const step = last - (samples[0] ?? 0)
  for (let i = 0; i < JOINT; i += 1) {
    const sample = (samples[i] ?? 0) + Math.round((step * (JOINT - i)) / (JOINT + 1))
    samples[i] = Math.max(-32_768, Math.min(32_767, sample))
  }
}

const endOf = (samples: Int16Array, others: Int16Array) => ({
  last: samples.at(-1) ?? 0,
  otherLast: others.at(-1) ?? 0,
})

type Encoding = { readonly bytes: Uint8Array; tick: number }

/** `former` was heard until now and has the other rate: this one goes on from where it ends. */
export const createSound = (rate: Rate, former?: SoundMaker): SoundMaker => {
  const line = new Int16Array(PAST + samplesOf(rate))
  const past = line.subarray(0, PAST)
  const samples = line.subarray(PAST)
  if (former) samples.set(former.at(rate))

  const otherRate = rate === 8000 ? 16_000 : 8000
  const resample = rate === 8000 ? upsample : downsample
  let other = former && Int16Array.from(former.samples)
  let otherTick = 0

  const encodings: Partial<Record<CodecName, Encoding>> = {}
  let tick = 0
  /** Of them in a row. From the third on the past is silent too, and nothing changes any more. */
  let silentTicks = former && !former.isSilent ? 0 : 3
  /** Where the former ended, at both rates: for the first tick, and once that began. */
  let ending = former && !former.isSilent ? endOf(samples, former.samples) : undefined
  let joint: typeof ending

  const atOther = () => {
    other ??= new Int16Array(samplesOf(otherRate))
    if (otherTick !== tick) resample(line, other)
    otherTick = tick
    return other
  }

  /** The samples are complete once they are asked for. */
  const settled = () => {
    if (!joint) return samples
    const { last, otherLast } = joint
    joint = undefined
    join(samples, last)
    join(atOther(), otherLast)
    return samples
  }

  const at = (wanted: Rate) => {
    settled()
    return wanted === rate ? samples : atOther()
  }

  return {
    rate,
    past,
    at,
    get samples() {
      return settled()
    },
    get isSilent() {
      return silentTicks > 0
    },
    next: (isSilent, heard) => {
      if (isSilent && silentTicks > 2 && (heard?.isSilent ?? true)) return samples
      settled()
      joint = ending
      ending = undefined
      tick += 1
      silentTicks = isSilent && !joint ? silentTicks + 1 : 0
      if (heard) past.set(heard.past)
      else line.copyWithin(0, line.length - PAST)
      if (isSilent) samples.fill(0)
      return samples
    },
    encoded: (codec) => {
      const encoding = (encodings[codec] ??= {
        bytes: new Uint8Array(tickBytesOf(codec)),
        tick: -1,
      })
      if (encoding.tick !== tick) encodeInto(codec, at(rateOf(codec)), encoding.bytes)
      encoding.tick = tick
      return encoding.bytes
    },
  }
}
