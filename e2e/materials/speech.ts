import { joined, noise, sine, speechLike, stored } from '../../src-main/test/signals.ts'
import { wavOf } from '../../src-main/test/wav-of.ts'
import type { Pack } from './pack.ts'

const rate = 8000
const roomDb = -50

type Speech = {
  /** RMS where somebody speaks, dB below full scale. */
  levelDb: number
  seconds?: number
  /** Room noise behind the last word. */
  tailSeconds?: number
  /** Another voice, other words. */
  seed?: number
}

/** Somebody speaking in a room, 8 kHz mono. */
export const speech = ({ levelDb, seconds = 2.2, tailSeconds = 0, seed = 11 }: Speech): Buffer => {
  const voice = speechLike({ rate, seconds, rmsDb: levelDb, noiseDb: roomDb, seed })
  const room = noise({ rate, seconds: tailSeconds, rmsDb: roomDb, seed: seed + 100 })
  return wavOf(stored(16, joined(voice, room)) as Int16Array, { channels: 1 })
}

/** Tones of the same length heard together. */
export const chord = (
  tones: readonly { hz: number; peakDb: number }[],
  { seconds, sampleRateHz = rate }: { seconds: number; sampleRateHz?: number },
): Buffer => {
  const parts = tones.map((tone) => sine({ ...tone, rate: sampleRateHz, seconds }))
  const sum = Float64Array.from(parts[0] ?? [], (_, i) =>
    parts.reduce((total, part) => total + (part[i] ?? 0), 0),
  )
  return wavOf(stored(16, sum) as Int16Array, { channels: 1, sampleRateHz })
}

/** Tones one after the other, each of one second. */
export const tonesInARow = (...frequenciesHz: readonly number[]): Buffer => {
  const tones = frequenciesHz.map((hz) => sine({ hz, peakDb: -12, rate, seconds: 1 }))
  return wavOf(stored(16, joined(...tones)) as Int16Array, { channels: 1 })
}

/** A pack in one language: what each prompt sounds like, or null where it is missing. */
export const packOf = (prompts: Readonly<Record<string, Buffer | null>>): Pack => {
  const folder = 'kazoo-core/en/us'
  const files = Object.entries(prompts).flatMap(([id, bytes]) =>
    bytes === null ? [] : [[`${folder}/${id}.wav`, bytes] as const],
  )
  const script = Object.keys(prompts).map((id) => `${id}: This is ${id}.\n`)
  return new Map([...files, [`${folder}/prompts.txt`, Buffer.from(script.join(''))]])
}
