import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { Agent, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createApp } from '../src-main/app.ts'
import { createDocuments } from '../src-main/platform/documents/documents.ts'
import { systemClock } from '../src-main/platform/clock.ts'
import { silentLog } from '../src-main/platform/log.ts'
import { openDatabase } from '../src-main/platform/sqlite/sqlite.ts'

/** What `serve` prints when it is ready, with the process behind it. */
export type Server = {
  url: string
  account_id: string
  auth_token: string
  process: ChildProcess
  /** From spawning to the line on stdout. */
  readyMs: number
  stop: () => Promise<void>
}

/** Starts the built headless host on a data folder and waits for its line. */
export const startServer = (dataDir: string): Promise<Server> =>
  new Promise((resolve, reject) => {
    const startedMs = performance.now()
    const child = spawn(process.execPath, ['out/main/serve.js', '--port', '0', '--data', dataDir], {
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    const exited = new Promise<void>((done) => child.once('exit', () => done()))
    child.once('error', reject)
    child.once('exit', (code) =>
      reject(new Error(`serve ended with ${String(code)}: run "npm run build" first`)),
    )
    let line = ''
    child.stdout.on('data', (chunk: Buffer) => {
      line += chunk.toString()
      if (!line.includes('\n')) return
      resolve({
        ...(JSON.parse(line) as Pick<Server, 'url' | 'account_id' | 'auth_token'>),
        process: child,
        readyMs: performance.now() - startedMs,
        stop: () => {
          child.kill('SIGTERM')
          return exited
        },
      })
    })
  })

export const withFolder = async <T>(use: (folder: string) => Promise<T>): Promise<T> => {
  const folder = await mkdtemp(join(tmpdir(), 'patchbay-bench-'))
  try {
    return await use(folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

const languages = ['en-us', 'fr-fr', 'de-de', 'es-es']

/** A data folder with `count` media documents, written as the product writes them. */
export const seedMedia = async (dataDir: string, count: number): Promise<string> => {
  const app = await createApp({ dataDir, port: 0, log: silentLog })
  await app.close()
  const db = openDatabase({ path: join(dataDir, 'patchbay.sqlite'), log: silentLog })
  const documents = createDocuments({ db, clock: systemClock })
  await db.write((tx) => {
    for (let index = 0; index < count; index += 1) {
      documents.create(
        tx,
        { accountId: app.accountId, type: 'media', id: index.toString(16).padStart(32, '0') },
        {
          body: {
            name: `Media ${index}`,
            description: `Document ${index} of a large library`,
            media_source: index % 3 === 0 ? 'tts' : 'upload',
            language: languages[index % languages.length],
            streamable: true,
            tts: { voice: 'female/en-US' },
            ui_metadata: { origin: 'bench', ui: 'bench', version: '1' },
          },
          private: {},
        },
      )
    }
  })
  await db.close()
  return app.accountId
}

export type Load = { requestsPerSecond: number; p50Ms: number; p99Ms: number }

const quantile = (sorted: readonly number[], q: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? 0

/** GETs `url` over and over on eight connections for `durationMs`. Every answer must be a 200. */
export const load = async (url: string, token: string, durationMs = 3000): Promise<Load> => {
  const agent = new Agent({ keepAlive: true, maxSockets: 8 })
  const once = () =>
    new Promise<void>((resolve, reject) => {
      request(url, { agent, headers: { 'x-auth-token': token } }, (response) => {
        response.resume()
        response.once('end', () => {
          if (response.statusCode === 200) resolve()
          else reject(new Error(`${url} answered ${String(response.statusCode)}`))
        })
      })
        .once('error', reject)
        .end()
    })
  const times: number[] = []
  const startMs = performance.now()
  const connection = async () => {
    while (performance.now() - startMs < durationMs) {
      const beforeMs = performance.now()
      await once()
      times.push(performance.now() - beforeMs)
    }
  }
  await Promise.all(Array.from({ length: 8 }, connection))
  const elapsedS = (performance.now() - startMs) / 1000
  agent.destroy()
  times.sort((a, b) => a - b)
  return {
    requestsPerSecond: times.length / elapsedS,
    p50Ms: quantile(times, 0.5),
    p99Ms: quantile(times, 0.99),
  }
}
