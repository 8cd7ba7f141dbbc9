import { Type, type Static } from 'typebox'

const Level = (description: string) => Type.Union([Type.Number(), Type.Null()], { description })

/** A stretch of consecutive full-scale samples (three or more) in one channel. */
export const ClippingRun = Type.Object({
  from: Type.Integer({ description: 'Frame.' }),
  frames: Type.Integer(),
  channel: Type.Integer(),
})

/** What a stretch of audio measures. A level is null where there is nothing to measure, never −∞. */
export const Measures = Type.Object({
  frames: Type.Integer(),
  sample_rate_hz: Type.Integer(),
  channels: Type.Integer(),
  duration_ms: Type.Number(),
  active_level_dbov: Level('Active speech level, ITU-T P.56 method B.'),
  activity: Type.Number({ description: 'Share of the time in which there is speech, 0 to 1.' }),
  loudness_lufs: Level('Integrated loudness, ITU-R BS.1770-4. Needs 400 ms.'),
  true_peak_dbtp: Level('Largest value between the samples, BS.1770-4 annex 2.'),
  peak_dbfs: Level('Largest sample.'),
  rms_dbov: Level('Root mean square over everything.'),
  dc_offset: Type.Number({ description: 'Of the worst channel, −1 to 1.' }),
  clipping: Type.Array(ClippingRun, { maxItems: 1000, description: 'The first of them.' }),
  clipping_runs: Type.Integer({ description: 'All of them.' }),
  head_silence_ms: Type.Number({ description: 'Before the first sound.' }),
  tail_silence_ms: Type.Number({ description: 'Behind the last sound.' }),
  noise_floor_dbov: Level('What remains where nobody speaks.'),
  bandwidth_hz: Type.Number({ description: 'Up to where there is energy worth hearing.' }),
  caller_level_dbov: Level('Active speech level of what a caller hears: 300–3400 Hz, G.711.'),
})

const targetMetrics = ['active_level', 'loudness'] as const

export const targetIds = ['pack', 'rfc7874', 'itu', 'web'] as const

/** What a file should measure. */
export const TargetProfile = Type.Object({
  id: Type.Enum([...targetIds]),
  name: Type.String(),
  metric: Type.Enum([...targetMetrics]),
  level: Type.Number({ description: 'dBov or LUFS, as the metric says.' }),
  tolerance_db: Type.Number(),
  ceiling_dbtp: Type.Number(),
  source: Type.String({ description: 'Where the figure comes from, in words.' }),
})

const findingChecks = [
  'level',
  'peak',
  'clipping',
  'dc_offset',
  'head_silence',
  'tail_silence',
  'noise_floor',
  'bandwidth',
  'silent',
] as const

/** One thing in which a file differs from its target, in words. */
export const Finding = Type.Object({
  check: Type.Enum([...findingChecks]),
  severity: Type.Enum(['error', 'warning', 'info']),
  message: Type.String(),
  gain_db: Type.Optional(
    Type.Number({ description: 'Gain that would repair it, where gain can.' }),
  ),
})

export const Verdict = Type.Object({
  target: TargetProfile,
  ok: Type.Boolean({ description: 'No error and no warning.' }),
  findings: Type.Array(Finding),
})

export type ClippingRun = Static<typeof ClippingRun>
export type Measures = Static<typeof Measures>
export type TargetProfile = Static<typeof TargetProfile>
export type Finding = Static<typeof Finding>
export type Verdict = Static<typeof Verdict>
