import type { CodecName, LegStatistics } from '../port.ts'

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

export type Receiver = {
  /** Again after every renegotiation. */
  readonly agree: (audio: ReceiverAudio) => void
  /** A packet that is no RTCP. False: it was refused, and counted. */
  readonly receive: (packet: Uint8Array, nowMs: number) => boolean
  /**
   * The next 20 ms, at the codec's rate; to be called every tick. False: there is nothing to hear, all samples are 0.
   */
  readonly pull: (into: Int16Array) => boolean
  /** When a packet came that was not refused. */
  readonly lastPacketMs: () => number | undefined
  readonly statistics: () => Pick<
    LegStatistics,
    'packetsReceived' | 'packetsLost' | 'packetsLate' | 'packetsRefused' | 'jitterMs' | 'bufferMs'
  >
  /** Undefined until a packet came. */
  readonly reception: () => Reception | undefined
}

export type ReceiverOptions = {
  /** A key was pressed: told once it was down for 40 ms, or is up again. `ms`: how long it was down until then. */
  readonly onDigit?: (digit: string, ms: number) => void
}
