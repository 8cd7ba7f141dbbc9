import { join } from 'node:path'
import type { ConferenceHappening } from '#contract/live-conferences'
import type { Engine } from '../../engine/port.ts'
import type { Blobs } from '../../platform/blobs/blobs.ts'
import type { Clock } from '../../platform/clock.ts'
import type { Documents } from '../../platform/documents/documents.ts'
import type { Bus } from '../../platform/events/bus.ts'
import type { ObjectEvent } from '#contract/events'
import type { Validator } from '../../platform/http/validate.ts'
import type { Log } from '../../platform/log.ts'
import type { Scope } from '../../platform/scope.ts'
import type { Database } from '../../platform/sqlite/sqlite.ts'
import type { Devices } from '../devices/devices.ts'
import type { Legs } from '../legs/legs.ts'
import type { Media } from '../media/media.ts'
import type { Playback } from '../playback/playback.ts'
import type { Registrar } from '../registrar/registrar.ts'
import { channelVarsOf } from './channel-vars.ts'
import { createCheck, type Check } from './check/check.ts'
import { createConferenceCollection, type ConferenceCollection } from './collection.ts'
import { createDialling, type Dialling } from './dial/dial.ts'
import { directoryOf } from './dial/directory.ts'
import type { Trunk } from './dial/target.ts'
import { createJoining } from './entry/joining.ts'
import { createPlays } from './room/plays.ts'
import { createRooms, type Conference, type Rooms } from './room/rooms.ts'

export { runningRoom } from './refusals.ts'
export { toLiveConference, type Participant, type Room, type Rooms } from './room/rooms.ts'

/**
 * Conferences: what is configured, what runs, how callers get in and how people are called. Calls to numbers and ids of
 * conferences are taken from `legs`; what happens is told on `happenings`.
 */
export type Conferences = {
  readonly conferences: ConferenceCollection
  readonly rooms: Rooms
  readonly dialling: Dialling
  readonly check: Check
}

export const createConferences = (deps: {
  scope: Scope
  log: Log
  clock: Clock
  db: Database
  documents: Documents
  validator: Validator
  events: Bus<ObjectEvent>
  happenings: Bus<ConferenceHappening>
  engine: Engine
  legs: Legs
  playback: Playback
  media: Pick<Media, 'create' | 'list'>
  blobs: Pick<Blobs, 'newPath'>
  devices: Devices
  registrar: Pick<Registrar, 'contactsOf'>
  trunk: () => Trunk
  /** SIP domain of an account. */
  domainOf: (accountId: string) => string
  /** Language of an account's prompts. */
  languageOf: (accountId: string) => string
  /** Whether somebody may call who proved nothing. */
  strangersMayCall: () => boolean
  dataDir: string
}): Conferences => {
  const { scope, log, happenings, legs, documents, domainOf, languageOf, dataDir } = deps
  const conferences = createConferenceCollection(deps)

  const language = ({ accountId, document }: Conference) =>
    document.language ?? languageOf(accountId)

  const note = ({ accountId, id }: Conference, text: string) => {
    log.info('conference note', { conference: id, text })
    happenings.emit({ event: 'note', account_id: accountId, conference_id: id, text })
  }

  const plays = createPlays(deps)
  const rooms = createRooms({
    ...{ ...deps, plays, scope: scope.child('rooms'), events: happenings, note },
    language,
    channelVarsOf: channelVarsOf({ documents, domainOf, nowMs: deps.clock.nowMs }),
    recordingsDir: join(dataDir, 'recordings'),
  })
  const dialling = createDialling({
    ...{ ...deps, rooms, conferences, emit: happenings.emit },
    directoryOf: directoryOf({ ...deps, rooms, conferences }),
  })
  legs.take(
    createJoining({
      ...{ ...deps, plays, rooms, note, language, conferences },
      scope: scope.child('joining'),
      namesDir: join(dataDir, 'names'),
    }),
  )
  const check = createCheck({ ...deps, conferences, language })
  return { conferences, rooms, dialling, check }
}
