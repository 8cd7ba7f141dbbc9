import type { RecipeInput } from '#contract/batches'
import type { OutputFormat, RecipeStep } from '#contract/effects'
import { stepText } from '../../audio/processing/steps.ts'

/** Recipes to begin with. */
export const presets: readonly (RecipeInput & { about: string })[] = [
  {
    name: 'Match the pack',
    about:
      'No jump in level from one prompt to the next: every file gets the median of its language.',
    steps: [
      { kind: 'silence_trim', threshold_dbfs: -48, head_ms: 100, tail_ms: 200 },
      { kind: 'normalise', metric: 'active_level', ceiling_dbtp: -3 },
      { kind: 'fade_in', ms: 5 },
      { kind: 'fade_out', ms: 30 },
    ],
  },
  {
    name: 'Telephone 8 kHz',
    about: 'What a telephone carries and no more: 300–3400 Hz, 8 kHz, mono, 16-bit wav.',
    steps: [
      { kind: 'channels', channels: 1 },
      { kind: 'band_pass', low_hz: 300, high_hz: 3400 },
      { kind: 'resample', sample_rate_hz: 8000 },
    ],
    format: { container: 'wav', encoding: 'pcm_16', sample_rate_hz: 8000, channels: 1 },
  },
  {
    name: 'Clean up a recording',
    about: 'Takes off rumble and silence, evens out the voice, and brings it to −18 dBov.',
    steps: [
      { kind: 'high_pass', frequency_hz: 120 },
      {
        kind: 'compressor',
        threshold_db: -20,
        ratio: 3,
        attack_ms: 5,
        release_ms: 100,
        makeup_db: 0,
      },
      { kind: 'silence_trim', threshold_dbfs: -48, head_ms: 100, tail_ms: 200 },
      { kind: 'normalise', metric: 'active_level', level: -18, ceiling_dbtp: -3 },
      { kind: 'fade_in', ms: 5 },
      { kind: 'fade_out', ms: 30 },
    ],
  },
  {
    name: 'Web and apps',
    about: 'The same prompts for an app or a page: −16 LUFS as mp3.',
    steps: [{ kind: 'normalise', metric: 'loudness', level: -16, ceiling_dbtp: -1 }],
    format: { container: 'mp3', bitrate_kbps: 64 },
  },
]

export const stepsText = (steps: readonly RecipeStep[]): string => steps.map(stepText).join(' · ')

const encodings: Readonly<Record<NonNullable<OutputFormat['encoding']>, string>> = {
  pcm_8: '8-bit',
  pcm_16: '16-bit',
  pcm_24: '24-bit',
  ulaw: 'µ-law',
  alaw: 'A-law',
  gsm: 'GSM',
}

/** `wav 16-bit, 8000 Hz, mono`; without a format files keep theirs. */
export const formatText = (format: OutputFormat | undefined): string => {
  if (!format) return 'each file’s own'
  const { container, encoding, sample_rate_hz: rate, channels, bitrate_kbps: kbps } = format
  const parts = [
    encoding === undefined ? container : `${container} ${encodings[encoding]}`,
    ...(kbps === undefined ? [] : [`${kbps} kbit/s`]),
    ...(rate === undefined ? [] : [`${rate} Hz`]),
    ...(channels === undefined ? [] : [channels === 1 ? 'mono' : `${channels} channels`]),
  ]
  return parts.join(', ')
}
