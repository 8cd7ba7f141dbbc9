import { joined, noise, sine, stored } from '../../src-main/test/signals.ts'
import { wavOf } from '../../src-main/test/wav-of.ts'

const rate = 8000

const room = (seconds: number) => noise({ rate, seconds, rmsDb: -60, seed: 5 })
const word = (hz: number, seconds = 1.2) => sine({ hz, rate, seconds, peakDb: -6 })

/** The pitch of what is said in each take of `session`, in its order. */
export const takesHz = [500, 700, 900, 1100] as const

/**
 * A long take with room noise between its words. The second was said with a long breath in it; the
 * third and the fourth follow each other quickly.
 */
export const session = (): Buffer => {
  const [first, second, third, fourth] = takesHz
  const sound = joined(
    room(1.5),
    word(first),
    room(1.5),
    word(second, 0.6),
    room(0.9),
    word(second, 0.6),
    room(1.5),
    word(third),
    room(0.4),
    word(fourth),
    room(1.5),
  )
  return wavOf(stored(16, sound) as Int16Array, { channels: 1 })
}
