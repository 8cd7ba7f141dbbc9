import { type RtpHeader, sequencesApart } from './rtp.ts'

/** Packets that are remembered, to know those that come twice. A power of two. */
const KNOWN = 64
/** RFC 3550 A.1: sequence numbers that go on further than that belong to something else. */
const MOST_AHEAD = 3000

/**
 * Which stream a leg listens to, and what of it came (RFC 3550 §6.4.1, A.1, A.3). Of another SSRC, or of numbers far
 * away, two packets must follow each other before the leg listens to it.
 */
export const createReceiverStream = () => {
  const known = new Float64Array(KNOWN).fill(-1)
  let ssrc = -1
  let first = 0
  let highest = 0
  /** Expected of streams before. */
  let before = 0
  let received = 0
  let candidateSsrc = -1
  let candidateSequence = 0
  /** Sequence number of the last packet that was accepted, without wraps. */
  let sequence = 0

  const begin = (header: RtpHeader) => {
    if (ssrc !== -1) before += highest - first + 1
    known.fill(-1)
    ssrc = header.ssrc
    // A wrap below the first, so that a packet before it has a number too.
    first = header.sequence + 0x10000
    highest = first
    candidateSsrc = -1
  }

  const accept = (extended: number): 'next' | 'twice' => {
    received += 1
    sequence = extended
    if (known[extended & (KNOWN - 1)] === extended) return 'twice'
    known[extended & (KNOWN - 1)] = extended
    if (extended > highest) highest = extended
    if (extended < first) first = extended
    return 'next'
  }

  return {
    /** `other`: it belongs to something else; `first`: it is the first of a stream; `twice`: it came already. */
    take: (header: RtpHeader): 'other' | 'first' | 'next' | 'twice' => {
      const apart = sequencesApart(header.sequence, highest & 0xffff)
      if (header.ssrc === ssrc && apart < MOST_AHEAD && apart > -KNOWN) {
        candidateSsrc = -1
        return accept(highest + apart)
      }
      if (ssrc !== -1 && (header.ssrc !== candidateSsrc || header.sequence !== candidateSequence)) {
        candidateSsrc = header.ssrc
        candidateSequence = (header.sequence + 1) & 0xffff
        return 'other'
      }
      begin(header)
      accept(highest)
      return 'first'
    },
    ssrc: (): number => ssrc,
    sequence: (): number => sequence,
    highest: (): number => highest - 0x10000,
    expected: (): number => (ssrc === -1 ? 0 : before + highest - first + 1),
    received: (): number => received,
  }
}
