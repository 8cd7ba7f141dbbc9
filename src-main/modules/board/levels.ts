import type { LevelsEvent } from '#contract/board'
import type { BindingKind } from '../../platform/http/socket-commands.ts'
import type { Sockets } from '../../platform/http/sockets.ts'
import type { Scope } from '../../platform/scope.ts'
import type { Room, Rooms } from '../conferences/conferences.ts'

/**
 * Levels of those who are in a conference, while somebody listens to `studio.levels.{CONFERENCE_ID}`; nothing is looked at
 * otherwise. They have no number and are not kept: the next ones replace them.
 */
export type Levels = {
  readonly bindings: BindingKind
  /** Publishes from now on. */
  readonly publish: (sockets: Pick<Sockets, 'publish'>) => void
}

/** Five times a second: faster than the eye wants, slow enough for a thousand of them. */
const PERIOD_MS = 200

const prefix = 'studio.levels.'

export const createLevels = (deps: {
  scope: Scope
  rooms: Pick<Rooms, 'get'>
  nowMs: () => number
}): Levels => {
  const { scope, rooms, nowMs } = deps
  const watching = new Map<string, () => void>()
  let sockets: Pick<Sockets, 'publish'> | undefined

  const watch = (accountId: string, binding: string): (() => void) => {
    const conferenceId = binding.slice(prefix.length)
    let told: { readonly instanceId: string; readonly energies: Map<number, number> } | undefined
    let isLooking = false

    const changesOf = ({ instanceId, participants }: Room): LevelsEvent['levels'] => {
      if (told?.instanceId !== instanceId) told = { instanceId, energies: new Map() }
      const before = told.energies
      const energies = new Map(
        participants.map((each) => [each.participantId, Math.round(each.currentEnergy)]),
      )
      told = { instanceId, energies }
      return participants.flatMap(({ participantId, talkedMs }) => {
        const energy = energies.get(participantId) ?? 0
        const hasChanged = energy !== (before.get(participantId) ?? 0)
        return hasChanged ? [[participantId, energy, Math.round(talkedMs)] as const] : []
      })
    }

    const tell = (room: Room) => {
      const levels = changesOf(room)
      if (levels.length === 0) return
      const event: LevelsEvent = {
        event: 'levels',
        account_id: accountId,
        conference_id: conferenceId,
        instance_id: room.instanceId,
        at_ms: nowMs(),
        levels,
      }
      sockets?.publish({
        ...{ accountId, name: 'levels', routingKey: binding, data: { ...event } },
        matches: (wanted) => wanted === binding,
      })
    }

    const look = async () => {
      const room = rooms.get(accountId, conferenceId)
      if (!room || isLooking) return
      isLooking = true
      await room.refresh()
      isLooking = false
      tell(room)
    }
    return scope.interval(() => void look(), PERIOD_MS)
  }

  return {
    bindings: {
      refusal: (binding) => {
        if (!binding.startsWith(prefix)) return null
        const id = binding.slice(prefix.length)
        return id === '' || id === '*' ? 'ConferenceId required' : undefined
      },
      interest: ({ accountId, binding }, isWanted) => {
        const key = `${accountId} ${binding}`
        watching.get(key)?.()
        watching.delete(key)
        if (isWanted) watching.set(key, watch(accountId, binding))
      },
    },
    publish: (to) => {
      sockets = to
    },
  }
}
