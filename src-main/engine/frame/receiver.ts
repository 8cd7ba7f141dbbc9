import type { CodecName, LegStatistics, Rate } from '../port.ts'
import { bytesPerSampleOf, rateOf } from './codec.ts'
import { createDigitReader } from './dtmf-receive.ts'
import {
  createJitterBuffer,
  delayMsOf,
  type JitterBuffer,
  type JitterPacket,
  pullTick,
  putPacket,
  putSilence,
  restartBuffer,
} from './jitter.ts'
import { createReceiverStream, expectedOf, highestOf, takeHeader } from './receiver-stream.ts'
import { read16, readRtp, rtpHeader, timestampsApart } from './rtp.ts'

/** What a leg receives, as it was agreed on. Packets may be of any length up to 120 ms, whatever was agreed on. */
export type ReceiverAudio = {
  readonly codec: CodecName
  readonly payload: number
  /** Undefined where no telephone events were agreed on. */
  readonly eventsPayload: number | undefined
}

/** What a report says of what was received (RFC 3550 §6.4.1, A.3, A.8). */
export type Reception = {
  readonly ssrc: number
  /** Packets that should have come, by their sequence numbers. */
  readonly expected: number
  /** Packets that came, also late and twice. */
  readonly received: number
  /** With how often it wrapped. */
  readonly highestSequence: number
  /** Timestamp units. */
  readonly jitter: number
}

type ReceiverStatistics = Pick<
  LegStatistics,
  'packetsReceived' | 'packetsLost' | 'packetsLate' | 'packetsRefused' | 'jitterMs' | 'bufferMs'
>

export type Receiver = {
  /** Again after every renegotiation. */
  readonly agree: (audio: ReceiverAudio) => void
  /** A packet that is no RTCP. False: it was refused, and counted. */
  readonly receive: (packet: Uint8Array, nowMs: number) => boolean
  /** The next 20 ms, at the codec's rate; every tick. False: there is nothing to hear, all samples are 0. */
  readonly pull: (into: Int16Array) => boolean
  /** When a packet came that was not refused; −∞ before the first. */
  readonly lastPacketMs: () => number
  readonly statistics: () => ReceiverStatistics
  /** Digits nobody was told of, as they came faster than anybody presses. */
  readonly digitsDropped: () => number
  /** Undefined until a packet came. */
  readonly reception: () => Reception | undefined
}

type ReceiverOptions = {
  /** A key was pressed: told once it was down for 40 ms, or is up again. `ms`: how long it was down until then. */
  readonly onDigit?: (digit: string, ms: number) => void
}

const LONGEST_MS = 120
/** Comfort noise (RFC 3389): phones send it in pauses also where nobody agreed to it. */
const COMFORT_NOISE = 13
/** What comes between two ticks. Beyond, it is a flood: 10 ms packets held back for a second. */
const MOST_BETWEEN_TICKS = 100

/** After an event, ticks in which the reader of digits has still something to find out: what it counts ends before. */
const DIGIT_TICKS = 200

/** The packet that is being read, of whichever leg: they are used within one call. */
const packet: JitterPacket = {
  sequence: 0,
  timestamp: 0,
  codec: 'PCMU',
  bytes: new Uint8Array(0),
  from: 0,
  count: 0,
}
const header = rtpHeader()

