import { createHash, randomUUID } from 'node:crypto'
import { rm } from 'node:fs/promises'
import type { Rate } from '../../engine/port.ts'
import type { Log } from '../../platform/log.ts'
import type { Cache, Held } from './cache.ts'
import type { DecodeFile } from './decode.ts'
import { shownUrl, type FetchMedia } from './fetch-media.ts'
import { Unplayable } from './problem.ts'

/** What is at URLs, as raw samples. */
export type RemoteFiles = {
  /** Fetched anew when the last time is more than a minute ago, or failed. Rejects with `Unplayable`. */
  readonly use: (url: URL, rate: Rate) => Promise<Held>
}

const KEPT_MS = 60_000

export const createRemoteFiles = (deps: {
  cache: Cache
  decode: DecodeFile
  fetchMedia: FetchMedia
  log: Log
  monotonicMs?: () => number
}): RemoteFiles => {
  const { cache, decode, fetchMedia, log, monotonicMs = () => performance.now() } = deps
  /** What a URL is called in the cache, for a minute. In the order of their ages. */
  const names = new Map<string, { readonly name: string; readonly atMs: number }>()

  const nameOf = (url: URL): string => {
    const hash = createHash('sha256').update(url.href).digest('hex')
    const nowMs = monotonicMs()
    for (const [old, { atMs }] of names) {
      if (nowMs - atMs < KEPT_MS) break
      names.delete(old)
    }
    const { name } = names.get(hash) ?? { name: `url-${randomUUID()}` }
    if (!names.has(hash)) names.set(hash, { name, atMs: nowMs })
    return name
  }

  const make = async (url: URL, rate: Rate, path: string) => {
    const fetched = `${path}.source`
    try {
      await fetchMedia(url, fetched)
      await decode(fetched, rate, path)
    } catch (error) {
      const shown = shownUrl(url)
      if (error instanceof Unplayable) log.info('media of a URL cannot be played', { shown, error })
      throw error
    } finally {
      await rm(fetched, { force: true })
    }
  }

  return {
    use: (url, rate) => cache.use(`${nameOf(url)}-${rate}`, (path) => make(url, rate, path)),
  }
}
