import { mirrored, narrowed, readAudio } from './audio.ts'
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

const payloads: Readonly<Record<CodecName, number>> = { PCMU: 0, PCMA: 8 }
const ownEvents = 101

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

const audioLine = (local: LocalAudio, codecs: readonly number[], events: number | undefined) => {
  const nameOf = (payload: number) => (payload === payloads.PCMU ? 'PCMU' : 'PCMA')
  return {
    codecs: codecs.map((payload): Attribute => ({
      name: 'rtpmap',
      value: `${payload} ${nameOf(payload)}/8000`,
    })),
    rest: [
      ...(events === undefined
        ? []
        : [
            { name: 'rtpmap', value: `${events} telephone-event/8000` },
            { name: 'fmtp', value: `${events} 0-15` },
          ]),
      { name: 'ptime', value: String(local.ptimeMs) },
    ],
  }
}

const describe = (local: LocalAudio, media: readonly Media[]): Buffer =>
  serialiseSdp({ origin: local.origin, host: local.host, attributes: [], media })

/** An offer of one audio stream (RFC 3264 §5), with RTCP on the same port when the other side can. */
export const createOffer = (local: LocalAudio): Buffer => {
  const codecs = local.codecs.map((name) => payloads[name])
  const lines = audioLine(local, codecs, ownEvents)
  const media: Media = {
    kind: 'audio',
    port: local.port,
    protocol: 'RTP/AVP',
    formats: [...codecs, ownEvents].map(String),
    host: undefined,
    attributes: [
      ...lines.codecs,
      ...lines.rest,
      { name: 'rtcp-mux', value: undefined },
      { name: local.direction, value: undefined },
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
  const found = findAudio(sdp, local.codecs)
  if ('warning' in found) return refusalOf(found)
  const { index, stream, codec } = found
  const direction = narrowed(directionTowards(stream), local.direction)
  const ptimeMs = stream.ptimeMs
  const rtpmap: Attribute = { name: 'rtpmap', value: `${codec.payload} ${codec.name}/8000` }
  const { rest } = audioLine({ ...local, ptimeMs }, [], stream.events)
  const media = sdp.media.map((line, at): Media => {
    const { kind, protocol, formats } = line
    if (at !== index) return { kind, protocol, formats, port: 0, host: undefined, attributes: [] }
    return {
      ...{ kind, protocol, port: local.port, host: undefined },
      formats: [codec.payload, ...(stream.events === undefined ? [] : [stream.events])].map(String),
      attributes: [
        rtpmap,
        ...rest,
        ...(stream.rtcp === 'mux' ? [{ name: 'rtcp-mux', value: undefined }] : []),
        { name: direction, value: undefined },
      ],
    }
  })
  const agreed: AgreedAudio = {
    ...{ remote: remoteOf(stream), codec: codec.name, direction, ptimeMs },
    ...{ sendPayload: codec.payload, receivePayload: codec.payload },
    ...{ sendEvents: stream.events, receiveEvents: stream.events },
  }
  return { kind: 'answered', answer: describe(local, media), agreed }
}

/** What an answer to our offer agrees to (RFC 3264 §7). */
export const readAnswer = (
  answer: Buffer,
  local: LocalAudio,
): { kind: 'answered'; agreed: AgreedAudio } | Refused => {
  const sdp = parseSdp(answer)
  if (!sdp) return unreadable
  const found = findAudio(sdp, local.codecs)
  if ('warning' in found) return refusalOf(found)
  const { stream, codec } = found
  const agreed: AgreedAudio = {
    ...{ remote: remoteOf(stream), codec: codec.name, ptimeMs: stream.ptimeMs },
    direction: narrowed(directionTowards(stream), local.direction),
    ...{ sendPayload: codec.payload, receivePayload: payloads[codec.name] },
    sendEvents: stream.events,
    receiveEvents: stream.events === undefined ? undefined : ownEvents,
  }
  return { kind: 'answered', agreed }
}

type Found = {
  index: number
  stream: AudioStream
  codec: { name: CodecName; payload: number }
}

/** The first line we can use, or why the first audio line cannot be. */
const findAudio = (sdp: Sdp, codecs: readonly CodecName[]): Found | Unusable => {
  let reason: Unusable = { warning: 304, text: 'Media type not available' }
  for (const [index, media] of sdp.media.entries()) {
    if (media.port === 0 || media.kind !== 'audio') continue
    const stream = readAudio(sdp, media)
    const codec =
      'warning' in stream ? undefined : stream.codecs.find(({ name }) => codecs.includes(name))
    if (codec && !('warning' in stream)) return { index, stream, codec }
    if (reason.warning === 304) {
      reason = 'warning' in stream ? stream : { warning: 305, text: 'Incompatible media format' }
    }
  }
  return reason
}

/** What we may do, by what the other side does; to `0.0.0.0` nothing is sent. */
const directionTowards = ({ direction, host }: AudioStream): Direction =>
  narrowed(mirrored(direction), host === undefined ? 'recvonly' : 'sendrecv')

const remoteOf = ({ host, port, rtcp }: AudioStream): AgreedAudio['remote'] =>
  host === undefined ? undefined : { host, port, rtcp }
