import { DIGITS, EVENT_BYTES, EVENT_END, LONGEST_DURATION } from './dtmf-events.ts'
import { read16, type RtpHeader, timestampsApart } from './rtp.ts'

/** A key is told once it is down for so long: quick, and after at least a second packet. */
const TOLD_MS = 40
/** Ticks after which a press is told although nothing came since, as its other packets may be lost. */
const TOLD_TICKS = 5
/** Ticks without a packet after which a press that seems to be older is none of before: the sender's clock has jumped. */
const FORGOTTEN_TICKS = 100
const SECOND_TICKS = 50
/** Nobody presses faster, and no exchange dials faster. */
const MOST_A_SECOND = 20

/**
 * The keys of telephone events (RFC 4733), each once: of all packets with one timestamp, the first that is the end or
 * says that 40 ms have passed. A longer press needs no end; of a lost end, the next press or 100 ms tell.
 */
export const createDigitReader = (onDigit: (digit: string, ms: number) => void) => {
  let event = -1
  let timestamp = 0
  let duration = 0
  let hasEnded = true
  let isTold = true
  let rate = 8000
  let ticksSince = FORGOTTEN_TICKS
  let ticks = 0
  let toldThisSecond = 0
  let dropped = 0

  const tell = () => {
    if (isTold) return
    isTold = true
    if (toldThisSecond >= MOST_A_SECOND) {
      dropped += 1
      return
    }
    toldThisSecond += 1
    onDigit(DIGITS.charAt(event), Math.round((duration * 1000) / rate))
  }

  /** RFC 4733 §2.5.1.3: what lasts longer than can be written goes on under another timestamp. */
  const isSegment = (header: RtpHeader, next: number): boolean =>
    !header.marker &&
    next === event &&
    !hasEnded &&
    timestampsApart(header.timestamp, timestamp) === LONGEST_DURATION

  const begin = (header: RtpHeader, next: number) => {
    const goesOn = isSegment(header, next)
    if (!goesOn) tell()
    isTold = goesOn && isTold
    hasEnded = false
    event = next
    timestamp = header.timestamp
    duration = 0
  }

  return {
    /** An event's packet. False: it is none. */
    receive: (packet: Uint8Array, header: RtpHeader): boolean => {
      if (header.to - header.from < EVENT_BYTES) return false
      const next = packet[header.from] ?? 0
      // Others are tones of modems and lines, and a flash of the hook.
      if (next >= DIGITS.length) return true
      const apart = timestampsApart(header.timestamp, timestamp)
      if (apart < 0 && ticksSince < FORGOTTEN_TICKS) return true
      if (apart !== 0 || event === -1) begin(header, next)
      ticksSince = 0
      duration = Math.max(duration, read16(packet, header.from + 2))
      const isEnd = ((packet[header.from + 1] ?? 0) & EVENT_END) !== 0
      if (isEnd) hasEnded = true
      if (isEnd || duration * 1000 >= TOLD_MS * rate) tell()
      return true
    },
    tick: () => {
      ticks += 1
      if (ticks % SECOND_TICKS === 0) toldThisSecond = 0
      ticksSince += 1
      if (ticksSince === TOLD_TICKS) tell()
    },
    /** Another stream: its timestamps have nothing to do with those until now. */
    restart: (atRate: number) => {
      tell()
      rate = atRate
      event = -1
      hasEnded = true
      ticksSince = FORGOTTEN_TICKS
    },
    /** Digits that were not told, because they came too fast. */
    dropped: (): number => dropped,
  }
}
