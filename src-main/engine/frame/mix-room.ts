import type { Rate } from '../port.ts'
import { amplifyInto } from './gain.ts'
import { createSound, type SoundMaker } from './make-sound.ts'
import { addTo, clipInto, clipWithoutInto, subtractFrom } from './mix.ts'
import type { Bus } from './mix-bus.ts'
import type { createNoise } from './noise.ts'
import type { Place } from './seat.ts'
import { samplesOf } from './sound.ts'

/** The mix of a room at one rate: who heard what before is told by the mix of the other rate. */
export type RoomMix = {
  readonly rate: Rate
  /** What is heard by those who say nothing and hear everybody. */
  readonly everything: SoundMaker
  /** What is heard by the deaf, and by who is alone in talking. */
  readonly nothing: SoundMaker
  /** Everything without the noise. */
  readonly tapped: SoundMaker
  /** From what everybody said to what everybody hears. */
  readonly tick: (places: readonly Place[], isTapped: boolean) => void
}

type RoomMixOptions = {
  readonly rate: Rate
  readonly plays: Bus
  readonly noise: ReturnType<typeof createNoise> | undefined
  readonly former?: RoomMix
  /** Who heard the former. */
  readonly places?: readonly Place[]
}

export const createRoomMix = (options: RoomMixOptions): RoomMix => {
  const { rate, plays, noise, former, places: movers = [] } = options
  const sum = new Int32Array(samplesOf(rate))
  const work = new Int32Array(samplesOf(rate))
  const everything = createSound(rate, former?.everything)
  const nothing = createSound(rate)
  const tapped = noise ? createSound(rate, former?.tapped) : everything
  let speakers = 0
  let hasBackground = false

  for (const place of movers) {
    const heardOwn = place.output === place.own ? place.own : undefined
    place.own = heardOwn && createSound(rate, heardOwn)
    place.output = place.own ?? (place.output === former?.nothing ? nothing : everything)
  }

  const write = (sound: SoundMaker, isSilent: boolean) => {
    const samples = sound.next(isSilent)
    if (!isSilent) clipInto(samples, sum)
  }

  /** The sound of its own, that goes on from what it heard. */
  const ownOf = (place: Place): SoundMaker => (place.own ??= createSound(rate))
  const nextOf = (place: Place, own: SoundMaker): Int16Array =>
    own.next(false, place.output === own ? undefined : place.output)

  const leavesOut = (place: Place): boolean => {
    const { unheard } = place
    if (!unheard) return false
    for (const { spoken } of unheard) if (spoken) return true
    return false
  }

  const subtractUnheard = (unheard: readonly Place[]) => {
    for (const { spoken } of unheard) if (spoken) subtractFrom(work, spoken)
  }

  /** For those whom the quick ways do not serve. */
  const mixFor = (place: Place, hearsRoom: boolean): SoundMaker => {
    if (hearsRoom) work.set(sum)
    else work.fill(0)
    if (hearsRoom && place.spoken) subtractFrom(work, place.spoken)
    if (hearsRoom && place.unheard) subtractUnheard(place.unheard)
    place.bus?.drainInto(work, rate)
    const own = ownOf(place)
    const samples = nextOf(place, own)
    if (place.factorOut === 1) clipInto(samples, work)
    else amplifyInto(samples, work, place.factorOut)
    return own
  }

  const heardBy = (place: Place): SoundMaker => {
    const { spoken } = place
    const isAloneInTalking = spoken !== undefined && speakers === 1
    const hearsRoom = place.hears && (hasBackground || (speakers > 0 && !isAloneInTalking))
    if (place.bus?.isFilled()) return mixFor(place, hearsRoom)
    if (!hearsRoom) return place.hears && speakers === 0 ? everything : nothing
    if (place.factorOut !== 1 || leavesOut(place)) return mixFor(place, true)
    if (!spoken) return everything
    const own = ownOf(place)
    clipWithoutInto(nextOf(place, own), sum, spoken)
    return own
  }

  return {
    rate,
    everything,
    nothing,
    tapped,
    tick: (places, isTapped) => {
      sum.fill(0)
      speakers = 0
      for (const { spoken } of places) {
        if (!spoken) continue
        addTo(sum, spoken)
        speakers += 1
      }
      hasBackground = plays.isFilled()
      plays.drainInto(sum, rate)
      if (noise && isTapped) write(tapped, speakers === 0 && !hasBackground)
      noise?.addTo(sum)
      hasBackground ||= noise !== undefined
      write(everything, speakers === 0 && !hasBackground)
      for (const place of places) place.output = heardBy(place)
    },
  }
}
