import type { Engine } from '../../../engine/port.ts'
import type { Clock } from '../../../platform/clock.ts'
import type { Scope } from '../../../platform/scope.ts'
import { LegError, type IncomingLeg } from '../../legs/legs.ts'
import type { ConferenceCollection } from '../collection.ts'
import type { Conference } from '../room/rooms.ts'
import { leadIn, type CallerDeps } from './caller.ts'
import { createNames } from './names.ts'
import { createPinGuard } from './pin-guard.ts'
import type { Role } from './types.ts'

type Called = { readonly conference: Conference; readonly role: Role | undefined }

/** Takes calls to conferences; who called what is none hears 404. */
export type Joining = (incoming: IncomingLeg) => void

export const createJoining = (
  deps: Pick<CallerDeps, 'rooms' | 'plays' | 'language' | 'note' | 'log'> & {
    scope: Scope
    clock: Clock
    conferences: Pick<ConferenceCollection, 'byNumber' | 'byId'>
    engine: Engine
    /** Of the data folder, only for the names callers say: what an earlier run left there is removed. */
    namesDir: string
  },
): Joining => {
  const { scope, conferences, rooms, engine, log } = deps
  const names = createNames({ engine, folder: deps.namesDir })
  const guard = createPinGuard(deps)
  scope.add(engine.on(names.heard))

  /** By number, by id, or by the id of one that somebody dialled into being. */
  const find = ({ accountId, dialled }: IncomingLeg): Called | undefined => {
    const numbered = conferences.byNumber(accountId, dialled)
    if (numbered) return numbered
    const conference =
      conferences.byId(accountId, dialled) ?? rooms.get(accountId, dialled)?.conference
    return conference && { conference, role: undefined }
  }

  const take = async (incoming: IncomingLeg) => {
    const found = find(incoming)
    if (!found) {
      incoming.reject(404)
      return
    }
    const leg = await incoming.answer()
    try {
      leadIn({ ...deps, names, guard }, { leg, ...found })
    } catch (error) {
      log.error('a caller could not be led in', { error, call: incoming.callId })
      leg.hangUp('NORMAL_TEMPORARY_FAILURE')
    }
  }

  return (incoming) => {
    take(incoming).catch((error: unknown) => {
      // Somebody else gave up, or has said why there is no leg.
      if (error instanceof LegError) return
      log.error('a call could not be answered', { error, call: incoming.callId })
      incoming.reject(500)
    })
  }
}
