import { join } from 'node:path'
import { socketPath, type ObjectEvent } from '#contract/events'
import type { Status } from '#contract/studio'
import packageJson from '../package.json' with { type: 'json' }
import { buildCalls } from './calls.ts'
import { openData, writeCredentials } from './data-folder.ts'
import type { Engine, EngineHealth } from './engine/port.ts'
import { createAccounts, type Accounts } from './modules/accounts/accounts.ts'
import { accountRoutes } from './modules/accounts/routes.ts'
import { createAudio } from './modules/audio/audio.ts'
import { createBatches } from './modules/batches/batches.ts'
import { batchRoutes } from './modules/batches/routes.ts'
import { createBoard } from './modules/board/board.ts'
import { boardRoutes } from './modules/board/routes.ts'
import { createEditing } from './modules/editing/editing.ts'
import { editingRoutes } from './modules/editing/routes.ts'
import { createJobs } from './modules/jobs/jobs.ts'
import { jobRoutes } from './modules/jobs/routes.ts'
import { conferenceBindings, publishConferenceEvents } from './modules/live/conference-feed.ts'
import { objectBindings, publishObjectEvents } from './modules/live/live.ts'
import { liveRoutes } from './modules/live/routes.ts'
import { createMeasuring } from './modules/measuring/measuring.ts'
import { measuringRoutes } from './modules/measuring/routes.ts'
import { createMedia } from './modules/media/media.ts'
import { mediaRoutes } from './modules/media/routes.ts'
import { createPrompts } from './modules/prompts/prompts.ts'
import { promptRoutes } from './modules/prompts/routes.ts'
import { settingsRoutes } from './modules/settings/routes.ts'
import { createRendering } from './modules/rendering/rendering.ts'
import { createSettings } from './modules/settings/settings.ts'
import { createEspeak } from './modules/speech/espeak.ts'
import { createSpeech } from './modules/speech/speech.ts'
import { studioRoutes } from './modules/studio/routes.ts'
import type { Telephony } from './modules/telephony/telephony.ts'
import { createWaveforms } from './modules/waveforms/waveforms.ts'
import { systemClock, type Clock } from './platform/clock.ts'
import { createDocuments } from './platform/documents/documents.ts'
import { createBus } from './platform/events/bus.ts'
import { listen, listenForSockets } from './platform/http/listen.ts'
import { createOriginPolicy } from './platform/http/origin.ts'
import type { Principal, Route } from './platform/http/route.ts'
import { createServer } from './platform/http/server.ts'
import { createSockets } from './platform/http/sockets.ts'
import { createValidator } from './platform/http/validate.ts'
import type { Log } from './platform/log.ts'
import { createProcesses } from './platform/process/process.ts'
import { createScope, type Scope } from './platform/scope.ts'
import { createWorkers } from './platform/workers/workers.ts'

/** The backend: everything is built here, in order, and stopped in the reverse one. No Electron. */
export type App = {
  /** `http://127.0.0.1:PORT`, no trailing slash. */
  url: string
  accountId: string
  /** Administers this installation until the process ends. */
  launchToken: string
  /** Where SIP is heard, such as `127.0.0.1:5060`; null when it is not. */
  sip: string | null
  /** How the engine keeps time, and how much there is in it. */
  engineHealth: () => Promise<EngineHealth>
  /** Finishes what was accepted, then stops everything. Idempotent. */
  close: () => Promise<void>
}

export type AppOptions = {
  dataDir: string
  /** 0 picks a free one. */
  port: number
  /** Address to listen on; loopback unless somebody chose otherwise. */
  host?: string
  /** Folder of the built renderer. */
  rendererDir?: string
  /** A port of its own for websockets, as KAZOO has it. */
  socketPort?: number
  /**
   * For SIP, instead of the one in the settings; 0 picks a free one. Starting fails when it is taken,
   * while a taken port of the settings only leaves SIP out.
   */
  sipPort?: number | undefined
  log: Log
  clock?: Clock
  /** Another one behind the port, for benches. */
  engine?: (deps: { scope: Scope; log: Log }) => Promise<Engine>
}

const { version } = packageJson

/**
 * Starts the backend on a data folder. Rejects with a sentence for people when the folder is in use,
 * damaged or from a newer version, or the port is taken; nothing is left running then.
 */
export const createApp = async (options: AppOptions): Promise<App> => {
  const scope = createScope('app')
  try {
    return await build(options, scope)
  } catch (error) {
    await scope.dispose()
    throw error
  }
}

