import { createWeightedPower } from './k-weighting.ts'

/** Integrated loudness, ITU-R BS.1770-4, in memory that does not grow with the length. */
export type Loudness = {
  push: (channels: readonly Float64Array[], count: number) => void
  /** LUFS; null under 400 ms and when nothing is louder than the absolute gate. */
  finish: () => number | null
}

const STEPS_PER_S = 10
const STEPS_PER_BLOCK = 4
const ABSOLUTE_GATE = -70
const RELATIVE_GATE = -10
const OFFSET = -0.691
// The shelf of the weighting lies at 1682 Hz.
const LEAST_RATE_HZ = 4000

const BINS_PER_LU = 100
const MOST_LUFS = 30
const BINS = (MOST_LUFS - ABSOLUTE_GATE) * BINS_PER_LU

const lufs = (power: number): number => OFFSET + 10 * Math.log10(power)

/** Surround channels count 1.41, the low-frequency one not at all; order of a wav file. */
const weightsOf = (channels: number): readonly number[] => {
  if (channels === 5) return [1, 1, 1, 1.41, 1.41]
  if (channels === 6) return [1, 1, 1, 0, 1.41, 1.41]
  return Array.from({ length: channels }, () => 1)
}

/** Blocks above the absolute gate, in classes of 0.01 LU with their exact power. */
const createGate = () => {
  const counts = new Float64Array(BINS)
  const powers = new Float64Array(BINS)

  const add = (power: number) => {
    const level = lufs(power)
    if (level <= ABSOLUTE_GATE) return
    const bin = Math.min(BINS - 1, Math.floor((level - ABSOLUTE_GATE) * BINS_PER_LU))
    counts[bin] = (counts[bin] ?? 0) + 1
    powers[bin] = (powers[bin] ?? 0) + power
  }

  const meanAbove = (gate: number): number | null => {
    let [count, power] = [0, 0]
    const lowest = Math.max(0, Math.floor((gate - ABSOLUTE_GATE) * BINS_PER_LU))
    for (let bin = lowest; bin < BINS; bin += 1) {
      const here = counts[bin] ?? 0
      if (here === 0) continue
      const sum = powers[bin] ?? 0
      if (lufs(sum / here) <= gate) continue
      count += here
      power += sum
    }
    return count === 0 ? null : lufs(power / count)
  }

  return {
    add,
    integrated: () => {
      const ungated = meanAbove(ABSOLUTE_GATE)
      return ungated === null ? null : meanAbove(ungated + RELATIVE_GATE)
    },
  }
}

export const createLoudness = (sampleRateHz: number, channels: number): Loudness => {
  const weights = weightsOf(channels)
  const weighted = weights.map(() => createWeightedPower(sampleRateHz))
  const gate = createGate()
  /** Powers of the last steps, oldest first, and where each ends. */
  const steps = new Float64Array(STEPS_PER_BLOCK)
  let stepsDone = 0
  let frame = 0
  let power = 0
  const endOfStep = (step: number) => Math.round((step * sampleRateHz) / STEPS_PER_S)

  const endStep = () => {
    steps.copyWithin(0, 1)
    steps[STEPS_PER_BLOCK - 1] = power
    power = 0
    stepsDone += 1
    if (stepsDone < STEPS_PER_BLOCK) return
    const frames = endOfStep(stepsDone) - endOfStep(stepsDone - STEPS_PER_BLOCK)
    let sum = 0
    for (const step of steps) sum += step
    if (sum > 0) gate.add(sum / frames)
  }

  const push: Loudness['push'] = (blocks, count) => {
    let from = 0
    while (from < count) {
      const to = Math.min(count, from + endOfStep(stepsDone + 1) - frame)
      for (const [channel, block] of blocks.entries()) {
        const weight = weights[channel] ?? 0
        if (weight > 0) power += weight * (weighted[channel]?.(block, from, to) ?? 0)
      }
      frame += to - from
      from = to
      if (frame === endOfStep(stepsDone + 1)) endStep()
    }
  }
  if (sampleRateHz < LEAST_RATE_HZ) return { push: () => undefined, finish: () => null }
  return { push, finish: gate.integrated }
}
