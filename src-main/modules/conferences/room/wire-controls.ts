import type { Clock } from '../../../platform/clock.ts'
import type { Log } from '../../../platform/log.ts'
import { controlsOf } from '../controls/bindings.ts'
import type { ControlTarget } from '../controls/controls.ts'
import { listenForControls } from '../controls/listen.ts'
import { energyLevelOf, type Seat } from './seat.ts'
import type { Conference } from './types.ts'
import type { MemberChange } from './member-changes.ts'

/** Lets a participant change itself with its keys, as the conference's controls say. */
export const wireControls = (deps: {
  seat: Seat
  conference: Conference
  lock: { isLocked: () => boolean; set: (wanted: boolean) => void }
  change: (seat: Seat, change: MemberChange) => Promise<void>
  note: (text: string) => void
  clock: Clock
  log: Log
}): void => {
  const { seat, conference, lock, change, note, clock, log } = deps
  const { participant, scope } = seat
  const { bindings, problems } = controlsOf(conference.document, participant.isModerator)
  problems.forEach(note)
  const target: ControlTarget = {
    settings: () => ({
      speak: participant.speak,
      hear: participant.hear,
      energyLevel: participant.energyLevel,
      gainInDb: seat.gainInDb,
      gainOutDb: seat.gainOutDb,
      isLocked: lock.isLocked(),
    }),
    change: async ({ isLocked: wanted, ...member }) => {
      if (wanted !== undefined) lock.set(wanted)
      await change(seat, member)
    },
    hangUp: () => participant.leg.hangUp(),
  }
  const normalEnergyLevel = energyLevelOf(conference.document)
  listenForControls({
    ...{ scope, leg: participant.leg, bindings, normalEnergyLevel, target, clock, log },
  })
}
