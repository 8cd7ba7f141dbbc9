import type { DatabaseSync } from 'node:sqlite'
import type { Log } from '../log.ts'
import { documents } from './migrations/0001-documents.ts'
import { editing } from './migrations/0002-editing.ts'
import { batches } from './migrations/0003-batches.ts'
import { devices } from './migrations/0004-devices.ts'
import { conferences } from './migrations/0005-conferences.ts'
import { conferenceHistory } from './migrations/0006-conference-history.ts'

/** In order, never edited once released: the position is the version stored in the file. */
const migrations: readonly { name: string; sql: string }[] = [
  { name: '0001-documents', sql: documents },
  { name: '0002-editing', sql: editing },
  { name: '0003-batches', sql: batches },
  { name: '0004-devices', sql: devices },
  { name: '0005-conferences', sql: conferences },
  { name: '0006-conference-history', sql: conferenceHistory },
]

/** Brings the file to the newest version, each step in its own transaction. Refuses newer files. */
export const migrate = (handle: DatabaseSync, log: Log): void => {
  const at = Number(handle.prepare('PRAGMA user_version').get()?.user_version)
  if (at > migrations.length) {
    throw new Error(
      `the data folder was written by a newer Patchbay (version ${at}, this one knows ${migrations.length}): update Patchbay to open it`,
    )
  }
  migrations.slice(at).forEach(({ name, sql }, index) => {
    handle.exec(`BEGIN IMMEDIATE;\n${sql};\nPRAGMA user_version = ${at + index + 1};\nCOMMIT;`)
    log.info('migrated', { migration: name })
  })
}
