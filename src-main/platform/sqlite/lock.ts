import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

const SQLITE_BUSY = 5

const isBusy = (error: unknown): boolean =>
  error instanceof Error && 'errcode' in error && error.errcode === SQLITE_BUSY

const acquire = (path: string): DatabaseSync => {
  const handle = new DatabaseSync(path, { timeout: 0 })
  try {
    handle.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE')
    return handle
  } catch (error) {
    handle.close()
    throw error
  }
}

/**
 * Keeps a data folder to one process. The lock is an open exclusive transaction on a file of its own:
 * the operating system drops it with the process, however that ends, so no stale lock can remain.
 * Throws a sentence for people when another process holds it, or nothing can be written there.
 */
export const lockFolder = (folder: string): (() => void) => {
  try {
    const handle = acquire(join(folder, 'patchbay.lock'))
    return () => handle.close()
  } catch (error) {
    const why = isBusy(error)
      ? 'is in use by another Patchbay: close that one'
      : 'cannot be written: allow that'
    const message = `the data folder ${folder} ${why}, or choose another folder with --data`
    throw new Error(message, { cause: error })
  }
}
