import type { Member, Rate } from '../port.ts'
import { factorOf } from './gain.ts'
import type { SoundMaker } from './make-sound.ts'
import { createBus, type Bus } from './mix-bus.ts'
import { createVoice, type TalkEvent } from './seat-voice.ts'
import type { Sound } from './sound.ts'

/** A leg in a room. */
export type Seat = {
  /** Samples of 20 ms at the codec's rate: filled by the caller before a tick, and changed by the tick. */
  readonly input: Int16Array
  /** Whether there is anything in `input`; a tick takes it back. */
  hasInput: boolean
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

/** What the room knows of a seat. */
export type Place = Seat & {
  codecRate: Rate
  output: SoundMaker
  /** Of this tick, at the room's rate; undefined: others hear nothing of it. */
  spoken: Int16Array | undefined
  /** Whom it does not hear, of those it could. */
  unheard: readonly Place[] | undefined
  /** A sound of its own, once it needed one. */
  own: SoundMaker | undefined
  /** What it alone hears, once there was something. */
  bus: Bus | undefined
  readonly hears: boolean
  readonly canHaveFloor: boolean
  readonly factorOut: number
  readonly listen: (roomRate: Rate) => void
  readonly setCodecRate: (rate: Rate) => void
}

type PlaceOptions = {
  readonly member: Member
  readonly codecRate: Rate
  readonly output: SoundMaker
  readonly onTalk: (event: TalkEvent, place: Place) => void
}

export const createPlace = (options: PlaceOptions): Place => {
  let { member } = options
  let factorOut = factorOf(member.gainOutDb)
  const voice = createVoice(member, options.codecRate, (event) => options.onTalk(event, place))

  const place: Place = {
    hasInput: false,
    codecRate: options.codecRate,
    output: options.output,
    spoken: undefined,
    unheard: undefined,
    own: undefined,
    bus: undefined,
    get input() {
      return voice.input()
    },
    get talking() {
      return voice.talking()
    },
    get energy() {
      return voice.energy()
    },
    get talkedMs() {
      return voice.talkedMs()
    },
    get hears() {
      return member.hear
    },
    get canHaveFloor() {
      return member.speak && member.canHaveFloor
    },
    get factorOut() {
      return factorOut
    },
    set: (change) => {
      member = { ...member, ...change }
      factorOut = factorOf(member.gainOutDb)
      voice.set(member)
    },
    addTone: voice.addTone,
    addPrivate: (samples, rate) => {
      place.bus ??= createBus()
      place.bus.add(samples, rate)
    },
    listen: (roomRate) => {
      place.spoken = voice.listen(place.hasInput, roomRate)
      place.hasInput = false
    },
    setCodecRate: (rate) => {
      place.codecRate = rate
      voice.setCodecRate(rate)
    },
  }
  return place
}
