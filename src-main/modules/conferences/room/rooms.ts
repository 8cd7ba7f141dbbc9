import { randomUUID } from 'node:crypto'
import type { ConferenceHappening } from '#contract/live-conferences'
import type { CustomChannelVars } from '#contract/participants'
import type { EngineEvent } from '../../../engine/port.ts'
import type { Blobs } from '../../../platform/blobs/blobs.ts'
import type { Bus } from '../../../platform/events/bus.ts'
import type { Scope } from '../../../platform/scope.ts'
import type { Leg } from '../../legs/legs.ts'
import type { Media } from '../../media/media.ts'
import { createRecordings } from './recordings.ts'
import { createRoom, type RoomDeps, type RunningRoom } from './room.ts'
import { createTelling } from './telling.ts'
import { RoomRefused, type Conference, type Rooms } from './types.ts'

export { RoomRefused } from './types.ts'
export { countsOf, toLiveConference, toParticipantView } from './views.ts'
export type {
  Admission,
  Conference,
  Participant,
  Room,
  RoomActions,
  RoomRefusal,
  Rooms,
} from './types.ts'

/** A conference belongs to an account, and two accounts may dial the same id into being. */
const keyOf = (accountId: string, conferenceId: string): string => `${accountId}/${conferenceId}`

/**
 * Recordings an earlier run left on disk are brought in from now on. What is closed with the scope: everybody is hung
 * up, recordings are saved.
 */
export const createRooms = (
  deps: Omit<RoomDeps, 'recordings'> & {
    scope: Scope
    media: Pick<Media, 'create' | 'list'>
    blobs: Pick<Blobs, 'newPath'>
    channelVarsOf: (leg: Leg) => CustomChannelVars
    events: Pick<Bus<ConferenceHappening>, 'emit'>
    /** Of the data folder: recordings that are not yet in the library. */
    recordingsDir: string
  },
): Rooms => {
  const { scope, engine, log, events } = deps
  // Rooms that run, and those of them that can be joined; one that ends may have a successor already.
  const running = new Map<string, RunningRoom>()
  const current = new Map<string, RunningRoom>()
  const roomOfLeg = new Map<string, RunningRoom>()
  const listeners = new Set<(conferenceId: string) => void>()
  let participants = 0
  let isClosing = false

  const recordings = createRecordings({ ...deps, folder: deps.recordingsDir })
  const recovered = recordings.recover().catch((error: unknown) => {
    log.error('interrupted recordings cannot be looked for', { error })
  })

  const hear = (event: EngineEvent) => {
    recordings.heard(event)
    const ofRoom = 'roomId' in event ? running.get(event.roomId) : undefined
    const room = ofRoom ?? ('legId' in event ? roomOfLeg.get(event.legId ?? '') : undefined)
    room?.heard(event)
  }
  scope.add(engine.on(hear))

  const open = (conference: Conference): RunningRoom => {
    const instanceId = randomUUID()
    const key = keyOf(conference.accountId, conference.id)
    const room = createRoom(
      { ...deps, recordings },
      {
        ...{ conference, instanceId },
        scope: scope.child(`conference ${conference.id}`),
        telling: createTelling({ emit: events.emit, conference, instanceId }),
        changed: () => {
          for (const listener of listeners) listener(conference.id)
        },
        over: () => void current.delete(key),
      },
    )
    current.set(key, room)
    running.set(instanceId, room)
    void room.ended.then(() => running.delete(instanceId))
    return room
  }

  const close = async () => {
    isClosing = true
    await recovered
    const rooms = [...running.values()]
    for (const room of rooms) room.hangUpAll('The server stops')
    await Promise.all(rooms.map(({ ended }) => ended))
  }
  scope.add(close)

  const visible = (room: RunningRoom | undefined) =>
    room && room.participants.length > 0 ? room : undefined

  return {
    get: (accountId, conferenceId) => visible(current.get(keyOf(accountId, conferenceId))),
    ofAccount: (accountId) =>
      [...current.values()].filter(
        (room) => room.conference.accountId === accountId && visible(room),
      ),
    admit: async (admission) => {
      const { conference, leg } = admission
      if (isClosing || leg.scope.signal.aborted) throw new RoomRefused('gone')
      // Whatever can fail comes first: a room that was opened for nobody would never end.
      const channelVars = deps.channelVarsOf(leg)
      const room = current.get(keyOf(conference.accountId, conference.id)) ?? open(conference)
      roomOfLeg.set(leg.legId, room)
      leg.scope.add(() => void roomOfLeg.delete(leg.legId))
      return room.admit(admission, { participantId: (participants += 1), channelVars })
    },
    onChange: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    close,
  }
}
