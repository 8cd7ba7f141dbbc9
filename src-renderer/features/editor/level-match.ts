import type { Sound } from './output.ts'

/** Louder or softer than this is no difference of the telephone but silence. */
const mostDb = 12
/** Share of what was heard before that still counts after another sound. */
const memory = 0.95

const energyOf = (channels: readonly Float32Array[]): number => {
  let sum = 0
  for (const channel of channels) for (const sample of channel) sum += sample * sample
  return sum / Math.max(1, channels.length)
}

/**
 * Estimates from what passes by how much the file is louder than what a caller hears of it, dB: in
 * use until both are measured.
 */
export const createLevelMatch = () => {
  let plain = 0
  let caller = 0
  return {
    add: (sound: Sound): number => {
      plain = plain * memory + energyOf(sound.plain)
      caller = caller * memory + energyOf(sound.caller)
      if (plain === 0 || caller === 0) return 0
      return Math.min(Math.max(10 * Math.log10(plain / caller), -mostDb), mostDb)
    },
  }
}
