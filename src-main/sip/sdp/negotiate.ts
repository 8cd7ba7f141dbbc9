import { encodings, encodingText, mirrored, narrowed, readAudio } from './audio.ts'
import type { AudioStream, CodecName, Direction, Unusable } from './audio.ts'
import { parseSdp, serialiseSdp, type Attribute, type Media, type Origin, type Sdp } from './sdp.ts'

/** What we have to offer. */
export type LocalAudio = {
  /** Session id and version: the version must grow when a later description differs. */
  readonly origin: Origin
  readonly host: string
  readonly port: number
  /** In order of preference. */
  readonly codecs: readonly CodecName[]
  /** `sendonly` puts the other side on hold. */
  readonly direction: Direction
  readonly ptimeMs: number
}

/** What both sides do from now on, seen from us. */
export type AgreedAudio = {
  /** Where to send; undefined while nothing is to be sent there. */
  readonly remote:
    { readonly host: string; readonly port: number; readonly rtcp: 'mux' | number } | undefined
  readonly codec: CodecName
  /** Payload types: ours for what comes, theirs for what we send. */
  readonly sendPayload: number
  readonly receivePayload: number
  readonly sendEvents: number | undefined
  readonly receiveEvents: number | undefined
  readonly direction: Direction
  readonly ptimeMs: number
}

export type Refused = {
  readonly kind: 'refused'
  /** 400 for what cannot be read, 488 for what cannot be used. */
  readonly status: 400 | 488
  /** Value of a Warning header field, without the agent: `305 … "Incompatible media format"`. */
  readonly warning: number
  readonly text: string
}

/** Our payload types of telephone events, by their clock rate, which is that of the sound (RFC 4733 §2.1). */
const ownEvents: ReadonlyMap<number, number> = new Map([
  [8_000, 101],
  [16_000, 102],
])
/** Samples of two bytes fill an Ethernet frame sooner. */
const longestL16Ms = 40
const usualMs = 20

const unreadable: Refused = {
  kind: 'refused',
  status: 400,
  warning: 399,
  text: 'Malformed session description',
}
const refusalOf = ({ warning, text }: Unusable): Refused => ({
  kind: 'refused',
  status: 488,
  warning,
  text,
})

const rtpmap = (payload: number, encoding: string): Attribute => ({
  name: 'rtpmap',
  value: `${payload} ${encoding}`,
})

const eventLines = (rate: number, payload: number): Attribute[] => [
  rtpmap(payload, `telephone-event/${rate}`),
  { name: 'fmtp', value: `${payload} 0-15` },
]

const flag = (name: string): Attribute => ({ name, value: undefined })
const ptime = (ms: number): Attribute => ({ name: 'ptime', value: String(ms) })

const describe = (local: LocalAudio, media: readonly Media[]): Buffer =>
  serialiseSdp({ origin: local.origin, host: local.host, attributes: [], media })

/** An offer of one audio stream (RFC 3264 §5), with RTCP on the same port when the other side can. */
export const createOffer = (local: LocalAudio): Buffer => {
  const rates = new Set(local.codecs.map((name) => encodings[name].rate))
  const events = [...ownEvents].filter(([rate]) => rates.has(rate))
  const payloads = [
    ...local.codecs.map((name) => encodings[name].payload),
    ...events.map(([, payload]) => payload),
  ]
  const media: Media = {
    kind: 'audio',
    port: local.port,
    protocol: 'RTP/AVP',
    formats: payloads.map(String),
    host: undefined,
    attributes: [
      ...local.codecs.map((name) => rtpmap(encodings[name].payload, encodingText(name))),
      ...events.flatMap(([rate, payload]) => eventLines(rate, payload)),
      ...[ptime(local.ptimeMs), flag('rtcp-mux'), flag(local.direction)],
    ],
  }
  return describe(local, [media])
}

/**
 * Answers an offer (RFC 3264 §6): the first audio line that can be used, with the offerer's first codec that is ours; every
 * other line is refused with port 0, as an answer has as many lines as its offer.
 */
