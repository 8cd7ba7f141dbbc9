import { createHash, randomUUID } from 'node:crypto'
import { createReadStream, rmSync, type ReadStream } from 'node:fs'
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { Readable } from 'node:stream'
import { refusalOfDisk } from '../errors.ts'
import type { Log } from '../log.ts'

/**
 * Bytes named by their SHA-256. A blob is complete and on disk before its name exists, so a crash
 * leaves at worst one that nothing refers to. Whoever puts a blob holds it until the row that refers
 * to it is committed; `collect` removes what is neither held nor referred to.
 */
export type Blobs = {
  /** Stores bytes. Call `release` once the reference is committed, or given up. */
  put: (source: Buffer | Readable) => Promise<HeldBlob>
  /** Where to write a file that `take` is to store. What is left there goes with the next start. */
  newPath: () => string
  /** Stores a file that is complete: it is moved, never copied, and gone from its path either way. */
  take: (path: string) => Promise<HeldBlob>
  /** Keeps stored blobs from being collected until the returned function is called. */
  hold: (hashes: readonly string[]) => () => void
  pathOf: (hash: string) => string
  read: (hash: string, range?: { start: number; end: number }) => ReadStream
  /** Where files derived from a blob are cached, such as its peaks; removed with it. */
  derivedPath: (hash: string, name: string) => string
  /** The blobs that have a derived file of this name. */
  withDerived: (name: string) => Promise<string[]>
  /**
   * Registers somebody who stores references to blobs: what it answers true for is kept. Everybody
   * registers before the first `collect`.
   */
  keep: (isReferenced: (hash: string) => boolean) => void
  /** Removes blobs (of this list, or all) that nobody refers to or holds. Returns how many. */
  collect: (only?: readonly string[]) => Promise<number>
}

export type HeldBlob = { hash: string; size: number; release: () => void }

const writeWhole = async (path: string, source: Buffer | Readable) => {
  const hash = createHash('sha256')
  let size = 0
  const file = await open(path, 'wx', 0o600)
  try {
    const chunks: AsyncIterable<Buffer> | Buffer[] = Buffer.isBuffer(source) ? [source] : source
    for await (const chunk of chunks) {
      hash.update(chunk)
      size += chunk.length
      await file.writeFile(chunk)
    }
    await file.sync()
  } finally {
    await file.close()
  }
  return { hash: hash.digest('hex'), size }
}

/** Hash and size of a finished file, which is on disk afterwards. */
const readWhole = async (path: string) => {
  const hash = createHash('sha256')
  let size = 0
  const file = await open(path, 'r+')
  try {
    await file.chmod(0o600)
    for await (const chunk of file.createReadStream({
      autoClose: false,
    }) as AsyncIterable<Buffer>) {
      hash.update(chunk)
      size += chunk.length
    }
    await file.sync()
  } finally {
    await file.close()
  }
  return { hash: hash.digest('hex'), size }
}

const syncFolder = async (path: string) => {
  // Windows cannot open a folder for syncing and does not need it: its renames are journaled.
  if (process.platform === 'win32') return
  const folder = await open(path, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

/** Opens the store in `folder`, creating it, and removes what an interrupted write left behind. */
export const openBlobs = async ({ folder, log }: { folder: string; log: Log }): Promise<Blobs> => {
  const incoming = join(folder, 'incoming')
  await rm(incoming, { recursive: true, force: true })
  await mkdir(incoming, { recursive: true, mode: 0o700 })
  const held = new Map<string, number>()
  const keepers: ((hash: string) => boolean)[] = []
  const shardOf = (hash: string) => join(folder, hash.slice(0, 2))
  const pathOf = (hash: string) => join(shardOf(hash), hash)

  const hold = (hash: string): (() => void) => {
    held.set(hash, (held.get(hash) ?? 0) + 1)
    let released = false
    return () => {
      if (released) return
      released = true
      const left = (held.get(hash) ?? 1) - 1
      if (left === 0) held.delete(hash)
      else held.set(hash, left)
    }
  }

  const adopt = async (temporary: string, hash: string) => {
    const created = await mkdir(shardOf(hash), { recursive: true, mode: 0o700 })
    await rename(temporary, pathOf(hash))
    await syncFolder(shardOf(hash))
    if (created !== undefined) await syncFolder(folder)
  }

  /** Gives a complete file its name; the file is gone from `temporary` whatever happens. */
  const store = async (
    temporary: string,
    complete: () => Promise<{ hash: string; size: number }>,
  ): Promise<HeldBlob> => {
    try {
      const { hash, size } = await complete()
      const release = hold(hash)
      try {
        const known = await stat(pathOf(hash)).catch(() => undefined)
        if (known?.size === size) await rm(temporary)
        else await adopt(temporary, hash)
      } catch (error) {
        release()
        throw error
      }
      return { hash, size, release }
    } catch (error) {
      await rm(temporary, { force: true })
      throw refusalOfDisk(error)
    }
  }

  // Looks and removes without giving way in between: a put that holds the blob either came before the
  // look, or finds the file gone and writes it again.
  const removeUnlessWanted = (hash: string, names: readonly string[]): boolean => {
    if (held.has(hash) || keepers.some((isReferenced) => isReferenced(hash))) return false
    for (const name of names.filter((each) => each === hash || each.startsWith(`${hash}.`))) {
      rmSync(join(shardOf(hash), name), { force: true })
    }
    return true
  }

  return {
    put: (source) => {
      const temporary = join(incoming, randomUUID())
      return store(temporary, () => writeWhole(temporary, source))
    },
    newPath: () => join(incoming, randomUUID()),
    take: (path) => store(path, () => readWhole(path)),
    hold: (hashes) => {
      const releases = hashes.map(hold)
      return () => {
        for (const release of releases) release()
      }
    },
    pathOf,
    read: (hash, range) => createReadStream(pathOf(hash), range),
    derivedPath: (hash, name) => `${pathOf(hash)}.${name}`,
    withDerived: async (name) => {
      const paths = await readdir(folder, { recursive: true })
      const files = paths.map((path) => basename(path))
      return files.filter((file) => file.slice(64) === `.${name}`).map((file) => file.slice(0, 64))
    },
    keep: (isReferenced) => void keepers.push(isReferenced),
    collect: async (only) => {
      const shards = only
        ? [...new Set(only.map((hash) => hash.slice(0, 2)))]
        : (await readdir(folder)).filter((name) => /^[0-9a-f]{2}$/.test(name))
      let removed = 0
      for (const shard of shards) {
        const names = await readdir(join(folder, shard)).catch(() => [])
        const hashes = only ?? [...new Set(names.map((name) => name.slice(0, 64)))]
        for (const hash of hashes.filter((each) => each.startsWith(shard))) {
          if (removeUnlessWanted(hash, names)) removed += 1
        }
      }
      if (removed > 0) log.info('removed unreferenced blobs', { removed })
      return removed
    },
  }
}
