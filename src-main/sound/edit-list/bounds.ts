import type { Stage } from '#contract/edit-list'
import { factorOf, gainAt } from './curves.ts'

/** Bounds, power (mean square · frames) and clipping of some frames, one value a channel. */
export type Bounds = {
  low: Float64Array
  high: Float64Array
  power: Float64Array
  clip: Uint8Array
}

export const createBounds = (channels: number): Bounds => ({
  low: new Float64Array(channels),
  high: new Float64Array(channels),
  power: new Float64Array(channels),
  clip: new Uint8Array(channels),
})

/** Of nothing. */
export const clear = ({ low, high, power, clip }: Bounds): void => {
  low.fill(Infinity)
  high.fill(-Infinity)
  power.fill(0)
  clip.fill(0)
}

export const silence = ({ low, high, power, clip }: Bounds): void => {
  low.fill(0)
  high.fill(0)
  power.fill(0)
  clip.fill(0)
}

/** Of both, one after the other. */
export const join = (into: Bounds, other: Bounds): void => {
  for (let channel = 0; channel < into.low.length; channel += 1) {
    into.low[channel] = Math.min(into.low[channel] ?? 0, other.low[channel] ?? 0)
    into.high[channel] = Math.max(into.high[channel] ?? 0, other.high[channel] ?? 0)
    into.power[channel] = (into.power[channel] ?? 0) + (other.power[channel] ?? 0)
    if (other.clip[channel]) into.clip[channel] = 1
  }
}

/** What is beyond full scale is clipped. */
const limit = ({ low, high, clip }: Bounds): void => {
  for (let channel = 0; channel < low.length; channel += 1) {
    if ((low[channel] ?? 0) < -1) {
      low[channel] = -1
      clip[channel] = 1
    }
    if ((high[channel] ?? 0) > 1) {
      high[channel] = 1
      clip[channel] = 1
    }
  }
}

/** Of both at once. */
export const add = (into: Bounds, other: Bounds): void => {
  for (let channel = 0; channel < into.low.length; channel += 1) {
    into.low[channel] = (into.low[channel] ?? 0) + (other.low[channel] ?? 0)
    into.high[channel] = (into.high[channel] ?? 0) + (other.high[channel] ?? 0)
    into.power[channel] = (into.power[channel] ?? 0) + (other.power[channel] ?? 0)
    if (other.clip[channel]) into.clip[channel] = 1
  }
  limit(into)
}

/** What stages make of bounds at a frame of the span. */
export const shape = (bounds: Bounds, stages: readonly Stage[], frame: number): void => {
  const { low, high, power } = bounds
  for (const stage of stages) {
    const gain =
      stage.kind === 'gain'
        ? factorOf(stage.gain_db)
        : gainAt[stage.curve]((stage.from + stage.step * frame) / stage.length)
    for (let channel = 0; channel < low.length; channel += 1) {
      low[channel] = (low[channel] ?? 0) * gain
      high[channel] = (high[channel] ?? 0) * gain
      power[channel] = (power[channel] ?? 0) * gain * gain
    }
    if (gain > 1) limit(bounds)
  }
}
