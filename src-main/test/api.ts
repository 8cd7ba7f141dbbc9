import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ObjectEvent } from '#contract/events'
import { createAccounts } from '../modules/accounts/accounts.ts'
import { systemClock, type Clock } from '../platform/clock.ts'
import { createDocuments, type Documents } from '../platform/documents/documents.ts'
import { createBus, type Bus } from '../platform/events/bus.ts'
import { listen } from '../platform/http/listen.ts'
import { createOriginPolicy } from '../platform/http/origin.ts'
import type { Route } from '../platform/http/route.ts'
import { createServer } from '../platform/http/server.ts'
import { createValidator, type Validator } from '../platform/http/validate.ts'
import { silentLog, type Log } from '../platform/log.ts'
import { createScope, type Scope } from '../platform/scope.ts'
import { openDatabase, type Database } from '../platform/sqlite/sqlite.ts'
import type { Envelope } from './app.ts'

/** What modules are made of, on a fresh data folder. */
export type ApiParts = {
  scope: Scope
  db: Database
  documents: Documents
  validator: Validator
  events: Bus<ObjectEvent>
  clock: Clock
  log: Log
  protect: (username: string, password: string) => Promise<{ md5: string; sha1: string }>
  accountId: string
}

export type TestApi = {
  accountId: string
  /** Calls a path of the account, such as `/conferences`, as the administrator; `json` is the whole body. */
  call: (method: string, path: string, json?: unknown, more?: CallOptions) => Called
  dispose: () => Promise<void>
}

type CallOptions = { headers?: Record<string, string>; signal?: AbortSignal }

type Called = Promise<{ status: number; headers: Headers; envelope: Envelope & { metadata?: any } }>

/** A server with some routes alone, and the parts of the tests' choice behind them. */
export const startApi = async (routesOf: (parts: ApiParts) => Route[]): Promise<TestApi> => {
  const scope = createScope('api')
  const dataDir = await mkdtemp(join(tmpdir(), 'patchbay-api-'))
  scope.add(() => rm(dataDir, { recursive: true, force: true }))
  const log = silentLog
  const clock = systemClock
  const db = openDatabase({ path: join(dataDir, 'patchbay.sqlite'), log })
  scope.add(db.close)
  const documents = createDocuments({ db, clock })
  const accounts = createAccounts({ db, documents, clock, defaultLanguage: () => 'en-us' })
  const { accountId } = await accounts.ensureMaster()
  const validator = createValidator()
  const events = createBus<ObjectEvent>(() => undefined)
  const protect = accounts.hashesOf
  const server = await createServer({
    routes: routesOf({
      ...{ scope, db, documents, validator, events, clock, log, protect, accountId },
    }),
    origins: createOriginPolicy({ bind: '127.0.0.1', allowedOrigins: () => [] }),
    version: '0.0.0',
    ...{ log, validator, authority: accounts, rendererDir: undefined },
    bodyLimit: () => 1_000_000,
    now: () => new Date(clock.nowMs()),
  })
  const url = await listen({ scope, server, host: '127.0.0.1', port: 0 })
  return {
    accountId,
    call: async (method, path, json, { headers = {}, signal } = {}) => {
      const response = await fetch(`${url}/v2/accounts/${accountId}${path}`, {
        method,
        ...(signal && { signal }),
        headers: { 'x-auth-token': accounts.launchToken, ...headers },
        ...(json !== undefined && { body: JSON.stringify(json) }),
      })
      const text = await response.text()
      const envelope = (text === '' ? {} : JSON.parse(text)) as Envelope
      return { status: response.status, headers: response.headers, envelope }
    },
    dispose: scope.dispose,
  }
}
