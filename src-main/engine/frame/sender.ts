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

/** In one piece: of a thousand legs the processor has little at hand. */
const packetsOf = (payloadBytes: number): readonly Uint8Array[] => {
  const length = RTP_HEADER_BYTES + payloadBytes
  const bytes = new Uint8Array(PACKETS * length)
  return Array.from({ length: PACKETS }, (_, at) => bytes.subarray(at * length, (at + 1) * length))
}

/** Of the packet that is being sent, of whichever leg: it is used within one call. */
const header = rtpHeader()

/**
 * The RTP stream of a leg: 20 ms in at a time, packets of any ptime out. Bytes given to `send` stay as they are until
 * three more packets were sent. `random` is from 0 to 1.
 */
export const createSender = ({
  send,
  random,
}: {
  readonly send: (bytes: Uint8Array) => void
  readonly random: () => number
}): Sender => {
  const dialler = createDialler()
  let packets: readonly Uint8Array[] = []
  let audio: SenderAudio | undefined
  let isDialling = false
  let tickSamples = 0
  /** Bytes of audio in the packet that is being collected. */
  let filled = 0
  let sent = 0
  let octets = 0
  // Timestamps are kept signed, which is how 32 bits fit into a small integer.
  /** Of the tick to come. */
  let timestamp = Math.floor(random() * 2 ** 32) | 0
  const ssrc = Math.floor(random() * 2 ** 32)
  let sequence = Math.floor(random() * 2 ** 16)
  /** Of the packet that is being collected, or of the press. */
  let packetTimestamp = timestamp
  /** Of the first packet, and of the first after a pause. */
  let marker = true

  const sendPacket = (packet: Uint8Array, payload: number) => {
    header.marker = marker
    header.payload = payload
    header.sequence = sequence
    header.timestamp = packetTimestamp
    header.ssrc = ssrc
    writeRtp(packet, header)
    send(packet)
    sequence = (sequence + 1) & 0xffff
    marker = false
    sent += 1
    octets += packet.length - RTP_HEADER_BYTES
  }

  const pause = () => {
    filled = 0
    marker = true
  }

  const pushAudio = (agreed: SenderAudio, encoded: Uint8Array) => {
    const bytesPerSample = bytesPerSampleOf(agreed.codec)
    for (let taken = 0; taken < encoded.length;) {
      const packet = packets[sent % PACKETS]
      if (!packet) return
      if (filled === 0) packetTimestamp = (timestamp + taken / bytesPerSample) | 0
      const to = RTP_HEADER_BYTES + filled
      const count = Math.min(packet.length - to, encoded.length - taken)
      if (count === encoded.length) packet.set(encoded, to)
      else for (let i = 0; i < count; i += 1) packet[to + i] = encoded[taken + i] ?? 0
      filled += count
      taken += count
      if (to + count < packet.length) return
      filled = 0
      sendPacket(packet, agreed.payload)
    }
  }

  const pushEvent = (eventsPayload: number) => {
    const packet = packets[sent % PACKETS]
    if (!packet) return
    const step = dialler.next(packet, RTP_HEADER_BYTES, tickSamples)
    isDialling = dialler.isDialling()
    if (step === 'begin') {
      pause()
      packetTimestamp = timestamp
    }
    if (step === 'pause') pause()
    else sendPacket(packet.subarray(0, RTP_HEADER_BYTES + EVENT_BYTES), eventsPayload)
  }

  return {
    agree: (next) => {
      const isOther = audio?.codec !== next.codec || audio.ptimeMs !== next.ptimeMs
      audio = next
      if (next.eventsPayload === undefined) {
        dialler.clear()
        isDialling = false
      }
      if (!isOther) return
      pause()
      const rate = rateOf(next.codec)
      tickSamples = samplesOf(rate)
      packets = packetsOf(((rate * next.ptimeMs) / 1000) * bytesPerSampleOf(next.codec))
    },
    push: (sound) => {
      if (!audio) return
      if (!audio.active) pause()
      else if (isDialling && audio.eventsPayload !== undefined) pushEvent(audio.eventsPayload)
      else pushAudio(audio, sound.encoded(audio.codec))
      timestamp = (timestamp + tickSamples) | 0
    },
    dial: (digits) => {
      const isTaken = audio?.eventsPayload !== undefined && dialler.dial(digits)
      isDialling = dialler.isDialling()
      return isTaken
    },
    isDialling: () => isDialling,
    statistics: () => ({ packetsSent: sent }),
    report: () => ({
      ssrc,
      packets: sent,
      octets,
      timestamp: timestamp >>> 0,
      rate: audio ? rateOf(audio.codec) : 8000,
    }),
  }
}
