import { attributeOf, type Attribute, type Media, type Sdp } from './sdp.ts'

export type CodecName = 'PCMU' | 'PCMA'
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
  /** Payload type of RFC 4733 events. */
  readonly events: number | undefined
  /** Milliseconds of sound in the packets it wants. */
  readonly ptimeMs: number
}

/** Why a description cannot be used, as a warning of RFC 3261 §20.43. */
export type Unusable = { readonly warning: number; readonly text: string }

const staticNames: Readonly<Record<string, string>> = { '0': 'PCMU/8000', '8': 'PCMA/8000' }
const codecNames: Readonly<Record<string, CodecName>> = { 'PCMU/8000': 'PCMU', 'PCMA/8000': 'PCMA' }
const literal = /^(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*)$/

/** Reads an audio line; what of it cannot be used is said in the words of RFC 3261. */
export const readAudio = (sdp: Sdp, media: Media): AudioStream | Unusable => {
  if (media.kind !== 'audio') return { warning: 304, text: 'Media type not available' }
  if (media.protocol !== 'RTP/AVP') {
    return { warning: 302, text: 'Incompatible transport protocol' }
  }
  const host = media.host ?? sdp.host
  if (host === undefined || !literal.test(host)) {
    return { warning: 301, text: 'Incompatible network address formats' }
  }
  const names = namesOf(media)
  const codecs = media.formats.flatMap((format) => {
    const name = codecNames[names.get(format) ?? '']
    return name ? [{ name, payload: Number(format) }] : []
  })
  if (codecs.length === 0) return { warning: 305, text: 'Incompatible media format' }
  const events = media.formats.find((format) => names.get(format) === 'TELEPHONE-EVENT/8000')
  return {
    host: /^(?:0\.0\.0\.0|::)$/.test(host) ? undefined : host,
    port: media.port,
    rtcp: rtcpOf(media),
    direction: directionOf(sdp, media),
    codecs,
    events: events === undefined ? undefined : Number(events),
    ptimeMs: ptimeOf(media),
  }
}

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
