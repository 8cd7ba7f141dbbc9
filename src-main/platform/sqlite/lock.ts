import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

/**
 * Keeps a data folder to one process. The lock is an open exclusive transaction on a file of its own:
 * the operating system drops it with the process, however that ends, so no stale lock can remain.
 * Throws a sentence for people when another process holds it.
 */
export const lockFolder = (folder: string): (() => void) => {
  const handle = new DatabaseSync(join(folder, 'patchbay.lock'), { timeout: 0 })
  try {
    handle.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE')
  } catch (error) {
    handle.close()
    throw new Error(
      `the data folder ${folder} is in use by another Patchbay: close that one, or choose another folder with --data`,
      { cause: error },
    )
  }
  return () => handle.close()
}
