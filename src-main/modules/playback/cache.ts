import { rmSync } from 'node:fs'
import { mkdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'

/**
 * Files of raw samples that are made once and used by many. Bounded in all bytes together: who was not used for the
 * longest time goes first, and nobody goes while it is used.
 */
export type Cache = {
  /**
   * The file of a key, made by `make` at a path of its own unless it is there or being made already. In use until it is
   * released. Rejects as `make` does, for all who wait for it; the next who asks makes it again.
   */
  readonly use: (key: string, make: (path: string) => Promise<void>) => Promise<Held>
}

export type Held = { readonly path: string; readonly release: () => void }

type Entry = { path: string; made: Promise<void>; bytes: number; users: number }

/** Empties the folder first: what is there belongs to nobody any more. Keys must be names of files. */
export const openCache = async (deps: { folder: string; mostBytes: number }): Promise<Cache> => {
  const { folder, mostBytes } = deps
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { recursive: true, mode: 0o700 })
  // In the order of their last use.
  const entries = new Map<string, Entry>()
  let bytes = 0

  const evict = () => {
    for (const [key, entry] of entries) {
      if (bytes <= mostBytes) return
      if (entry.users > 0) continue
      entries.delete(key)
      bytes -= entry.bytes
      // At once: the next who asks for the key makes the file at the same path.
      rmSync(entry.path, { force: true })
    }
  }

  const makeFile = async (entry: Entry, make: (path: string) => Promise<void>) => {
    const temporary = `${entry.path}.part`
    try {
      await make(temporary)
      entry.bytes = (await stat(temporary)).size
      await rename(temporary, entry.path)
      bytes += entry.bytes
    } catch (error) {
      await rm(temporary, { force: true })
      throw error
    }
  }

  const create = (key: string, make: (path: string) => Promise<void>): Entry => {
    const entry: Entry = {
      path: join(folder, `${key}.raw`),
      made: Promise.resolve(),
      bytes: 0,
      users: 0,
    }
    entry.made = makeFile(entry, make).catch((error: unknown) => {
      entries.delete(key)
      throw error
    })
    return entry
  }

  const hold = (entry: Entry): (() => void) => {
    let isHeld = true
    entry.users += 1
    return () => {
      if (!isHeld) return
      isHeld = false
      entry.users -= 1
      evict()
    }
  }

  return {
    use: async (key, make) => {
      const entry = entries.get(key) ?? create(key, make)
      entries.delete(key)
      entries.set(key, entry)
      const release = hold(entry)
      try {
        await entry.made
      } catch (error) {
        release()
        throw error
      }
      evict()
      return { path: entry.path, release }
    },
  }
}
