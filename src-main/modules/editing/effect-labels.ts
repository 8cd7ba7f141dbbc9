import type { Effect } from '#contract/effects'

const hertz = (value: number): string => `${value.toLocaleString('en')} Hz`

const channelNames: Readonly<Record<number, string>> = { 1: 'Mono', 2: 'Stereo' }

const labelOf = (effect: Effect): string => {
  switch (effect.kind) {
    case 'high_pass':
      return `High-pass ${hertz(effect.frequency_hz)}`
    case 'band_pass':
      return `Band-pass ${effect.low_hz}–${hertz(effect.high_hz)}`
    case 'noise_reduction':
      return `Noise reduction ${Math.round(effect.amount * 100)} %`
    case 'compressor':
      return `Compressor ${effect.ratio}:1`
    case 'silence_trim':
      return 'Trim silence'
    case 'speed':
      return `Speed ${Math.round(effect.factor * 100)} %`
    case 'resample':
      return `Resample to ${hertz(effect.sample_rate_hz)}`
    case 'channels':
      return channelNames[effect.channels] ?? `${effect.channels} channels`
  }
}

/** Effects as one step of a history: "High-pass 120 Hz, Compressor 3:1". */
export const labelOfEffects = (effects: readonly Effect[]): string =>
  effects.map(labelOf).join(', ').slice(0, 200)

/** Whether rate or channels are other ones afterwards: such effects take the whole list. */
export const convertsFormat = (effects: readonly Effect[]): boolean =>
  effects.some(({ kind }) => kind === 'resample' || kind === 'channels')
