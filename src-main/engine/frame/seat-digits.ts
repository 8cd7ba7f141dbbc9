import type { Rate } from '../port.ts'
import { mixInto } from './mix.ts'
import { samplesOf } from './sound.ts'
import { createToneGenerator, type ToneGenerator } from './tone-generator.ts'
import { frequenciesOfDigit } from './tones.ts'

/** The digits that somebody pressed, as tones to others, one after the other. */
export type Digits = {
  readonly press: (digit: string, ms: number) => void
  /** Adds this tick of them to what was said; undefined where there is neither. */
  readonly over: (spoken: Int16Array | undefined, rate: Rate) => Int16Array | undefined
}

const LEVEL_DBM0 = -9
/** Shorter ones are no digits (ITU-T Q.24, 40 ms), and longer ones are a stuck key. */
const SHORTEST_MS = 40
const LONGEST_MS = 1000
const GAP_MS = 40

export const createDigits = (): Digits => {
  let waiting: ToneGenerator[] = []
  let tones = new Int16Array(samplesOf(8000))

  return {
    press: (digit, ms) => {
      const frequenciesHz = frequenciesOfDigit(digit)
      if (!frequenciesHz) return
      const onMs = Math.max(SHORTEST_MS, Math.min(LONGEST_MS, ms))
      const tone = {
        onMs,
        offMs: GAP_MS,
        frequenciesHz,
        level: LEVEL_DBM0,
        levelPerMs: 0,
        times: 1,
      }
      waiting.push(createToneGenerator({ tones: [tone], times: 1, durationMs: onMs + GAP_MS }))
    },
    over: (spoken, rate) => {
      const [current] = waiting
      if (!current) return spoken
      const length = samplesOf(rate)
      if (tones.length !== length) tones = new Int16Array(length)
      tones.fill(0, current.read(tones, 0, rate))
      if (current.isOver()) waiting = waiting.slice(1)
      if (spoken) mixInto(tones, spoken)
      return tones
    },
  }
}
