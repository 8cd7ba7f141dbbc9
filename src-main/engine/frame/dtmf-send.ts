import { DIGITS, EVENT_END } from './dtmf-events.ts'
import { write16 } from './rtp.ts'

/** A key is down for 120 ms, and 80 ms pass until the next: what a person is fast at and every exchange takes. */
const TONE_TICKS = 6
const PRESS_TICKS = 10
/** RFC 4733 §2.5.1.4: the end is sent three times. */
const ENDS = 3
/** −10 dBm0. */
const VOLUME = 10

/** The events of digits that are dialled one after the other, tick by tick. */
export const createDialler = () => {
  let digits = ''
  let tick = 0

  return {
    /** False, and nothing is dialled, if one is no digit. */
    dial: (more: string): boolean => {
      for (const digit of more) if (!DIGITS.includes(digit)) return false
      digits += more
      return true
    },
    isDialling: (): boolean => digits !== '',
    clear: () => {
      digits = ''
      tick = 0
    },
    /**
     * Takes the next tick of `samples`. Writes the payload of its packet, if it has one: `begin` is of a new press,
     * so that its packet is marked and gives the press its timestamp.
     */
    next: (packet: Uint8Array, at: number, samples: number): 'begin' | 'continue' | 'pause' => {
      const now = tick
      const event = DIGITS.indexOf(digits.charAt(0))
      tick += 1
      if (tick === PRESS_TICKS) {
        tick = 0
        digits = digits.slice(1)
      }
      if (now >= TONE_TICKS - 1 + ENDS) return 'pause'
      const isEnd = now >= TONE_TICKS - 1
      packet[at] = event
      packet[at + 1] = VOLUME | (isEnd ? EVENT_END : 0)
      write16(packet, at + 2, samples * Math.min(now + 1, TONE_TICKS))
      return now === 0 ? 'begin' : 'continue'
    },
  }
}
