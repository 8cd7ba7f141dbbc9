import type { AudioFacts, MediaDocument, StoredFile } from '#contract/media'
import { bytesText } from '../../lib/bytes.ts'
import { decibelText } from '../../lib/decibel.ts'

const channelWords: Record<number, string> = { 1: 'mono', 2: 'stereo' }

const rateText = (rateHz: number): string => `${Number((rateHz / 1000).toFixed(3))} kHz`

/** `wav · 8 kHz · mono`, as far as it is known. */
export const formatText = (facts: AudioFacts): string => {
  const { container, encoding, sample_rate_hz, channels } = facts
  return [
    container,
    encoding,
    sample_rate_hz === undefined ? undefined : rateText(sample_rate_hz),
    channels === undefined ? undefined : (channelWords[channels] ?? `${channels} channels`),
  ]
    .filter(Boolean)
    .join(' · ')
}

/** `1.13`: how long a translation is beside its source; undefined where one of them is silent. */
export const ratioText = (
  durationMs: number | undefined,
  sourceMs: number | undefined,
): string | undefined => (durationMs && sourceMs ? (durationMs / sourceMs).toFixed(2) : undefined)

/** Whether callers hear the file as it came or what the normaliser made of it. */
export const servedText = (document: MediaDocument): string => {
  if (document._read_only?.file?.audio.playable === false) return 'nothing'
  if (document.normalization_error !== undefined) return 'the original: normalising failed'
  return document._read_only?.original ? 'the normalised file' : 'the file as it came'
}

/** The API's reasons are clauses; beside a picture they stand alone. */
export const asSentence = (reason: string): string =>
  `${reason.charAt(0).toUpperCase()}${reason.slice(1)}${reason.endsWith('.') ? '' : '.'}`

export const levelText = ({ peak_dbfs: peak }: AudioFacts): string | undefined =>
  peak === undefined ? undefined : decibelText(peak)

export const sizeText = ({ content_length: size }: StoredFile): string => bytesText(size)

/** More peaks than columns: the body of the wave is computed from the finer ones. */
const WANTED_PEAKS = 1400

/** Samples that share a peak, so that a file of this length has about as many as are wanted. */
export const samplesPerPixelOf = ({ duration_ms, sample_rate_hz }: AudioFacts): number => {
  const samples = ((duration_ms ?? 0) / 1000) * (sample_rate_hz ?? 8000)
  return Math.min(1_000_000, Math.max(2, Math.floor(samples / WANTED_PEAKS)))
}
