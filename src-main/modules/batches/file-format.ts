import type { OutputFormat } from '#contract/effects'
import type { AudioFacts } from '#contract/media'

type WavEncoding = NonNullable<OutputFormat['encoding']>

/** Bitrates of layer III, kbit/s: of MPEG-1 from 32 kHz on, and of MPEG-2 below. */
const highBitratesKbps = [32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320]
const lowBitratesKbps = [8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160]

const nearest = (wanted: number, among: readonly number[]): number =>
  among.reduce((best, each) => (Math.abs(each - wanted) < Math.abs(best - wanted) ? each : best))

const wavEncodingOf = ({ encoding, bits }: AudioFacts): WavEncoding => {
  if (encoding === 'ulaw' || encoding === 'alaw' || encoding === 'gsm') return encoding
  if (encoding !== 'pcm') return 'pcm_24'
  if (bits === 8) return 'pcm_8'
  return bits !== undefined && bits > 16 ? 'pcm_24' : 'pcm_16'
}

/** An average tells the bitrate well enough, but for headers and covers. */
const bitrateOf = (audio: AudioFacts, bytes: number) => {
  const { duration_ms: durationMs = 0, sample_rate_hz: rate = 0 } = audio
  const known = rate < 32_000 ? lowBitratesKbps : highBitratesKbps
  return durationMs > 0 ? nearest((bytes * 8) / durationMs, known) : undefined
}

/**
 * The format a file has, so that what replaces it is of the same kind; float samples become 24 bits.
 * Undefined for what sox cannot write: videos, mp4 and speex.
 */
export const formatOfFile = (audio: AudioFacts, bytes: number): OutputFormat | undefined => {
  const { container, encoding, sample_rate_hz: rate, channels } = audio
  const same = {
    ...(rate !== undefined && { sample_rate_hz: rate }),
    ...(channels !== undefined && { channels }),
  }
  switch (container) {
    case 'wav':
      return { container, encoding: wavEncodingOf(audio), ...same }
    case 'flac':
      return { container, ...same }
    case 'mp3': {
      const kbps = bitrateOf(audio, bytes)
      return { container, ...same, ...(kbps !== undefined && { bitrate_kbps: kbps }) }
    }
    case 'ogg':
      if (encoding === 'speex') return undefined
      return { container: encoding === 'opus' ? 'opus' : 'ogg', ...same }
    default:
      return undefined
  }
}

const encodingOf = (format: OutputFormat): OutputFormat['encoding'] =>
  format.container === 'wav' ? (format.encoding ?? 'pcm_16') : undefined

/** Whether a file is what a recipe wants already. What a recipe leaves open may be anything. */
export const hasFormat = (file: OutputFormat | undefined, wanted: OutputFormat): boolean =>
  file?.container === wanted.container &&
  encodingOf(file) === encodingOf(wanted) &&
  (wanted.sample_rate_hz === undefined || wanted.sample_rate_hz === file.sample_rate_hz) &&
  (wanted.channels === undefined || wanted.channels === file.channels) &&
  (wanted.bitrate_kbps === undefined || wanted.bitrate_kbps === file.bitrate_kbps)
