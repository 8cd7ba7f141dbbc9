import type { CodecName, LegStatistics } from '../port.ts'
import { bytesPerSampleOf, rateOf } from './codec.ts'
import { EVENT_BYTES } from './dtmf-events.ts'
import { createDialler } from './dtmf-send.ts'
import { RTP_HEADER_BYTES, rtpHeader, writeRtp } from './rtp.ts'
import { samplesOf, type Sound } from './sound.ts'

/** What a leg sends, as it was agreed on. */
export type SenderAudio = {
  readonly codec: CodecName
  readonly payload: number
  /** Undefined where no telephone events were agreed on. */
  readonly eventsPayload: number | undefined
  /** 10 to 60. */
  readonly ptimeMs: number
  /** The direction lets us send, and there is somewhere to send to. */
  readonly active: boolean
}

/** What a report says of a sender (RFC 3550 §6.4.1). */
export type SenderReport = {
  readonly ssrc: number
  readonly packets: number
  /** Of payloads. */
  readonly octets: number
  /** Of the tick to come. */
  readonly timestamp: number
  readonly rate: number
}

export type Sender = {
  /** Again after every renegotiation; SSRC and numbers go on. */
  readonly agree: (audio: SenderAudio) => void
  /** Every tick, also while nothing is sent: time passes. */
  readonly push: (sound: Sound) => void
  /** Events instead of audio, after those that are still to be sent. False: no events agreed on, or no digits. */
  readonly dial: (digits: string) => boolean
  readonly isDialling: () => boolean
  readonly statistics: () => Pick<LegStatistics, 'packetsSent'>
  readonly report: () => SenderReport
}

/** Packets in turn: a socket that queues what it is given finds it unchanged for so many packets. */
const PACKETS = 4
const LONGEST_MS = 60
const MOST_BYTES = RTP_HEADER_BYTES + (16_000 * 2 * LONGEST_MS) / 1000

type Packet = { readonly bytes: Uint8Array; readonly audio: Uint8Array; readonly event: Uint8Array }

const packetOf = (bytes: Uint8Array, payloadBytes: number): Packet => ({
  bytes,
  audio: bytes.subarray(0, RTP_HEADER_BYTES + payloadBytes),
  event: bytes.subarray(0, RTP_HEADER_BYTES + EVENT_BYTES),
})

/**
 * The RTP stream of a leg: 20 ms in at a time, packets of any ptime out. Bytes given to `send` stay as they are until
 * three more packets were sent. `random` is from 0 to 1.
 */
export const createSender = (given: {
  readonly send: (bytes: Uint8Array) => void
  readonly random: () => number
}): Sender => {
  const dialler = createDialler()
  const header = rtpHeader()
  const buffers = Array.from({ length: PACKETS }, () => new Uint8Array(MOST_BYTES))
  let packets: readonly Packet[] = []
  let audio: SenderAudio | undefined
  let payloadBytes = 0
  let tickSamples = 0
  /** Bytes of audio in the packet that is being collected. */
  let filled = 0
  let sent = 0
  let octets = 0
  let timestamp = Math.floor(given.random() * 2 ** 32)
  header.ssrc = Math.floor(given.random() * 2 ** 32)
  header.sequence = Math.floor(given.random() * 2 ** 16)
  // Of the first packet, and of the first after a pause.
  header.marker = true

  const sendPacket = (bytes: Uint8Array, payload: number) => {
    header.payload = payload
    writeRtp(bytes, header)
    given.send(bytes)
    header.sequence = (header.sequence + 1) & 0xffff
    header.marker = false
    sent += 1
    octets += bytes.length - RTP_HEADER_BYTES
  }

  const pause = () => {
    filled = 0
    header.marker = true
  }

  const pushAudio = (agreed: SenderAudio, encoded: Uint8Array) => {
    const bytesPerSample = bytesPerSampleOf(agreed.codec)
    for (let taken = 0; taken < encoded.length;) {
      const packet = packets[sent % PACKETS]
      if (!packet) return
      if (filled === 0) header.timestamp = (timestamp + taken / bytesPerSample) >>> 0
      const count = Math.min(payloadBytes - filled, encoded.length - taken)
      const to = RTP_HEADER_BYTES + filled
      if (count === encoded.length) packet.bytes.set(encoded, to)
      else for (let i = 0; i < count; i += 1) packet.bytes[to + i] = encoded[taken + i] ?? 0
      filled += count
      taken += count
      if (filled < payloadBytes) return
      filled = 0
      sendPacket(packet.audio, agreed.payload)
    }
  }

  const pushEvent = (eventsPayload: number) => {
    const packet = packets[sent % PACKETS]
    if (!packet) return
    const step = dialler.next(packet.bytes, RTP_HEADER_BYTES, tickSamples)
    if (step === 'begin') {
      pause()
      header.timestamp = timestamp
    }
    if (step === 'pause') pause()
    else sendPacket(packet.event, eventsPayload)
  }

  return {
    agree: (next) => {
      const isOther = audio?.codec !== next.codec || audio.ptimeMs !== next.ptimeMs
      audio = next
      if (next.eventsPayload === undefined) dialler.clear()
      if (!isOther) return
      pause()
      const rate = rateOf(next.codec)
      tickSamples = samplesOf(rate)
      payloadBytes = ((rate * next.ptimeMs) / 1000) * bytesPerSampleOf(next.codec)
      packets = buffers.map((bytes) => packetOf(bytes, payloadBytes))
    },
    push: (sound) => {
      if (!audio) return
      if (!audio.active) pause()
      else if (audio.eventsPayload !== undefined && dialler.isDialling())
        pushEvent(audio.eventsPayload)
      else pushAudio(audio, sound.encoded(audio.codec))
      timestamp = (timestamp + tickSamples) >>> 0
    },
    dial: (digits) => audio?.eventsPayload !== undefined && dialler.dial(digits),
    isDialling: dialler.isDialling,
    statistics: () => ({ packetsSent: sent }),
    report: () => ({
      ssrc: header.ssrc,
      packets: sent,
      octets,
      timestamp,
      rate: audio ? rateOf(audio.codec) : 8000,
    }),
  }
}
