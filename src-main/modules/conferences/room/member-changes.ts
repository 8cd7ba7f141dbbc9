import type { Engine } from '../../../engine/port.ts'
import type { ControlSettings } from '../controls/controls.ts'
import type { Seat } from './seat.ts'
import type { Telling } from './telling.ts'

export type MemberChange = Partial<Omit<ControlSettings, 'isLocked'>>

type State = 'speak' | 'hear'

const eventOf = {
  speak: { true: 'unmute-member', false: 'mute-member' },
  hear: { true: 'undeaf-member', false: 'deaf-member' },
} as const

const commands = {
  speak: { true: 'unmute_participant', false: 'mute_participant' },
  hear: { true: 'undeaf_participant', false: 'deaf_participant' },
} as const

/** What KAZOO calls what is asked for. Levels and gains have no command of it. */
export const commandsOf = ({ speak, hear }: MemberChange): readonly string[] => [
  ...(speak === undefined ? [] : [commands.speak[`${speak}`]]),
  ...(hear === undefined ? [] : [commands.hear[`${hear}`]]),
]

/** Of a change what is different from what is. */
const differences = ({ participant }: Seat, change: MemberChange): MemberChange => {
  const different = Object.entries(change).filter(
    ([key, value]) => participant[key as keyof MemberChange] !== value,
  )
  return Object.fromEntries(different)
}

const adopt = (seat: Seat, change: MemberChange) => {
  Object.assign(seat.participant, change)
  if (change.speak === true) seat.participant.muteDetect = false
}

/**
 * Changes what a participant may do. It is so at once for whoever asks, and told when the engine does so; what is so
 * already is neither done nor told.
 */
export const createMemberChanges =
  (deps: {
    engine: Engine
    telling: Telling
    /** For the participant to hear. */
    stateChanged: (seat: Seat, change: { speak?: boolean; hear?: boolean }) => void
  }) =>
  async (seat: Seat, wanted: MemberChange): Promise<void> => {
    const { engine, telling, stateChanged } = deps
    const change = differences(seat, wanted)
    if (Object.keys(change).length === 0) return
    adopt(seat, change)
    try {
      await engine.setMember(seat.participant.leg.legId, change)
    } catch (error) {
      // Who left meanwhile needs no change any more.
      if (seat.scope.signal.aborted) return
      throw error
    }
    if (seat.scope.signal.aborted) return
    const { speak, hear } = change
    const states = { ...(speak !== undefined && { speak }), ...(hear !== undefined && { hear }) }
    for (const [state, value] of Object.entries(states))
      telling.participant(eventOf[state as State][`${value}`], seat.participant, states)
    stateChanged(seat, states)
  }
