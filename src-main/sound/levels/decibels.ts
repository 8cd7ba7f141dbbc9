/** Level of a mean power against full scale 1; null where there is none. */
export const levelOfPower = (power: number): number | null =>
  power > 0 ? 10 * Math.log10(power) : null

/** Level of an amplitude against full scale 1; null where there is none. */
export const levelOfAmplitude = (amplitude: number): number | null =>
  amplitude > 0 ? 20 * Math.log10(amplitude) : null

export const amplitudeOf = (decibels: number): number => 10 ** (decibels / 20)
