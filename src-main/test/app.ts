import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createApp, type App, type AppOptions } from '../app.ts'
import { silentLog } from '../platform/log.ts'

/** A running backend on a fresh data folder, for tests. */
export type TestApp = App & {
  dataDir: string
  /** Calls `path` as the administrator; `json` becomes the body. */
  call: (method: string, path: string, options?: CallOptions) => Promise<Called>
  /** Stops it and removes the folder. */
  dispose: () => Promise<void>
}

export type CallOptions = {
  json?: unknown
  body?: string | Buffer
  headers?: Record<string, string>
  token?: string | null
}

export type Called = {
  status: number
  headers: Headers
  /** The parsed envelope; empty when the answer is no JSON. */
  envelope: Envelope
  bytes: Buffer
}

export type Envelope = {
  data: any
  status: string
  error?: string
  message?: string
  request_id: string
  revision?: string
  auth_token?: string
  page_size?: number
  start_key?: string
  next_start_key?: string
}

const parse = (bytes: Buffer, headers: Headers): Envelope =>
  headers.get('content-type') === 'application/json'
    ? (JSON.parse(bytes.toString()) as Envelope)
    : ({} as Envelope)

export const startApp = async (options: Partial<AppOptions> = {}): Promise<TestApp> => {
  const dataDir = options.dataDir ?? (await mkdtemp(join(tmpdir(), 'patchbay-')))
  const app = await createApp({ port: 0, sipPort: 0, log: silentLog, ...options, dataDir })
  return {
    ...app,
    dataDir,
    call: async (method, path, { json, body, headers = {}, token = app.launchToken } = {}) => {
      const sent = json === undefined ? body : JSON.stringify(json)
      const response = await fetch(`${app.url}${path}`, {
        method,
        ...(sent !== undefined && { body: typeof sent === 'string' ? sent : new Uint8Array(sent) }),
        headers: {
          ...(token !== null && { 'x-auth-token': token }),
          ...(json !== undefined && { 'content-type': 'application/json' }),
          ...headers,
        },
      })
      const bytes = Buffer.from(await response.arrayBuffer())
      return {
        status: response.status,
        headers: response.headers,
        envelope: parse(bytes, response.headers),
        bytes,
      }
    },
    dispose: async () => {
      await app.close()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}
