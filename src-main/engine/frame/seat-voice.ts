import type { Member, Rate } from '../port.ts'
import { amplify, factorOf } from './gain.ts'
import { createLine } from './resample-line.ts'
import { createDigits } from './seat-digits.ts'
import { TICK_MS } from './sound.ts'
import { createTalk, hear, resetTalk, scoreOf } from './talk.ts'

export type TalkEvent = 'start-talking' | 'stop-talking' | 'mute-detect'

/** What comes from a leg, until others hear it. */
export type Voice = {
  readonly input: () => Int16Array
  readonly talking: () => boolean
  readonly energy: () => number
  readonly talkedMs: () => number
  /** One tick; what others hear of it at the room's rate, undefined while that is nothing. */
  readonly listen: (hasInput: boolean, roomRate: Rate) => Int16Array | undefined
  readonly set: (member: Member) => void
  readonly setCodecRate: (rate: Rate) => void
  readonly addTone: (digit: string, ms: number) => void
}

export const createVoice = (
  initial: Member,
  codecRate: Rate,
  onTalk: (event: TalkEvent) => void,
): Voice => {
  const talk = createTalk()
  const digits = createDigits()
  let member = initial
  let factor = factorOf(member.gainInDb)
  let line = createLine(codecRate)
  let talkedMs = 0

  const detect = (score: number) => {
    const wasTalking = talk.talking
    hear(talk, score, member.energyLevel)
    if (talk.talking && member.speak) talkedMs += TICK_MS
    if (talk.talking === wasTalking) return
    if (talk.talking) onTalk(member.speak ? 'start-talking' : 'mute-detect')
    else if (member.speak) onTalk('stop-talking')
  }

  return {
    input: () => line.samples,
    talking: () => talk.talking && member.speak,
    energy: () => talk.energy,
    talkedMs: () => talkedMs,
    listen: (hasInput, roomRate) => {
      if (hasInput && factor !== 1) amplify(line.samples, factor)
      detect(hasInput ? scoreOf(line.samples) : 0)
      const isHeard = hasInput && member.speak && (talk.talking || member.energyLevel === 0)
      if (!isHeard) line.skip()
      return digits.over(isHeard ? line.pass(roomRate) : undefined, roomRate)
    },
    set: (changed) => {
      const maySpeak = changed.speak
      // Who is muted has stopped, and who may speak again starts again: with an event, for both.
      if (maySpeak !== member.speak) {
        if (talk.talking && !maySpeak) onTalk('stop-talking')
        resetTalk(talk)
      }
      member = changed
      factor = factorOf(member.gainInDb)
    },
    setCodecRate: (rate) => {
      line = createLine(rate)
    },
    addTone: (digit, ms) => {
      if (member.distributeDigits) digits.press(digit, ms)
    },
  }
}
