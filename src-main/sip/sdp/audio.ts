import { attributeOf, type Attribute, type Media, type Sdp } from './sdp.ts'

/** G.711, and L16 (RFC 3551 §4.5.11) mono at 16 kHz. */
export type CodecName = 'PCMU' | 'PCMA' | 'L16'
/** Seen from whoever says it. */
export type Direction = 'sendrecv' | 'sendonly' | 'recvonly' | 'inactive'

/** One audio stream as its description has it. */
export type AudioStream = {
  /** Where to send; undefined for the `0.0.0.0` of old phones on hold (RFC 3264 §8.4). */
  readonly host: string | undefined
  readonly port: number
  readonly rtcp: 'mux' | number
  readonly direction: Direction
  /** In order of preference. */
  readonly codecs: readonly { readonly name: CodecName; readonly payload: number }[]
  /** Payload types of RFC 4733 events, by their clock rate. */
  readonly events: ReadonlyMap<number, number>
  /** Milliseconds of sound in the packets it wants. */
  readonly ptimeMs: number
}

/** Why a description cannot be used, as a warning of RFC 3261 §20.43. */
export type Unusable = { readonly warning: number; readonly text: string }

/** What a codec is called, and the payload type we give it: L16 at 16 kHz has none of its own (RFC 3551 §6). */
export const encodings: Readonly<
  Record<CodecName, { readonly rate: number; readonly payload: number }>
> = {
  PCMU: { rate: 8_000, payload: 0 },
  PCMA: { rate: 8_000, payload: 8 },
  L16: { rate: 16_000, payload: 96 },
}
export const encodingText = (name: CodecName): string => `${name}/${encodings[name].rate}`

const staticNames: Readonly<Record<string, string>> = { '0': 'PCMU/8000', '8': 'PCMA/8000' }
const codecNames = new Map(
  (['PCMU', 'PCMA', 'L16'] as const).map((name) => [encodingText(name), name]),
)
/** Nobody's own address: sound sent there would go to many, or to nobody. */
const shared = /^(?:22[4-9]|23\d|255)\.|^ff/i

/** Reads an audio line; what of it cannot be used is said in the words of RFC 3261. */
export const readAudio = (sdp: Sdp, media: Media): AudioStream | Unusable => {
  if (media.kind !== 'audio') return { warning: 304, text: 'Media type not available' }
  if (media.protocol !== 'RTP/AVP') {
    return { warning: 302, text: 'Incompatible transport protocol' }
  }
  const host = media.host ?? sdp.host
  if (host === undefined || !isAddress(host) || shared.test(host)) {
    return { warning: 301, text: 'Incompatible network address formats' }
  }
  const names = namesOf(media)
  const codecs = media.formats.flatMap((format) => {
    const name = codecNames.get(names.get(format) ?? '')
    return name ? [{ name, payload: Number(format) }] : []
  })
  if (codecs.length === 0) return { warning: 305, text: 'Incompatible media format' }
  const events = media.formats.flatMap((format): [number, number][] => {
    const rate = /^TELEPHONE-EVENT\/(\d+)$/.exec(names.get(format) ?? '')?.[1]
    return rate === undefined ? [] : [[Number(rate), Number(format)]]
  })
  return {
    host: /^(?:0\.0\.0\.0|::)$/.test(host) ? undefined : host,
    port: media.port,
    rtcp: rtcpOf(media),
    direction: directionOf(sdp, media),
    codecs,
    events: new Map(events.reverse()),
    ptimeMs: ptimeOf(media),
  }
}

/** An IP literal; this part of the stack may not ask `node:net`. */
const isAddress = (host: string): boolean =>
  host.includes(':')
    ? /^[0-9A-Fa-f:.]+$/.test(host)
    : /^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?!$)|$)){4}$/.test(host)

/** `NAME/RATE` in upper case of every payload type, with those that need no rtpmap. */
const namesOf = (media: Media): Map<string, string> => {
  const names = new Map(Object.entries(staticNames))
  for (const { name, value } of media.attributes) {
    const [, format, encoding] = /^(\d{1,3}) +([\w.-]+\/\d+)(?:\/1)?$/.exec(value ?? '') ?? []
    if (name === 'rtpmap' && format && encoding) names.set(format, encoding.toUpperCase())
  }
  return names
}

const rtcpOf = (media: Media): AudioStream['rtcp'] => {
  if (attributeOf(media, 'rtcp-mux') !== undefined) return 'mux'
  const port = /^(\d{1,5})\b/.exec(attributeOf(media, 'rtcp') ?? '')?.[1]
  return port === undefined ? media.port + 1 : Number(port)
}

const directions: readonly string[] = ['sendrecv', 'sendonly', 'recvonly', 'inactive']
const isDirection = (name: string): name is Direction => directions.includes(name)

const directionOf = (sdp: Sdp, media: Media): Direction => {
  const said = (attributes: readonly Attribute[]) =>
    attributes.map(({ name }) => name).find(isDirection)
  return said(media.attributes) ?? said(sdp.attributes) ?? 'sendrecv'
}

const usualMs = 20
const longestMs = 60

/** Whole tens of milliseconds; what we cannot make becomes 20. */
const ptimeOf = (media: Media): number => {
  const wanted = Number(attributeOf(media, 'ptime') ?? usualMs)
  const most = Number(attributeOf(media, 'maxptime') ?? longestMs)
  const ptime = Math.min(wanted, most)
  return ptime >= 10 && ptime <= longestMs && ptime % 10 === 0 ? ptime : usualMs
}

/** What the other side does when we do this. */
export const mirrored = (direction: Direction): Direction => {
  if (direction === 'sendonly') return 'recvonly'
  return direction === 'recvonly' ? 'sendonly' : direction
}

/** What both allow. */
export const narrowed = (a: Direction, b: Direction): Direction => {
  const sends = isSending(a) && isSending(b)
  const receives = isReceiving(a) && isReceiving(b)
  if (sends) return receives ? 'sendrecv' : 'sendonly'
  return receives ? 'recvonly' : 'inactive'
}

const isSending = (direction: Direction) => direction === 'sendrecv' || direction === 'sendonly'
const isReceiving = (direction: Direction) => direction === 'sendrecv' || direction === 'recvonly'
