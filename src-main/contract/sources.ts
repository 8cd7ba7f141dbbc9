import { Type, type Static } from 'typebox'
import { SourceId } from './edit-list.ts'
import { endpoint } from './endpoint.ts'
import { Target } from './target.ts'

/** Audio that can be edited: a file that is read once, from then on known frame by frame. */
export const Source = Type.Object({
  id: SourceId,
  name: Type.String(),
  state: Type.Enum(['reading', 'ready', 'failed']),
  sample_rate_hz: Type.Integer(),
  channels: Type.Integer(),
  frames: Type.Integer({ description: 'Read so far; all of them when ready.' }),
  frames_expected: Type.Optional(
    Type.Integer({ description: 'While reading, where it can be told; may be off.' }),
  ),
  bits: Type.Integer({ enum: [16, 32], description: 'Of a sample in `samples`.' }),
  reason: Type.Optional(Type.String({ description: 'Why it failed, or what is wrong with it.' })),
})

const tag = 'editor'
const access = 'account'

const PeakQuery = {
  samples_per_pixel: Type.Optional(Type.Integer({ minimum: 2, maximum: 1_000_000, default: 256 })),
  bits: Type.Optional(Type.Integer({ enum: [8, 16], default: 16 })),
  format: Type.Optional(Type.Enum(['dat', 'json'], { default: 'dat' })),
  start: Type.Optional(
    Type.Number({ minimum: 0, description: 'Seconds; the beginning by default.' }),
  ),
  end: Type.Optional(
    Type.Number({ minimum: 0, description: 'Seconds, exclusive; the end by default.' }),
  ),
}

const peaksSummary =
  'Waveform in audiowaveform’s .dat or .json format; answers when the range is complete'

export const peaks = endpoint('GET', '/studio/media/{media_id}/peaks', {
  tag,
  access,
  produces: ['application/octet-stream', 'application/json'],
  refuses: ['tool_missing'],
  summary: peaksSummary,
  query: Type.Object({ ...Target.properties, ...PeakQuery }),
})
export const sourcePeaks = endpoint('GET', '/studio/sources/{source_id}/peaks', {
  tag,
  access,
  produces: ['application/octet-stream', 'application/json'],
  refuses: ['tool_missing'],
  summary: peaksSummary,
  query: Type.Object(PeakQuery),
})
export const createSource = endpoint('POST', '/studio/sources', {
  tag,
  access,
  status: 201,
  body: 'stream',
  consumes: ['audio/*', 'video/*', 'application/octet-stream'],
  refuses: ['insufficient_storage'],
  summary: 'Open audio for editing',
  description:
    'A file of any size as the body, or media_id (its file as uploaded), or path of a file of this machine (administrator). Answers at once; the file is read meanwhile.',
  example: { media_id: 'en-us%2Fvm-goodbye' },
  query: Type.Object({
    ...Target.properties,
    name: Type.Optional(Type.String({ maxLength: 200 })),
  }),
  data: Type.Object({
    media_id: Type.Optional(Type.String()),
    path: Type.Optional(Type.String()),
  }),
  reply: Source,
})
export const source = endpoint('GET', '/studio/sources/{source_id}', {
  tag,
  access,
  summary: 'How far a source is read',
  reply: Source,
})

/** Levels stand for 256·4^level frames each. */
export const framesPerBucket = (level: number): number => 256 * 4 ** level

export const sourceLevels = endpoint('GET', '/studio/sources/{source_id}/levels/{level}', {
  tag,
  access,
  produces: ['application/octet-stream'],
  summary: 'Buckets of a level of the pyramid: minimum, maximum, RMS and clipped samples',
  description:
    'A bucket of level n stands for 256·4^n frames, the last one for fewer. For each bucket, for each channel: min i16, max i16, rms u16, clipped samples u16 (65535: that many or more); little-endian, no header.',
  query: Type.Object({
    from: Type.Optional(Type.Integer({ minimum: 0, default: 0, description: 'Bucket.' })),
    count: Type.Optional(Type.Integer({ minimum: 1, maximum: 16_384, default: 1024 })),
  }),
})

/** Frames of one answer of `samples`: 30 s at 48 kHz are fewer. */
export const mostSampleFrames = 2 ** 21

export const sourceSamples = endpoint('GET', '/studio/sources/{source_id}/samples', {
  tag,
  access,
  produces: ['application/octet-stream'],
  summary: 'Interleaved signed little-endian samples, 16 or 32 bits as the source says',
  query: Type.Object({
    from: Type.Integer({ minimum: 0 }),
    frames: Type.Integer({ minimum: 1, maximum: mostSampleFrames }),
  }),
})

export type Source = Static<typeof Source>
