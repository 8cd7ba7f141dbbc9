import type { TargetProfile } from '#contract/measures'

const ceilingDbtp = -3

/** Targets that are the same for everybody. */
export const standardTargets: readonly TargetProfile[] = [
  {
    id: 'rfc7874',
    name: 'RFC 7874',
    metric: 'active_level',
    level: -22,
    tolerance_db: 6,
    ceiling_dbtp: ceilingDbtp,
    source: 'RFC 7874, section 4: speech at an RMS of 2600 in 16 bits, within 6 dB',
  },
  {
    id: 'itu',
    name: 'ITU nominal',
    metric: 'active_level',
    level: -26,
    tolerance_db: 3,
    ceiling_dbtp: ceilingDbtp,
    source: 'ITU-T practice for tests of codecs: active speech level of −26 dBov',
  },
  {
    id: 'web',
    name: 'Web and apps',
    metric: 'loudness',
    level: -16,
    tolerance_db: 1,
    ceiling_dbtp: ceilingDbtp,
    source: 'Common practice of streaming services for speech: −16 LUFS',
  },
]

/** "Match the pack": the level most prompts of a language have. */
export const packTarget = (pack: {
  level: number
  files: number
  language: string
}): TargetProfile => ({
  id: 'pack',
  name: 'Match pack',
  metric: 'active_level',
  level: Math.round(pack.level * 10) / 10,
  tolerance_db: 2,
  ceiling_dbtp: ceilingDbtp,
  source: `Median speech level of ${pack.files} ${pack.files === 1 ? 'prompt' : 'prompts'} in ${pack.language}`,
})
