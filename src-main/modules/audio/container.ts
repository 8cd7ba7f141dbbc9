import type { Bytes } from './bytes.ts'
import { hasMpegFrames } from './mpeg-frame.ts'

/** What a file is by its first bytes, whatever it is called. */
export type Container = {
  container: string
  contentType: string
  encoding?: string
  bits?: number
  /** Read by our own code, which knows the commonest wav files; what it does not know goes to sox. */
  isRiff?: true
  /** sox's name of the format, for what sox decodes. */
  soxType?: string
  /** Frames the header promises, where it does. */
  frames?: number
  /** Why it is not decoded. */
  reason?: string
}

const HEAD = 16 * 1024

const at = (head: Buffer, position: number, text: string): boolean =>
  head.toString('latin1', position, position + text.length) === text

const video = (container: string, contentType: string): Container => ({
  container,
  contentType,
  reason: 'video is stored untouched',
})

const ogg = (head: Buffer): Container => {
  const packet = 27 + (head[26] ?? 0) // behind the page header and its segment table
  const kind = { container: 'ogg', contentType: 'audio/ogg' }
  if (at(head, packet, '\x01vorbis')) return { ...kind, encoding: 'vorbis', soxType: 'ogg' }
  if (at(head, packet, 'OpusHead')) return { ...kind, encoding: 'opus', soxType: 'opus' }
  if (at(head, packet, '\x7fFLAC')) return { ...kind, encoding: 'flac', soxType: 'flac' }
  if (at(head, packet, 'Speex   ')) return { ...kind, encoding: 'speex', soxType: 'speex' }
  if (at(head, packet, '\x80theora')) return { ...kind, reason: 'video is stored untouched' }
  return { ...kind, soxType: 'ogg' }
}

// STREAMINFO, the first metadata block, packs rate (20 bits), channels (3), bits (5) and frames (36).
const flac = (head: Buffer): Container => {
  const kind = { container: 'flac', contentType: 'audio/flac', encoding: 'flac', soxType: 'flac' }
  if (head.length < 26) return kind
  const bits = ((head.readUInt16BE(20) >> 4) & 31) + 1
  const frames = (head.readUInt8(21) & 15) * 2 ** 32 + head.readUInt32BE(22)
  return frames === 0 ? { ...kind, bits } : { ...kind, bits, frames }
}

const mp4 = (head: Buffer): Container => {
  const brand = head.toString('latin1', 8, 12)
  if (brand === 'qt  ') return video('quicktime', 'video/quicktime')
  if (!/^M4[AB] $/.test(brand)) return video('mp4', 'video/mp4')
  const reason = 'AAC in MP4 is stored untouched: sox cannot decode it'
  return { container: 'mp4', contentType: 'audio/mp4', reason }
}

const isTransportStream = (head: Buffer): boolean =>
  [188, 192].some((packet) => [0, 1, 2].every((i) => head[i * packet + packet - 188] === 0x47))

// Sequence parameters, an access unit or extra information open a raw H.264 stream.
const isH264 = (head: Buffer): boolean => {
  const start = head.indexOf('\0\0\x01', 0, 'latin1')
  const unit = head[start + 3] ?? 0x80
  return (start === 0 || start === 1) && unit < 0x80 && [6, 7, 9].includes(unit & 31)
}

const isText = (head: Buffer): boolean => {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true })
    return !/[^\P{Cc}\t\n\f\r\x1b]/u.test(text)
  } catch {
    return false
  }
}

const unknown = (head: Buffer): Container => ({
  container: 'unknown',
  contentType: 'application/octet-stream',
  reason:
    head.length === 0
      ? 'the file is empty'
      : isText(head)
        ? 'the file is text, not audio'
        : 'the file is no kind of audio known here',
})

const wav: Container = { container: 'wav', contentType: 'audio/x-wav', soxType: 'wav' }

const mp3: Container = {
  container: 'mp3',
  contentType: 'audio/mpeg',
  encoding: 'mp3',
  soxType: 'mp3',
}

type Sign = [isIt: (head: Buffer) => boolean, what: (head: Buffer) => Container]

const signs: readonly Sign[] = [
  [
    (head) => /^(RIFF|RF64)/.test(head.toString('latin1', 0, 4)) && isWave(head),
    () => ({ ...wav, isRiff: true }),
  ],
  [(head) => at(head, 0, 'RIFX') && isWave(head), () => wav],
  [(head) => at(head, 0, 'OggS'), ogg],
  [(head) => at(head, 0, 'fLaC'), flac],
  [(head) => at(head, 0, 'ID3'), () => mp3],
  [(head) => at(head, 4, 'ftyp'), mp4],
  [
    (head) => /^(moov|mdat|wide|pnot)$/.test(head.toString('latin1', 4, 8)),
    () => video('quicktime', 'video/quicktime'),
  ],
  [
    (head) => at(head, 0, '\x1a\x45\xdf\xa3') && head.includes('webm'),
    () => video('webm', 'video/webm'),
  ],
  [(head) => at(head, 0, 'FLV\x01'), () => video('flv', 'video/x-flv')],
  [
    (head) => /^\0\0\x01[\xb3\xba]/.test(head.toString('latin1', 0, 4)) || isTransportStream(head),
    () => video('mpeg', 'video/mpeg'),
  ],
  [isH264, () => video('h264', 'video/h264')],
  [hasMpegFrames, () => mp3],
]

// A header cut off before its form type is still a wav, only a broken one.
const isWave = (head: Buffer): boolean => head.length < 12 || at(head, 8, 'WAVE')

const sniff = (head: Buffer): Container =>
  signs.find(([isIt]) => isIt(head))?.[1](head) ?? unknown(head)

/** Recognises a file by its content. */
export const identify = async (bytes: Bytes): Promise<Container> => {
  const head = await bytes.read(0, HEAD)
  if (!at(head, 0, 'ID3') || head.length < 10) return sniff(head)
  // An ID3 tag usually heads MP3, but some writers put one before FLAC. Its size has 7 bits a byte.
  const size = [6, 7, 8, 9].reduce((sum, i) => sum * 128 + (head.readUInt8(i) & 127), 0)
  const behind = sniff(await bytes.read(10 + size, HEAD))
  return behind.container === 'flac' ? behind : mp3
}
