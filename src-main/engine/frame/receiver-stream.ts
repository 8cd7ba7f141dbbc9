import { type RtpHeader, sequencesApart } from './rtp.ts'

/** Packets that are remembered, to know those that come twice. A power of two. */
const KNOWN = 64
/** RFC 3550 A.1: sequence numbers that go on further than that belong to something else. */
const MOST_AHEAD = 3000

/**
 * Which stream a leg listens to, and what of it came (RFC 3550 §6.4.1, A.1, A.3). Of another SSRC, or of numbers far
 * away, two packets must follow each other before the leg listens to it.
 */
export type ReceiverStream = {
  /** Sequence numbers that came, without wraps. */
  readonly known: Float64Array
  /** −1: there is none yet. */
  ssrc: number
  /** Sequence numbers, without wraps. */
  first: number
  highest: number
  /** Of the last packet that was accepted. */
  sequence: number
  /** Expected of streams before. */
  before: number
  received: number
  candidateSsrc: number
  candidateSequence: number
}

export const createReceiverStream = (): ReceiverStream => ({
  known: new Float64Array(KNOWN).fill(-1),
  ssrc: -1,
  first: 0,
  highest: 0,
  sequence: 0,
  before: 0,
  received: 0,
  candidateSsrc: -1,
  candidateSequence: 0,
})

const begin = (stream: ReceiverStream, header: RtpHeader) => {
  if (stream.ssrc !== -1) stream.before += stream.highest - stream.first + 1
  stream.known.fill(-1)
  stream.ssrc = header.ssrc
  // A wrap below the first, so that a packet before it has a number too.
  stream.first = header.sequence + 0x10000
  stream.highest = stream.first
  stream.candidateSsrc = -1
}

const accept = (stream: ReceiverStream, extended: number): 'next' | 'twice' => {
  const { known } = stream
  stream.received += 1
  stream.sequence = extended
  if (known[extended & (KNOWN - 1)] === extended) return 'twice'
  known[extended & (KNOWN - 1)] = extended
  if (extended > stream.highest) stream.highest = extended
  if (extended < stream.first) stream.first = extended
  return 'next'
}

/** `other`: it belongs to something else; `first`: it is the first of a stream; `twice`: it came already. */
export const takeHeader = (
  stream: ReceiverStream,
  header: RtpHeader,
): 'other' | 'first' | 'next' | 'twice' => {
  const { ssrc, highest } = stream
  const apart = sequencesApart(header.sequence, highest & 0xffff)
  if (header.ssrc === ssrc && apart < MOST_AHEAD && apart > -KNOWN) {
    stream.candidateSsrc = -1
    return accept(stream, highest + apart)
  }
  const isAwaited =
    header.ssrc === stream.candidateSsrc && header.sequence === stream.candidateSequence
  if (ssrc !== -1 && !isAwaited) {
    stream.candidateSsrc = header.ssrc
    stream.candidateSequence = (header.sequence + 1) & 0xffff
    return 'other'
  }
  begin(stream, header)
  accept(stream, stream.highest)
  return 'first'
}

/** The highest sequence number, with how often it wrapped. */
export const highestOf = ({ highest }: ReceiverStream): number => highest - 0x10000

/** Packets that should have come, of all streams. */
export const expectedOf = ({ ssrc, before, highest, first }: ReceiverStream): number =>
  ssrc === -1 ? 0 : before + highest - first + 1