const build = async (options: AppOptions, scope: Scope): Promise<App> => {
  const { dataDir, port, log, clock = systemClock, host = '127.0.0.1' } = options
  const nowMs = clock.nowMs
  const { db, blobs, incomingDir } = await openData(dataDir, scope, log)

  const bus = createBus<ObjectEvent>((error) => log.error('event listener failed', { error }))
  const documents = createDocuments({ db, clock })
  const validator = createValidator()
  const processes = createProcesses({ scope: scope.child('processes'), log })

  const settings = createSettings({ db, events: bus })
  const defaultLanguage = () => settings.get().default_language
  const accounts = createAccounts({ db, documents, clock, defaultLanguage })
  const { accountId, credentials } = await accounts.ensureMaster()
  if (credentials) await writeCredentials(dataDir, credentials, log)

  const audio = createAudio({ processes, log })
  const speech = createSpeech({ engine: createEspeak({ processes }), log })
  const shared = {
    ...{ db, documents, blobs, audio, validator, clock, log, events: bus },
    settings: settings.get,
  }
  const jobs = createJobs({ ...shared, scope: scope.child('jobs') })
  const media = createMedia({ ...shared, speech })
  const prompts = createPrompts({ ...shared, media, jobs })
  const workers = createWorkers({ ...shared, scope: scope.child('workers') })
  const waveforms = createWaveforms({ ...shared, workers, scope: scope.child('waveforms') })
  const measuring = createMeasuring({
    ...{ ...shared, waveforms, workers },
    scope: scope.child('measuring'),
  })
  const rendering = createRendering({ processes, pcm: waveforms.pcm })
  const editing = await createEditing({
    ...{ ...shared, media, waveforms, rendering, jobs, defaultLanguage },
    scope: scope.child('editing'),
    folder: join(dataDir, 'renders'),
  })
  const batches = createBatches({
    ...{ ...shared, media, jobs, waveforms, measuring, rendering },
    readySource: editing.sources.ready,
  })

  const calls = await buildCalls({
    ...{ ...shared, accounts, accountId, media, processes, speech },
    ...{ scope, version, dataDir, sipPort: options.sipPort, openEngine: options.engine },
  })
  const { telephony } = calls

  const status = async (principal: Principal): Promise<Status> => ({
    version,
    account: accountOf(accounts, principal),
    is_admin: principal.isAdmin,
    asked_by: calls.askedBy(principal),
    default_language: defaultLanguage(),
    max_upload_size: settings.get().max_upload_size,
    tools: [...(await audio.tools()), await speech.tool()],
    ...sipStatusOf(telephony),
    ...(principal.isAdmin && { data_folder: dataDir }),
  })

  // Requests end before what they use is stopped.
  const edge = createScope('edge')
  scope.add(edge.dispose)
  const origins = createOriginPolicy({
    bind: host,
    allowedOrigins: () => settings.get().allowed_origins,
  })
  const { rooms, engine, feed, history, askedBy } = calls
  const board = createBoard({
    ...{ rooms, engine, history, look: feed.look, nowMs },
    scope: edge.child('board'),
  })
  const sockets = createSockets({
    scope: edge.child('sockets'),
    log,
    authority: accounts,
    origins,
    kinds: [objectBindings, conferenceBindings(feed), board.levels.bindings],
    nowMs,
  })
  publishObjectEvents({ scope: edge, bus, sockets })
  publishConferenceEvents({
    ...{ scope: edge, bus: calls.happenings, sockets, feed },
    published: () => settings.get().publish_participant_event,
  })
  board.levels.publish(sockets)

  const routes: Route[] = [
    ...accountRoutes(accounts),
    ...mediaRoutes(media, blobs),
    ...promptRoutes(prompts, { settings: settings.get, incomingDir }),
    ...studioRoutes({ waveforms, media, blobs, speech, status }),
    ...measuringRoutes({ measuring, media, checkSources: editing.sources.checkList }),
    ...editingRoutes({ editing, media, blobs, waveforms, rendering }),
    ...batchRoutes(batches),
    ...jobRoutes(jobs),
    ...calls.routes,
    ...boardRoutes({ board, askedBy }),
    ...settingsRoutes(settings),
    ...liveRoutes(sockets),
  ]
  const server = await createServer({
    ...{ routes, origins, version, log, validator },
    authority: accounts,
    bodyLimit: () => settings.get().max_upload_size,
    rendererDir: options.rendererDir,
    now: () => new Date(nowMs()),
  })
  sockets.attach(server.server, socketPath)
  const url = await listen({ scope: edge, server, host, port })
  if (options.socketPort !== undefined) {
    await listenForSockets({ scope: edge, sockets, host, port: options.socketPort })
  }
  blobs.collect().catch((error: unknown) => log.warn('collecting blobs failed', { error }))

  const close = async () => {
    // Calls first: who talks is told why it ends, and requests that wait for a phone are answered.
    await telephony.close()
    await edge.dispose()
    await scope.dispose()
  }
  return {
    ...{ url, accountId, launchToken: accounts.launchToken, close },
    ...{ sip: telephony.address(), engineHealth: engine.health },
  }
}

const sipStatusOf = (telephony: Telephony): Pick<Status, 'sip' | 'sip_problem'> => {
  const problem = telephony.problem()
  return { sip: telephony.address(), ...(problem !== undefined && { sip_problem: problem }) }
}

const accountOf = (accounts: Accounts, { accountId }: Principal): Status['account'] => {
  const { id, name } = accounts.get(accountId)
  return { id, name }
}
