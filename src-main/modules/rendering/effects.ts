import type { Effect } from '#contract/effects'
import type { Violations } from '#contract/errors'
import { invalid } from '../../platform/errors.ts'

/** What flows between two effects. `frames` is undefined where only the audio tells. */
export type Signal = { sampleRateHz: number; channels: number; frames: number | undefined }

/** What only the audio tells of an effect. */
export type Known = {
  /** File with the noise profile. */
  profile?: string
  /** The first frame that is sound, and the one behind the last. */
  sound?: { first: number; end: number }
}

/** sox's arguments of an effect, one effect a row, and what comes out. */
type Placed = { args: string[][]; after: Signal }

type EffectOf<K extends Effect['kind']> = Extract<Effect, { kind: K }>
type Place<K extends Effect['kind']> = (effect: EffectOf<K>, before: Signal, more: More) => Placed
type More = { known: Known; refuse: (violations: Violations) => never }

const tooHigh = (target: number, sampleRateHz: number) => ({
  maximum: {
    message: `At ${sampleRateHz} Hz there is nothing at or above ${target} Hz`,
    target,
  },
})

/** Two biquads with the poles of a fourth-order Butterworth filter: 24 dB an octave, −3 dB at the edge. */
const highPass = (hertz: number): string[][] => [
  ['highpass', '-2', String(hertz), '0.5412q'],
  ['highpass', '-2', String(hertz), '1.3066q'],
]

/** Linear phase, −6 dB at the edge, 60 dB down at 1.1 times the edge; sox shifts nothing in time. */
const lowPass = (hertz: number, sampleRateHz: number): string[] => {
  // A transition narrower than this would only make the filter long.
  const width = Math.max(hertz * 0.2, sampleRateHz / 500)
  const room = 2 * (sampleRateHz / 2 - hertz)
  return ['sinc', '-a', '60', '-t', String(Math.min(width, room)), `-${hertz}`]
}

const highPassed: Place<'high_pass'> = ({ frequency_hz }, before, { refuse }) => {
  const nyquist = before.sampleRateHz / 2
  if (frequency_hz >= nyquist) refuse({ frequency_hz: tooHigh(nyquist, before.sampleRateHz) })
  return { args: highPass(frequency_hz), after: before }
}

const bandPassed: Place<'band_pass'> = ({ low_hz, high_hz }, before, { refuse }) => {
  const nyquist = before.sampleRateHz / 2
  if (low_hz >= nyquist) refuse({ low_hz: tooHigh(nyquist, before.sampleRateHz) })
  if (low_hz >= high_hz) {
    const message = 'The lower edge has to be below the upper one'
    refuse({ low_hz: { maximum: { message, target: high_hz } } })
  }
  // There is nothing to take away above half the rate, and next to nothing just below it.
  const upper = high_hz < nyquist * 0.99 ? [lowPass(high_hz, before.sampleRateHz)] : []
  return { args: [...highPass(low_hz), ...upper], after: before }
}

/** noisered keeps its last windows for itself, so it gets silence that is cut off again. */
const WINDOWS = 4096

const noiseReduced: Place<'noise_reduction'> = ({ amount }, before, { known }) => ({
  args: [
    ['pad', '0', `${WINDOWS}s`],
    ['noisered', known.profile ?? 'noise.profile', String(amount)],
    ['trim', '0', before.frames === undefined ? '=FRAMES' : `=${before.frames}s`],
  ],
  after: before,
})

// The level is followed from −90 dB on: from sox's 0 dB on the beginning would be too quiet. Without a
// delay, as 14.4.2 fails with one on more than one channel.
const compressed: Place<'compressor'> = (effect, before) => {
  const { threshold_db, ratio, attack_ms, release_ms, makeup_db } = effect
  const atFullScale = Number((threshold_db - threshold_db / ratio).toFixed(4))
  const points = threshold_db < 0 ? [threshold_db, threshold_db, 0, atFullScale] : [0, 0]
  const times = `${attack_ms / 1000},${release_ms / 1000}`
  return {
    args: [['compand', times, points.join(','), String(makeup_db), '-90']],
    after: before,
  }
}

/** What there is of the wanted length stays; silence is put where there is less. */
const silenceTrimmed: Place<'silence_trim'> = (effect, before, { known }) => {
  const wanted = (ms: number) => Math.round((ms * before.sampleRateHz) / 1000)
  const head = wanted(effect.head_ms)
  const tail = wanted(effect.tail_ms)
  const { sound } = known
  if (!sound || before.frames === undefined) {
    const args = [
      ['trim', 'FROM', '=TO'],
      ['pad', 'HEAD', 'TAIL'],
    ]
    return { args, after: { ...before, frames: undefined } }
  }
  const from = Math.max(0, sound.first - head)
  const to = Math.min(before.frames, sound.end + tail)
  const missing = [head - (sound.first - from), tail - (to - sound.end)]
  const pad = missing.some((frames) => frames > 0)
  return {
    args: [
      ['trim', `${from}s`, `=${to}s`],
      ...(pad ? [['pad', ...missing.map((frames) => `${frames}s`)]] : []),
    ],
    after: { ...before, frames: head + (sound.end - sound.first) + tail },
  }
}

// As sox's tempo and rate round.
const divided = (frames: number | undefined, factor: number) =>
  frames === undefined ? undefined : Math.floor(frames / factor + 0.5)

const sped: Place<'speed'> = ({ factor }, before) => ({
  args: factor === 1 ? [] : [['tempo', '-s', String(factor)]],
  after: { ...before, frames: divided(before.frames, factor) },
})

export const resampled = (sampleRateHz: number, before: Signal): Placed => ({
  args: sampleRateHz === before.sampleRateHz ? [] : [['rate', '-v', String(sampleRateHz)]],
  after: {
    ...before,
    sampleRateHz,
    frames: divided(before.frames, before.sampleRateHz / sampleRateHz),
  },
})

/** Fewer: the average of those that fall together. More: copies, in turn. */
export const withChannels = (channels: number, before: Signal): Placed => ({
  args: channels === before.channels ? [] : [['channels', String(channels)]],
  after: { ...before, channels },
})

const places: { [K in Effect['kind']]: Place<K> } = {
  high_pass: highPassed,
  band_pass: bandPassed,
  noise_reduction: noiseReduced,
  compressor: compressed,
  silence_trim: silenceTrimmed,
  speed: sped,
  resample: ({ sample_rate_hz }, before) => resampled(sample_rate_hz, before),
  channels: ({ channels }, before) => withChannels(channels, before),
}

const place = <K extends Effect['kind']>(effect: EffectOf<K>, before: Signal, more: More) =>
  (places[effect.kind] as Place<K>)(effect, before, more)

/**
 * sox's arguments of effects in order. Words stand where `known` lacks what only the audio tells.
 * Refuses what cannot be done to this signal, by `effects.INDEX.PROPERTY`.
 */
export const chain = (
  effects: readonly Effect[],
  before: Signal,
  known: ReadonlyMap<Effect, Known>,
): { args: string[]; after: Signal } => {
  const args: string[] = []
  let after = before
  for (const [index, effect] of effects.entries()) {
    const refuse = (violations: Violations): never => {
      const named = Object.entries(violations).map(([name, rules]) => [
        `effects.${index}.${name}`,
        rules,
      ])
      throw invalid(Object.fromEntries(named) as Violations)
    }
    const placed = place(effect, after, { known: known.get(effect) ?? {}, refuse })
    args.push(...placed.args.flat())
    after = placed.after
  }
  return { args, after }
}
