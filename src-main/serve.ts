/**
 * The headless host: the same API and interface without a window. Its contract with whoever starts it:
 * one line of JSON on stdout when ready, logs on stderr, SIGTERM ends it cleanly within five seconds.
 */
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { env, platform } from 'node:process'
import { createApp, type App } from './app.ts'
import { defaultDataDir } from './platform/data-dir.ts'
import { createLog } from './platform/log.ts'
import { isLoopback, parseServeArgs, usage, UsageError } from './serve-options.ts'

const log = createLog()
const closeLimitMs = 4500

const fail = (message: string, exitCode: number): never => {
  process.stderr.write(`patchbay: ${message}\n`)
  process.exit(exitCode)
}

const options = () => {
  try {
    return parseServeArgs(process.argv.slice(2))
  } catch (error) {
    if (error instanceof UsageError) return fail(`${error.message}\n${usage}`, 2)
    throw error
  }
}

const start = (): Promise<App> => {
  const { port, bind, dataDir, socketPort, sipPort } = options()
  if (!isLoopback(bind)) {
    log.warn('serving beyond this machine: everyone who reaches the address can try to log in', {
      bind,
    })
  }
  return createApp({
    dataDir: resolve(dataDir ?? defaultDataDir({ platform, env, home: homedir() })),
    port,
    host: bind,
    rendererDir: join(import.meta.dirname, '../renderer'),
    log,
    ...(socketPort !== undefined && { socketPort }),
    ...(sipPort !== undefined && { sipPort }),
  })
}

const starting = start()

let stopping = false
// Ctrl+C reaches a process from the terminal and once more through npm: the second must not cut short.
const stop = async (signal: string) => {
  if (stopping) return
  stopping = true
  log.info('stopping', { signal })
  // Acknowledged writes are already on disk; a client that never hangs up must not hold the exit.
  setTimeout(() => process.exit(0), closeLimitMs).unref()
  try {
    await (await starting).close()
    process.exit(0)
  } catch (error) {
    log.error('stopping failed', { error })
    process.exit(1)
  }
}
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void stop(signal))

try {
  const { url, accountId, launchToken, sip } = await starting
  const ready = { url, account_id: accountId, auth_token: launchToken, sip }
  process.stdout.write(`${JSON.stringify(ready)}\n`)
} catch (error) {
  fail(error instanceof Error ? error.message : String(error), 1)
}
