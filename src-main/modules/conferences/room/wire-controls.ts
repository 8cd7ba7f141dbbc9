import type { Clock } from '../../../platform/clock.ts'
import type { Log } from '../../../platform/log.ts'
import { controlsOf } from '../controls/bindings.ts'
import type { ControlTarget } from '../controls/controls.ts'
import { listenForControls } from '../controls/listen.ts'
import { energyLevelOf, type Seat } from './seat.ts'
import type { Conference } from './types.ts'
import { commandsOf, type MemberChange } from './member-changes.ts'
import type { Telling } from './telling.ts'

/** Lets a participant change itself with its keys, as the conference's controls say. */
export const wireControls = (deps: {
  seat: Seat
  conference: Conference
  lock: { isLocked: () => boolean; set: (wanted: boolean, telling: Telling) => void }
  change: (seat: Seat, change: MemberChange) => Promise<void>
  telling: Telling
  note: (text: string) => void
  clock: Clock
  log: Log
}): void => {
  const { seat, conference, lock, change, note, clock, log } = deps
  const { participant, scope } = seat
  const { participantId, leg } = participant
  const own = deps.telling.as({
    kind: 'participant',
    participant_id: participantId,
    name: leg.party.name,
  })
  const { bindings, problems } = controlsOf(conference.document, participant.isModerator)
  problems.forEach(note)
  const target: ControlTarget = {
    settings: () => ({
      speak: participant.speak,
      hear: participant.hear,
      energyLevel: participant.energyLevel,
      gainInDb: participant.gainInDb,
      gainOutDb: participant.gainOutDb,
      isLocked: lock.isLocked(),
    }),
    change: async ({ isLocked: wanted, ...member }) => {
      if (wanted !== undefined) lock.set(wanted, own)
      for (const command of commandsOf(member)) {
        own.command(command, { participant_id: participantId })
      }
      await change(seat, member)
    },
    hangUp: () => leg.hangUp(),
  }
  const normalEnergyLevel = energyLevelOf(conference.document)
  listenForControls({
    ...{ scope, leg, bindings, normalEnergyLevel, target, clock, log },
  })
}
