import { hostname } from 'node:os'
import { join } from 'node:path'
import type { ObjectEvent } from '#contract/events'
import type { ConferenceHappening } from '#contract/live-conferences'
import type { Settings } from '#contract/studio'
import { createEngine } from './engine/engine.ts'
import type { Engine } from './engine/port.ts'
import type { Accounts } from './modules/accounts/accounts.ts'
import { createAskedBy } from './modules/accounts/asked-by.ts'
import type { Audio } from './modules/audio/audio.ts'
import { createHistory } from './modules/board/board.ts'
import { createConferences } from './modules/conferences/conferences.ts'
import { dialRoutes } from './modules/conferences/dial/routes.ts'
import { conferenceFormRoutes } from './modules/conferences/form-routes.ts'
import { conferenceRoutes } from './modules/conferences/routes.ts'
import { createDevices } from './modules/devices/devices.ts'
import { deviceRoutes } from './modules/devices/routes.ts'
import { createLegs } from './modules/legs/legs.ts'
import { createConferenceFeed } from './modules/live/conference-feed.ts'
import { liveConferenceRoutes } from './modules/live/routes.ts'
import type { Media } from './modules/media/media.ts'
import { createPlayback } from './modules/playback/playback.ts'
import { createRegistrar } from './modules/registrar/registrar.ts'
import { sipSettingsRoutes } from './modules/settings/sip-routes.ts'
import { createSipSettings } from './modules/settings/sip-settings.ts'
import type { Speech } from './modules/speech/speech.ts'
import { telephonyRoutes } from './modules/telephony/routes.ts'
import { startTelephony } from './modules/telephony/telephony.ts'
import { userRoutes } from './modules/users/routes.ts'
import { createUsers } from './modules/users/users.ts'
import type { Blobs } from './platform/blobs/blobs.ts'
import type { Clock } from './platform/clock.ts'
import type { Documents } from './platform/documents/documents.ts'
import { createBus, type Bus } from './platform/events/bus.ts'
import type { Route } from './platform/http/route.ts'
import type { Validator } from './platform/http/validate.ts'
import type { Log } from './platform/log.ts'
import type { Processes } from './platform/process/process.ts'
import type { Scope } from './platform/scope.ts'
import type { Database } from './platform/sqlite/sqlite.ts'

export type CallsDeps = {
  /** Of the whole application. */
  scope: Scope
  version: string
  dataDir: string
  /** Instead of the one in the settings. */
  sipPort: number | undefined
  /** Another engine behind the port. */
  openEngine: ((deps: { scope: Scope; log: Log }) => Promise<Engine>) | undefined

  db: Database
  documents: Documents
  blobs: Blobs
  audio: Audio
  validator: Validator
  clock: Clock
  log: Log
  events: Bus<ObjectEvent>
  settings: () => Settings
  accounts: Accounts
  accountId: string
  media: Media
  processes: Processes
  speech: Speech
}

/** Everything about calls, built in order: people and phones, sound and SIP, and where they meet. */
export const buildCalls = async (deps: CallsDeps) => {
  const { openEngine = createEngine, version } = deps
  const { scope, dataDir, db, log, clock, accounts, accountId, events } = deps
  const child = (name: string) => ({ ...deps, scope: scope.child(name) })

  const users = createUsers({ ...deps, protect: accounts.hashesOf })
  const devices = createDevices(deps)
  const sipSettings = createSipSettings({ db, events })
  const mainDomain = () => sipSettings.get().realm || accounts.get(accountId).realm
  const domainOf = (id: string) => (id === accountId ? mainDomain() : accounts.get(id).realm)
  const accountOf = (domain: string) => accounts.idByRealm(domain) ?? accountId
  const phones = { devices, settings: sipSettings.get, accountOf, domainOf }
  const registrar = createRegistrar({ ...child('registrar'), ...phones })

  const engine = await openEngine({ scope: scope.child('engine'), log })
  const languageOf = (id: string) => accounts.get(id).language ?? deps.settings().default_language
  const playback = await createPlayback({
    ...child('playback'),
    folder: join(dataDir, 'playback'),
    accountLanguage: languageOf,
    defaultLanguage: () => deps.settings().default_language,
    allowPrivate: () => deps.settings().play_from_private_addresses,
  })
  const legs = createLegs({ ...child('legs'), ...phones, engine })
  const happenings = createBus<ConferenceHappening>((error) =>
    log.error('event listener failed', { error }),
  )
  const conferences = createConferences({
    ...{ ...child('conferences'), devices, registrar, domainOf, trunk: sipSettings.trunk },
    ...{ engine, playback, legs, happenings, languageOf, dataDir },
    strangersMayCall: () => {
      const { authenticate_calls: mustProve, trunk } = sipSettings.get()
      return !mustProve || trunk.host !== ''
    },
  })
  const { rooms } = conferences

  const feed = createConferenceFeed({ rooms, nowMs: clock.nowMs, hostname: hostname(), version })
  const history = createHistory({
    // Of the whole application: it hears of what ends when that stops.
    ...{ scope, db, clock, log, told: feed.record },
    instanceOf: ({ accountId: id, conferenceId }) => rooms.get(id, conferenceId)?.instanceId,
  })
  scope.add(happenings.on(history.record))

  const telephony = await startTelephony({
    ...{ log, clock, events, settings: sipSettings.get, realm: mainDomain },
    scope: scope.child('telephony'),
    product: `Patchbay ${version}`,
    port: deps.sipPort,
    participants: [registrar.serve, legs.serve],
  })

  const looking = () => ({ nowMs: clock.nowMs(), hostname: hostname() })
  const askedBy = createAskedBy({ ...deps, launchToken: accounts.launchToken })
  const routes: Route[] = [
    ...userRoutes(users),
    ...deviceRoutes(devices, registrar),
    ...telephonyRoutes(telephony, domainOf),
    ...sipSettingsRoutes(sipSettings, telephony.settled),
    ...conferenceRoutes({
      ...{ ...conferences, validator: deps.validator, looking, askedBy },
      tell: happenings.emit,
    }),
    ...conferenceFormRoutes({ ...conferences, looking }),
    ...dialRoutes({ ...conferences, askedBy }),
    ...liveConferenceRoutes({ feed, rooms }),
  ]
  return { telephony, happenings, feed, routes, rooms, engine, history, askedBy }
}
