import type { OutputFormat } from '#contract/effects'
import type { AudioFacts } from '#contract/media'
import type { MediaFile } from '../media/media.ts'
import type { WritableFormat } from '../rendering/rendering.ts'

type Encoding = NonNullable<OutputFormat['encoding']>

const pcm = (bits = 16): Encoding => (bits > 16 ? 'pcm_24' : bits > 8 ? 'pcm_16' : 'pcm_8')

const wavEncoding = ({ encoding, bits }: AudioFacts): Encoding | undefined => {
  if (encoding === 'ulaw' || encoding === 'alaw' || encoding === 'gsm') return encoding
  if (encoding === 'float') return 'pcm_24'
  return encoding === 'pcm' ? pcm(bits) : undefined
}

/** What a file is, as a format to write; undefined for what nobody writes, such as ADPCM. */
const formatOf = ({ audio, contentLength }: MediaFile): OutputFormat | undefined => {
  const { container, encoding, duration_ms: ms = 0 } = audio
  if (container === 'wav') {
    const known = wavEncoding(audio)
    return known && { container: 'wav', encoding: known }
  }
  if (container === 'ogg' && encoding === 'opus') return { container: 'opus' }
  if (container === 'ogg' && encoding === 'vorbis') return { container: 'ogg' }
  if (container === 'flac') return { container: 'flac' }
  if (container !== 'mp3' || ms <= 0) return undefined
  return { container: 'mp3', bitrate_kbps: (contentLength * 8) / ms }
}

/** As good as it was, if that can be had, else as good as can be had: no file gets worse by a save. */
const bitratesFor = (kbps: number, there: readonly number[]): number[] => {
  const sorted = [...there].sort((a, b) => a - b)
  // What stands before and behind the frames of an mp3 makes it seem a little faster.
  const isEnough = (each: number) => each >= kbps * 0.97
  return [...sorted.filter(isEnough), ...sorted.filter((each) => !isEnough(each)).reverse()]
}

const candidates = (same: OutputFormat, { bitratesKbps = [] }: WritableFormat): OutputFormat[] => {
  const { bitrate_kbps: kbps, ...plain } = same
  if (kbps === undefined) return [plain]
  const rates = bitratesFor(kbps, bitratesKbps)
  return [...rates.map((rate) => ({ ...plain, bitrate_kbps: rate })), plain]
}

/**
 * The format an edited file is written in when nobody chose one: that of the file it replaces, where it
 * can be written with the rate and channels of the edit list, else wav with 16 bits.
 */
export const defaultFormat = (
  file: MediaFile | undefined,
  writable: readonly WritableFormat[],
  isPossible: (format: OutputFormat) => boolean,
): OutputFormat => {
  const same = file && formatOf(file)
  const known = same && writable.find(({ container }) => container === same.container)
  const found = known && candidates(same, known).find(isPossible)
  return found ?? { container: 'wav', encoding: 'pcm_16' }
}
