import { Type, type Static, type TSchema } from 'typebox'
import { closed, kind, oneKindOf } from './kinds.ts'

/**
 * The document of the editor: which frames of which sources are heard one after the other, and how.
 * It names audio and never holds any. All positions and lengths are frames (one sample of every
 * channel) at the list's rate; a range is [from, to).
 */

/** More than these nobody makes by hand, and no answer may take for ever. */
export const mostSpans = 100_000
export const mostMarkers = 10_000
export const mostStages = 100

/** SHA-256 of the file the frames come from. */
export const SourceId = Type.String({ pattern: '^[0-9a-f]{64}$' })

const Frame = Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER })
const Length = Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER })
const Decibel = Type.Number({ minimum: -120, maximum: 60 })

/** How a fade moves between 0 and 1: sox's types t, q and h. */
export const curves = ['linear', 'sine', 'cosine'] as const
export const Curve = Type.Enum([...curves])

/**
 * What happens to the samples of a layer. A gain multiplies all of them by 10^(gain_db/20). A
 * ramp is a part of a fade: frame i is multiplied by curve((from + step·i) / length), so fading in
 * counts up and fading out counts down. What splits or reverses a layer only changes `from` and `step`.
 */
export const Stage = oneKindOf(
  Type.Object({ ...kind('gain'), gain_db: Decibel }),
  Type.Object({
    ...kind('ramp'),
    curve: Curve,
    from: Frame,
    step: Type.Integer({ enum: [1, -1] }),
    length: Length,
  }),
)

/**
 * In the order they were made. As with one run of sox after the other, every stage rounds toward zero
 * to 32 bits and clips: two gains are two stages.
 */
const Stages = Type.Optional(Type.Array(Stage, { maxItems: mostStages }))

/** Frames of one source, `in` being the lowest of them. */
const SourceLayer = closed({
  source: SourceId,
  in: Frame,
  reversed: Type.Optional(Type.Literal(true)),
  stages: Stages,
})

/** How often mixes may stand in one another: crossfades that overlap each other. */
export const deepestMix = 4

const layersOf = <T extends TSchema>(layer: T, minItems: number) =>
  Type.Array(layer, { minItems, maxItems: 16 })

const layerOf = (depth: number): TSchema =>
  depth === 0
    ? SourceLayer
    : Type.Unsafe({
        type: 'object',
        if: { required: ['layers'] },
        then: closed({ layers: layersOf(layerOf(depth - 1), 2), stages: Stages }),
        else: SourceLayer,
      })

/** Of a source, or a mix: layers that are added up (and clipped) before the stages of the mix. */
export const Layer = Type.Unsafe<Layer>(layerOf(deepestMix))

/** A stretch of the result: silence without a layer, else its layers added up and clipped. */
export const Span = closed({
  frames: Length,
  layers: layersOf(Layer, 0),
})

export const Marker = closed({
  id: Type.String({ minLength: 1, maxLength: 64 }),
  at: Frame,
  end: Type.Optional(
    Type.Integer({
      minimum: 0,
      maximum: Number.MAX_SAFE_INTEGER,
      description: 'Set for a stretch instead of a point; exclusive.',
    }),
  ),
  label: Type.String({ maxLength: 200 }),
})

/** The length of every source that a span may name. */
const SourceFrames = Type.Record(SourceId, closed({ frames: Length }))

/** Formats of audio that can be worked with: no sound card, file format or picture has more. */
export const workable = { leastRateHz: 1000, mostRateHz: 768_000, mostChannels: 24 } as const

/** Rate and channels, of a list and of what is written. */
export const formatProperties = {
  sample_rate_hz: Type.Integer({
    minimum: workable.leastRateHz,
    maximum: workable.mostRateHz,
  }),
  channels: Type.Integer({ minimum: 1, maximum: workable.mostChannels }),
}

export const EditList = closed({
  ...formatProperties,
  sources: SourceFrames,
  spans: Type.Array(Span, { maxItems: mostSpans }),
  markers: Type.Array(Marker, { maxItems: mostMarkers }),
})

/** What copying takes along; it can be pasted where rate and channels are the same. */
export const Clip = closed({
  ...formatProperties,
  sources: SourceFrames,
  spans: Type.Array(Span, { minItems: 1, maxItems: mostSpans }),
})

const range = { from: Frame, to: Frame }

/** By which measure a level is brought to a wanted one: sample peak, BS.1770 or P.56. */
export const levelMetrics = ['peak', 'loudness', 'active_level'] as const

/** One change of an edit list: a step of its history. */
export const Operation = oneKindOf(
  Type.Object({ ...kind('cut'), ...range }),
  Type.Object({ ...kind('delete'), ...range }),
  Type.Object({ ...kind('trim'), ...range }),
  Type.Object({ ...kind('paste'), ...range, clip: Clip }),
  Type.Object({ ...kind('insert_silence'), at: Frame, frames: Length }),
  Type.Object({ ...kind('silence'), ...range }),
  Type.Object({
    ...kind('fade'),
    ...range,
    direction: Type.Enum(['in', 'out']),
    curve: Curve,
  }),
  Type.Object({ ...kind('gain'), ...range, gain_db: Decibel }),
  Type.Object({
    ...kind('normalise'),
    ...range,
    metric: Type.Enum([...levelMetrics]),
    level: Type.Number({ description: 'dBFS, LUFS or dBov, as the metric says.' }),
    gain_db: Type.Number({
      minimum: -120,
      maximum: 60,
      description: 'What it took: the history is replayed without measuring again.',
    }),
  }),
  Type.Object({ ...kind('reverse'), ...range }),
  Type.Object({
    ...kind('crossfade'),
    at: Frame,
    frames: Length,
    curve: Curve,
  }),
  Type.Object({
    ...kind('replace'),
    ...range,
    source: SourceId,
    frames: Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER }),
    label: Type.String({ minLength: 1, maxLength: 200 }),
  }),
  Type.Object({
    ...kind('convert'),
    ...formatProperties,
    source: SourceId,
    frames: Length,
    label: Type.String({ minLength: 1, maxLength: 200 }),
  }),
  Type.Object({ ...kind('add_marker'), marker: Marker }),
  Type.Object({ ...kind('change_marker'), marker: Marker }),
  Type.Object({ ...kind('remove_marker'), id: Type.String() }),
)

/** Bytes of a body that brings a list: 100,000 spans with a fade each take about half of it. */
export const mostListBytes = 64 * 2 ** 20

export type Curve = (typeof curves)[number]
export type LevelMetric = (typeof levelMetrics)[number]
export type Stage = Static<typeof Stage>
export type Ramp = Extract<Stage, { kind: 'ramp' }>
export type SourceLayer = Static<typeof SourceLayer>
export type Mix = { layers: Layer[]; stages?: Stage[] }
export type Layer = SourceLayer | Mix
export type Span = Static<typeof Span>
export type Marker = Static<typeof Marker>
export type EditList = Static<typeof EditList>
export type Clip = Static<typeof Clip>
export type Operation = Static<typeof Operation>
