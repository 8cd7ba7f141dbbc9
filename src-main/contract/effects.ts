import { Type, type Static } from 'typebox'
import { formatProperties, levelMetrics, workable } from './edit-list.ts'
import { closed, kind, oneKindOf } from './kinds.ts'

const hertz = (initial: number) =>
  Type.Number({ minimum: 10, maximum: 100_000, default: initial, description: 'Hz.' })

const HighPass = Type.Object({ ...kind('high_pass'), frequency_hz: hertz(120) })
const BandPass = Type.Object({ ...kind('band_pass'), low_hz: hertz(300), high_hz: hertz(3400) })

const NoiseReduction = Type.Object({
  ...kind('noise_reduction'),
  amount: Type.Number({ minimum: 0, maximum: 1, default: 0.21 }),
  profile: Type.Object(
    { from: Type.Integer({ minimum: 0 }), to: Type.Integer({ minimum: 1 }) },
    { description: 'Frames of the same edit list that hold nothing but the noise.' },
  ),
})

const Compressor = Type.Object({
  ...kind('compressor'),
  threshold_db: Type.Number({ minimum: -60, maximum: 0, default: -20 }),
  ratio: Type.Number({ minimum: 1, maximum: 20, default: 3 }),
  attack_ms: Type.Number({ minimum: 0.1, maximum: 1000, default: 5 }),
  release_ms: Type.Number({ minimum: 1, maximum: 5000, default: 100 }),
  makeup_db: Type.Number({ minimum: 0, maximum: 40, default: 0 }),
})

/** Takes silence off both ends and leaves this much of it before and behind the sound. */
const SilenceTrim = Type.Object({
  ...kind('silence_trim'),
  threshold_dbfs: Type.Number({ minimum: -96, maximum: -6, default: -48 }),
  head_ms: Type.Number({ minimum: 0, maximum: 60_000, default: 100 }),
  tail_ms: Type.Number({ minimum: 0, maximum: 60_000, default: 200 }),
})

/** Faster or slower at the same pitch. */
const Speed = Type.Object({
  ...kind('speed'),
  factor: Type.Number({ minimum: 0.25, maximum: 4, default: 1 }),
})

/** These two change the format of the whole document: they take no part of it. */
const Resample = Type.Object({
  ...kind('resample'),
  sample_rate_hz: Type.Integer({
    minimum: workable.leastRateHz,
    maximum: workable.mostRateHz,
    default: 8000,
  }),
})
const Channels = Type.Object({
  ...kind('channels'),
  channels: Type.Integer({ minimum: 1, maximum: workable.mostChannels, default: 1 }),
})

/** What needs no part of the audio to be named first. */
const effects = [HighPass, BandPass, Compressor, SilenceTrim, Speed, Resample, Channels] as const

/** What sox does to a stretch of audio. */
export const Effect = oneKindOf(...effects, NoiseReduction)

/** A step of a recipe: an effect, or what the editor does with the level and the ends. */
export const RecipeStep = oneKindOf(
  ...effects,
  Type.Object({ ...kind('gain'), gain_db: Type.Number({ minimum: -120, maximum: 60 }) }),
  Type.Object({
    ...kind('normalise'),
    metric: Type.Enum([...levelMetrics]),
    level: Type.Optional(
      Type.Number({ description: 'Without it the level of the pack: its median.' }),
    ),
    ceiling_dbtp: Type.Number({ minimum: -24, maximum: 0, default: -3 }),
  }),
  Type.Object({ ...kind('fade_in'), ms: Type.Number({ minimum: 0, maximum: 60_000, default: 5 }) }),
  Type.Object({
    ...kind('fade_out'),
    ms: Type.Number({ minimum: 0, maximum: 60_000, default: 30 }),
  }),
)

export const outputContainers = ['wav', 'mp3', 'ogg', 'flac', 'gsm', 'opus'] as const
export const wavEncodings = ['pcm_8', 'pcm_16', 'pcm_24', 'ulaw', 'alaw', 'gsm'] as const

/** A format to write. Rate and channels default to those of the audio; encodings are those of wav. */
export const OutputFormat = closed({
  container: Type.Enum([...outputContainers], { default: 'wav' }),
  encoding: Type.Optional(Type.Enum([...wavEncodings])),
  sample_rate_hz: Type.Optional(formatProperties.sample_rate_hz),
  channels: Type.Optional(formatProperties.channels),
  bitrate_kbps: Type.Optional(Type.Integer({ minimum: 8, maximum: 320 })),
})

export type Effect = Static<typeof Effect>
export type RecipeStep = Static<typeof RecipeStep>
export type OutputFormat = Static<typeof OutputFormat>
