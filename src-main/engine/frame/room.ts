import type { Member, Rate, Relationship } from '../port.ts'
import type { SoundMaker } from './make-sound.ts'
import type { Seat } from './seat.ts'

export type RoomEvent =
  | { readonly event: 'start-talking' | 'stop-talking' | 'mute-detect'; readonly seat: Seat }
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
  /** The codec of a leg was agreed on anew; `input` of the seat is another one then. */
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
