import type { Member, Rate } from '../port.ts'
import { amplify, factorOf } from './gain.ts'
import type { SoundMaker } from './make-sound.ts'
import { createBus, type Bus } from './mix-bus.ts'
import { createLine, type Line } from './resample-line.ts'
import { createDigits, type Digits } from './seat-digits.ts'
import { TICK_MS, type Sound } from './sound.ts'
import { createTalk, hear, resetTalk, scoreOf } from './talk.ts'

/** A leg in a room. */
export type Seat = {
  /**
   * 20 ms that came from it, at the codec's rate; undefined: nothing came. Once, before each tick. The samples are
   * changed, and need not stay.
   */
  readonly say: (samples: Int16Array | undefined) => void
  /** What the leg hears, once a tick was; everybody who hears the same has the same object. */
  readonly output: Sound
  /** Is heard, and said so with `start-talking`. */
  readonly talking: boolean
  /** Smoothed mean absolute sample of what comes from it, after its gain; of the muted too. */
  readonly energy: number
  /** Talked so long since it was seated. */
  readonly talkedMs: number
  /** What is not named stays. */
  readonly set: (change: Partial<Member>) => void
  /** A digit was pressed: others hear it as a tone if the member's digits are distributed, of the muted too. */
  readonly addTone: (digit: string, ms: number) => void
  /** 20 ms that this leg alone hears in the next tick, deaf or not. Several are mixed. */
  readonly addPrivate: (samples: Int16Array, rate: Rate) => void
}

export type TalkEvent = 'start-talking' | 'stop-talking' | 'mute-detect'

/** What the room knows of a seat: in plain fields, as those of all seats are looked at in every tick. */
export type Place = Seat & {
  codecRate: Rate
  output: SoundMaker
  talking: boolean
  energy: number
  talkedMs: number
  /** There is something for `pass` in this tick. */
  speaks: boolean
  /** Of this tick, at the room's rate; undefined: others hear nothing of it. */
  spoken: Int16Array | undefined
  /** Whom it does not hear, of those it could. */
  unheard: readonly Place[] | undefined
  /** A sound of its own, once it needed one. */
  own: SoundMaker | undefined
  /** What it alone hears, once there was something. */
  bus: Bus | undefined
  hears: boolean
  canHaveFloor: boolean
  factorOut: number
  /** What it said, and its digits, once in a tick in which it speaks. */
  readonly pass: (roomRate: Rate) => Int16Array | undefined
  readonly setCodecRate: (rate: Rate) => void
}

type PlaceOptions = {
  readonly member: Member
  readonly codecRate: Rate
  readonly output: SoundMaker
  readonly onTalk: (event: TalkEvent, place: Place) => void
}

const mayHaveFloor = ({ speak, canHaveFloor }: Member) => speak && canHaveFloor

export const createPlace = ({ codecRate, output, onTalk, ...given }: PlaceOptions): Place => {
  const talk = createTalk()
  let { member } = given
  /** Of the member, which is looked at in every tick. */
  let { speak, energyLevel } = member
  let factorIn = factorOf(member.gainInDb)
  /** Made by the first words, and the first digit: many a leg never has any. */
  let line: Line | undefined
  let digits: Digits | undefined
  let isHeard = false

  const detect = (score: number) => {
    const wasTalking = talk.talking
    hear(talk, score, energyLevel)
    place.energy = talk.energy
    place.talking = talk.talking && speak
    if (place.talking) place.talkedMs += TICK_MS
    if (talk.talking === wasTalking) return
    if (talk.talking) onTalk(speak ? 'start-talking' : 'mute-detect', place)
    else if (speak) onTalk('stop-talking', place)
  }
  /** Who is muted has stopped, and who may speak again starts again: with an event, for both. */
  const beginAnew = () => {
    const wasTalking = talk.talking
    resetTalk(talk)
    place.energy = 0
    place.talking = false
    if (wasTalking && !speak) onTalk('stop-talking', place)
  }

  const place: Place = {
    codecRate,
    output,
    talking: false,
    energy: 0,
    talkedMs: 0,
    speaks: false,
    spoken: undefined,
    unheard: undefined,
    own: undefined,
    bus: undefined,
    hears: member.hear,
    canHaveFloor: mayHaveFloor(member),
    factorOut: factorOf(member.gainOutDb),
    say: (samples) => {
      if (samples && factorIn !== 1) amplify(samples, factorIn)
      detect(samples ? scoreOf(samples) : 0)
      isHeard = speak && (talk.talking || energyLevel === 0) && samples !== undefined
      if (isHeard && samples) {
        line ??= createLine(place.codecRate)
        line.samples.set(samples)
      } else line?.skip()
      place.speaks = isHeard || digits !== undefined
    },
    pass: (roomRate) => {
      const said = isHeard ? line?.pass(roomRate) : undefined
      isHeard = false
      place.speaks = false
      return digits ? digits.over(said, roomRate) : said
    },
    set: (change) => {
      const couldSpeak = speak
      member = { ...member, ...change }
      ;({ speak, energyLevel } = member)
      if (speak !== couldSpeak) beginAnew()
      factorIn = factorOf(member.gainInDb)
      place.factorOut = factorOf(member.gainOutDb)
      place.hears = member.hear
      place.canHaveFloor = mayHaveFloor(member)
    },
    addTone: (digit, ms) => {
      if (!member.distributeDigits) return
      digits ??= createDigits()
      digits.press(digit, ms)
      place.speaks = true
    },
    addPrivate: (samples, rate) => {
      place.bus ??= createBus()
      place.bus.add(samples, rate)
    },
    setCodecRate: (rate) => {
      place.codecRate = rate
      place.speaks = digits !== undefined
      line = undefined
      isHeard = false
    },
  }
  return place
}
