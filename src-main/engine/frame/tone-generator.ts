import type { Rate } from '../port.ts'
import { mostTones, type Tone, type Tones } from './tones.ts'

/** Tones as samples: in any portions, at a rate that may change with every portion. */
export type ToneGenerator = {
  /** Fills `into` from `from` on; how many samples that were: fewer than fit only at the end. */
  readonly read: (into: Int16Array, from: number, rate: Rate) => number
  readonly isOver: () => boolean
}

// A place within a tone is counted in units that both rates divide.
const UNITS_A_SECOND = 16_000
const UNITS_A_MS = UNITS_A_SECOND / 1000
/** A tone that begins or ends within a wave would click. */
const EDGE = 4 * UNITS_A_MS
/** Peak of a sine at 0 dBm0: one of 3.14 dBm0 is full scale (ITU-T G.711, table 5, µ-law 3.17). */
const PEAK_AT_0_DBM0 = 32_767 * 10 ** (-3.14 / 20)

const amplitudeOf = (dbm0: number): number => PEAK_AT_0_DBM0 * 10 ** (dbm0 / 20)

const unitsOf = (ms: number): number => Math.round(ms * UNITS_A_MS)

/** A tone that goes on where the other ended, without an edge between them. */
const continues = (tone: Tone, next: Tone | undefined): boolean =>
  next !== undefined &&
  tone.offMs === 0 &&
  tone.levelPerMs === 0 &&
  next.levelPerMs === 0 &&
  next.level === tone.level &&
  next.frequenciesHz.length === tone.frequenciesHz.length &&
  next.frequenciesHz.every((hz, index) => hz === tone.frequenciesHz[index])

const edge = (units: number, length: number): number =>
  units >= length ? 1 : 0.5 - 0.5 * Math.cos((Math.PI * units) / length)

/** Oscillators that keep their phase from one portion to the next. */
const createSum = () => {
  const sines = new Float64Array(mostTones.frequencies)
  const cosines = new Float64Array(mostTones.frequencies)
  const turnSines = new Float64Array(mostTones.frequencies)
  const turnCosines = new Float64Array(mostTones.frequencies)
  return {
    restart: () => {
      sines.fill(0)
      cosines.fill(1)
    },
    tune: (frequenciesHz: readonly number[], rate: Rate) => {
      for (let i = 0; i < frequenciesHz.length; i += 1) {
        const turn = (2 * Math.PI * (frequenciesHz[i] ?? 0)) / rate
        turnSines[i] = Math.sin(turn)
        turnCosines[i] = Math.cos(turn)
      }
    },
    /** Mean of the first `count` oscillators, which then turn on by a sample. */
    next: (count: number): number => {
      let sum = 0
      for (let i = 0; i < count; i += 1) {
        const sine = sines[i] ?? 0
        const cosine = cosines[i] ?? 0
        const turnSine = turnSines[i] ?? 0
        const turnCosine = turnCosines[i] ?? 0
        sum += sine
        sines[i] = sine * turnCosine + cosine * turnSine
        cosines[i] = cosine * turnCosine - sine * turnSine
      }
      return sum / count
    },
  }
}

export const createToneGenerator = ({ tones, times }: Tones): ToneGenerator => {
  const sum = createSum()
  let pass = 0
  let index = 0
  let repeat = 0
  let tone = tones[0]
  let units = 0
  let steady = 0
  let hasSoftStart = true
  let hasSoftEnd = true

  const following = (): Tone | undefined => {
    if (tone && repeat + 1 < tone.times) return tone
    return tones[index + 1] ?? (pass + 1 < times ? tones[0] : undefined)
  }

  const begin = (isContinued: boolean) => {
    hasSoftStart = !isContinued
    hasSoftEnd = tone === undefined || !continues(tone, following())
    steady = amplitudeOf(tone?.level ?? 0)
    if (!isContinued) sum.restart()
  }

  const advance = (current: Tone) => {
    const next = following()
    repeat += 1
    if (repeat >= current.times) {
      repeat = 0
      index += 1
      if (index === tones.length) {
        index = 0
        pass += 1
      }
    }
    tone = next
    begin(!hasSoftEnd)
  }

  const amplitude = (current: Tone): number => {
    if (current.levelPerMs === 0) return steady
    const level = current.level + (current.levelPerMs * units) / UNITS_A_MS
    return amplitudeOf(Math.min(0, Math.max(mostTones.leastLevel, level)))
  }

  const edges = (on: number): number => {
    const length = Math.min(EDGE, on / 2)
    return (hasSoftStart ? edge(units, length) : 1) * (hasSoftEnd ? edge(on - units, length) : 1)
  }

  begin(false)
  return {
    read: (into, from, rate) => {
      const step = UNITS_A_SECOND / rate
      let at = from
      while (tone && at < into.length) {
        const on = unitsOf(tone.onMs)
        const all = on + unitsOf(tone.offMs)
        const count = tone.frequenciesHz.length
        sum.tune(tone.frequenciesHz, rate)
        for (; units < all && at < into.length; units += step, at += 1) {
          const isHeard = units < on && count > 0
          into[at] = isHeard ? Math.round(amplitude(tone) * edges(on) * sum.next(count)) : 0
        }
        if (units < all) continue
        units -= all
        advance(tone)
      }
      return at - from
    },
    isOver: () => tone === undefined,
  }
}