export const answerOffer = (
  offer: Buffer,
  local: LocalAudio,
): { kind: 'answered'; answer: Buffer; agreed: AgreedAudio } | Refused => {
  const sdp = parseSdp(offer)
  if (!sdp) return unreadable
  const found = findAudio(sdp, local)
  if ('warning' in found) return refusalOf(found)
  const { index, stream, codec } = found
  const events = eventsOf(found)
  const agreed: AgreedAudio = {
    ...{ remote: remoteOf(stream), codec: codec.name, ptimeMs: ptimeOf(found) },
    direction: narrowed(directionTowards(stream), local.direction),
    ...{ sendPayload: codec.payload, receivePayload: codec.payload },
    ...{ sendEvents: events?.payload, receiveEvents: events?.payload },
  }
  const media = sdp.media.map((line, at): Media => {
    const { kind, protocol, formats } = line
    if (at !== index) return { kind, protocol, formats, port: 0, host: undefined, attributes: [] }
    return {
      ...{ kind, protocol, port: local.port, host: undefined },
      formats: [codec.payload, ...(events ? [events.payload] : [])].map(String),
      attributes: [
        rtpmap(codec.payload, encodingText(codec.name)),
        ...(events ? eventLines(events.rate, events.payload) : []),
        ptime(agreed.ptimeMs),
        ...(stream.rtcp === 'mux' ? [flag('rtcp-mux')] : []),
        flag(agreed.direction),
      ],
    }
  })
  return { kind: 'answered', answer: describe(local, media), agreed }
}

/** What an answer to our offer agrees to (RFC 3264 §7). */
export const readAnswer = (
  answer: Buffer,
  local: LocalAudio,
): { kind: 'answered'; agreed: AgreedAudio } | Refused => {
  const sdp = parseSdp(answer)
  if (!sdp) return unreadable
  const found = findAudio(sdp, local)
  if ('warning' in found) return refusalOf(found)
  const { stream, codec } = found
  const events = eventsOf(found)
  const agreed: AgreedAudio = {
    ...{ remote: remoteOf(stream), codec: codec.name, ptimeMs: ptimeOf(found) },
    direction: narrowed(directionTowards(stream), local.direction),
    ...{ sendPayload: codec.payload, receivePayload: encodings[codec.name].payload },
    sendEvents: events?.payload,
    receiveEvents: events && ownEvents.get(events.rate),
  }
  return { kind: 'answered', agreed }
}

type Found = {
  index: number
  stream: AudioStream
  codec: { name: CodecName; payload: number }
}

/** The first line we can use, or why the first audio line cannot be. */
const findAudio = (sdp: Sdp, local: LocalAudio): Found | Unusable => {
  let reason: Unusable = { warning: 304, text: 'Media type not available' }
  for (const [index, media] of sdp.media.entries()) {
    if (media.port === 0 || media.kind !== 'audio') continue
    const stream = readAudio(sdp, media)
    const problem = 'warning' in stream ? stream : mismatch(stream, local)
    const codec =
      'warning' in stream || problem
        ? undefined
        : stream.codecs.find(({ name }) => local.codecs.includes(name))
    if (codec && !('warning' in stream)) return { index, stream, codec }
    if (reason.warning === 304) {
      reason = problem ?? { warning: 305, text: 'Incompatible media format' }
    }
  }
  return reason
}

/** One family of addresses cannot send to the other. */
const mismatch = ({ host }: AudioStream, local: LocalAudio): Unusable | undefined =>
  host === undefined || host.includes(':') === local.host.includes(':')
    ? undefined
    : { warning: 301, text: 'Incompatible network address formats' }

/** Events at the clock rate of the sound, or at 8 kHz, which is all that some phones know. */
const eventsOf = ({ stream, codec }: Found): { rate: number; payload: number } | undefined =>
  [encodings[codec.name].rate, 8_000]
    .map((rate) => ({ rate, payload: stream.events.get(rate) }))
    .find((events): events is { rate: number; payload: number } => events.payload !== undefined)

const ptimeOf = ({ stream, codec }: Found): number =>
  codec.name === 'L16' && stream.ptimeMs > longestL16Ms ? usualMs : stream.ptimeMs

/** What we may do, by what the other side does; to `0.0.0.0` nothing is sent. */
const directionTowards = ({ direction, host }: AudioStream): Direction =>
  narrowed(mirrored(direction), host === undefined ? 'recvonly' : 'sendrecv')

const remoteOf = ({ host, port, rtcp }: AudioStream): AgreedAudio['remote'] =>
  host === undefined ? undefined : { host, port, rtcp }
