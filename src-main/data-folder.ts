import { chmod, mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Credentials } from './modules/accounts/accounts.ts'
import { openBlobs } from './platform/blobs/blobs.ts'
import type { Log } from './platform/log.ts'
import type { Scope } from './platform/scope.ts'
import { lockFolder } from './platform/sqlite/lock.ts'
import { openDatabase, type Database } from './platform/sqlite/sqlite.ts'

/** Everything of an installation that is on disk; one process at a time. */
export const openData = async (dataDir: string, scope: Scope, log: Log) => {
  await mkdir(dataDir, { recursive: true, mode: 0o700 })
  scope.add(lockFolder(dataDir))
  const db: Database = openDatabase({ path: join(dataDir, 'patchbay.sqlite'), log })
  scope.add(db.close)
  const blobs = await openBlobs({ folder: join(dataDir, 'blobs'), log })
  const incomingDir = join(dataDir, 'incoming')
  await rm(incomingDir, { recursive: true, force: true })
  await mkdir(incomingDir, { mode: 0o700 })
  return { db, blobs, incomingDir }
}

/** The first administrator's password and API key, in a file only its owner can read. */
export const writeCredentials = async (dataDir: string, credentials: Credentials, log: Log) => {
  const path = join(dataDir, 'credentials.json')
  await writeFile(path, `${JSON.stringify(credentials, undefined, 2)}\n`, { mode: 0o600 })
  await chmod(path, 0o600)
  log.info('created the first account', { file: path })
}
