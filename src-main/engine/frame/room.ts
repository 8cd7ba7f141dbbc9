import type { Member, Rate, Relationship } from '../port.ts'
import { floorAfter } from './floor.ts'
import type { SoundMaker } from './make-sound.ts'
import { createBus } from './mix-bus.ts'
import { createRoomMix } from './mix-room.ts'
import { createNoise } from './noise.ts'
import { createRelations } from './relations.ts'
import { createPlace, type Place, type Seat, type TalkEvent } from './seat.ts'

export type RoomEvent =
  | { readonly event: TalkEvent; readonly seat: Seat }
  | {
      readonly event: 'floor-change'
      readonly seat: Seat | undefined
      readonly former: Seat | undefined
    }

export type RoomOptions = {
  /** 0 to 10,000, as FreeSWITCH has it; 0: none. */
  readonly comfortNoise: number
  readonly maximumRate: Rate
  /** Called while a tick or a change of a seat is under way: must not change the room. */
  readonly onEvent: (event: RoomEvent) => void
}

/** Mixes its seats, each minus itself. Every method may be called between two ticks only. */
export type Room = {
  /** The best rate of a codec in it, and not above the maximum; 8 kHz while it is empty. */
  readonly rate: Rate
  readonly floor: Seat | undefined
  readonly seat: (member: Member, codecRate: Rate) => Seat
  /** Its relations end with it. */
  readonly unseat: (seat: Seat) => void
  /** The codec of a leg was agreed on anew. */
  readonly setCodecRate: (seat: Seat, codecRate: Rate) => void
  /** `mute`: the first cannot be heard by the other; `deaf`: the first does not hear the other; one replaces the other. */
  readonly relate: (one: Seat, other: Seat, how: Relationship) => void
  /** 20 ms that everybody hears in the next tick who is not deaf. Several are mixed. */
  readonly addSound: (samples: Int16Array, rate: Rate) => void
  /** Whether `tapped` is made; it costs a little. */
  readonly setTapped: (tapped: boolean) => void
  /** What somebody would hear who hears everybody, without comfort noise; for recordings: `tapped.at(rate)`. */
  readonly tapped: SoundMaker
  readonly tick: () => void
}

export const createRoom = ({ comfortNoise, maximumRate, onEvent }: RoomOptions): Room => {
  const places: Place[] = []
  const relations = createRelations<Place>()
  const plays = createBus()
  const noise = comfortNoise > 0 ? createNoise(comfortNoise) : undefined
  let mix = createRoomMix({ rate: 8000, plays, noise })
  let floor: Place | undefined
  let isTapped = false

  const placeOf = (seat: Seat): Place => {
    const place = places.find((one) => one === seat)
    if (!place) throw new Error('The seat is in another room, or in none.')
    return place
  }

  const adaptRate = () => {
    const isWide = maximumRate === 16_000 && places.some(({ codecRate }) => codecRate === 16_000)
    const rate = isWide ? 16_000 : 8000
    if (rate === mix.rate) return
    mix = createRoomMix({ rate, plays, noise, former: mix, places })
  }

  const giveFloor = (next: Place | undefined) => {
    if (next === floor) return
    const former = floor
    floor = next
    onEvent({ event: 'floor-change', seat: next, former })
  }

  return {
    get rate() {
      return mix.rate
    },
    get floor() {
      return floor
    },
    get tapped() {
      return mix.tapped
    },
    seat: (member, codecRate) => {
      const onTalk = (event: TalkEvent, seat: Place) => onEvent({ event, seat })
      const place = createPlace({ member, codecRate, output: mix.nothing, onTalk })
      places.push(place)
      adaptRate()
      return place
    },
    unseat: (seat) => {
      const place = placeOf(seat)
      places.splice(places.indexOf(place), 1)
      relations.end(place)
      for (const one of places) one.unheard = relations.unheardBy(one)
      adaptRate()
      if (place === floor) giveFloor(undefined)
    },
    setCodecRate: (seat, codecRate) => {
      placeOf(seat).setCodecRate(codecRate)
      adaptRate()
    },
    relate: (first, second, how) => {
      const [one, other] = [placeOf(first), placeOf(second)]
      relations.relate(one, other, how)
      one.unheard = relations.unheardBy(one)
      other.unheard = relations.unheardBy(other)
    },
    addSound: plays.add,
    setTapped: (tapped) => {
      isTapped = tapped
    },
    tick: () => {
      for (const place of places) {
        place.spoken = place.speaks ? place.pass(mix.rate) : undefined
      }
      giveFloor(floorAfter(floor, places))
      mix.tick(places, isTapped)
    },
  }
}