/** The RTP stream a leg listens to: packets in, 20 ms out. */
export const createReceiver = (options: ReceiverOptions = {}): Receiver => {
  const stream = createReceiverStream()
  const digits = createDigitReader(options.onDigit ?? (() => undefined))
  let agreed: ReceiverAudio | undefined
  let buffer: JitterBuffer | undefined
  let refused = 0
  let late = 0
  let playable = 0
  let betweenTicks = 0
  let digitTicks = 0
  /** In an object, where numbers that are not small integers change in place. */
  const timing = { lastPacketMs: -Infinity, lastArrivalMs: -Infinity, jitter: 0 }
  /** Signed; undefined: what comes next cannot be compared with what came before. */
  let lastTimestamp: number | undefined

  const agree = (audio: ReceiverAudio) => {
    const rate = rateOf(audio.codec)
    const { codec, payload, eventsPayload } = audio
    agreed = { codec, payload, eventsPayload }
    if (buffer?.rate === rate) return
    buffer = createJitterBuffer(rate)
    digits.restart(rate)
    timing.jitter = 0
    lastTimestamp = undefined
  }

  /** RFC 3550 A.8. */
  const measureJitter = (rate: number, nowMs: number) => {
    if (lastTimestamp !== undefined) {
      const arrived = ((nowMs - timing.lastArrivalMs) * rate) / 1000
      const apart = Math.abs(arrived - timestampsApart(header.timestamp, lastTimestamp))
      timing.jitter += (apart - timing.jitter) / 16
    }
    lastTimestamp = header.timestamp | 0
    timing.lastArrivalMs = nowMs
  }

  const hasShape = (audio: ReceiverAudio, rate: Rate): boolean => {
    const bytes = header.to - header.from
    if (header.payload === audio.payload) {
      const perSample = bytesPerSampleOf(audio.codec)
      return bytes % perSample === 0 && bytes <= ((rate * LONGEST_MS) / 1000) * perSample
    }
    if (header.payload === audio.eventsPayload) return bytes >= 4
    return header.payload === COMFORT_NOISE
  }

  const takeAudio = (into: JitterBuffer, codec: CodecName, bytes: Uint8Array, nowMs: number) => {
    packet.sequence = stream.sequence
    packet.timestamp = header.timestamp
    packet.codec = codec
    packet.bytes = bytes
    packet.from = header.from
    packet.count = (header.to - header.from) / bytesPerSampleOf(codec)
    const done = putPacket(into, packet)
    if (done === 'jump') lastTimestamp = undefined
    else measureJitter(into.rate, nowMs)
    if (done === 'late') late += 1
    if (done === 'taken') playable += 1
  }

  const takeSilence = (into: JitterBuffer, isEvent: boolean, bytes: Uint8Array) => {
    const duration = isEvent ? read16(bytes, header.from + 2) : 0
    putSilence(into, stream.sequence, header.timestamp, duration)
    if (isEvent) {
      digits.receive(bytes, header)
      digitTicks = DIGIT_TICKS
    }
    playable += 1
  }

  const take = (bytes: Uint8Array, nowMs: number): boolean => {
    if (!agreed || !buffer) return false
    betweenTicks += 1
    if (betweenTicks > MOST_BETWEEN_TICKS || !readRtp(bytes, header)) return false
    if (!hasShape(agreed, buffer.rate)) return false
    const place = takeHeader(stream, header)
    if (place === 'other') return false
    timing.lastPacketMs = nowMs
    if (place === 'twice') return true
    if (place === 'first') {
      restartBuffer(buffer)
      digits.restart(buffer.rate)
      lastTimestamp = undefined
    }
    const { codec, payload, eventsPayload } = agreed
    if (header.payload === payload) takeAudio(buffer, codec, bytes, nowMs)
    else takeSilence(buffer, header.payload === eventsPayload, bytes)
    return true
  }

  return {
    agree,
    receive: (bytes, nowMs) => {
      const isTaken = take(bytes, nowMs)
      if (!isTaken) refused += 1
      return isTaken
    },
    pull: (into) => {
      betweenTicks = 0
      if (digitTicks > 0) {
        digitTicks -= 1
        digits.tick()
      }
      if (buffer) return pullTick(buffer, into)
      into.fill(0)
      return false
    },
    lastPacketMs: () => timing.lastPacketMs,
    statistics: () => ({
      packetsReceived: stream.received,
      packetsLost: Math.max(0, expectedOf(stream) - playable),
      packetsLate: late,
      packetsRefused: refused,
      jitterMs: buffer ? (timing.jitter * 1000) / buffer.rate : 0,
      bufferMs: buffer ? delayMsOf(buffer) : 0,
    }),
    digitsDropped: digits.dropped,
    reception: () =>
      stream.ssrc === -1
        ? undefined
        : {
            ssrc: stream.ssrc,
            expected: expectedOf(stream),
            received: stream.received,
            highestSequence: highestOf(stream),
            jitter: timing.jitter,
          },
  }
}
