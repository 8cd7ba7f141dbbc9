import { bucketsPerTile, type TileOf } from '#sound/edit-list/peaks'
import { createByteLru } from './byte-lru.ts'
import { createFetchQueue } from './fetch-queue.ts'
import { createStandIns, tileKey } from './stand-in.ts'

/** Frames of one block of samples. */
const framesPerBlock = 32_768

const mostBytes = 48e6
const retryMs = 3000
/** Leaves connections for everything else the page asks. */
const atOnce = 4

/** Where the audio of sources comes from. Ranges past what is read so far come back shorter. */
export type SourceData = {
  /**
   * Buckets 1024·tile to 1024·(tile + 1) of a level: min, max, rms (unsigned) and clipped samples
   * (unsigned) for each bucket, for each channel. An empty answer means that nothing is read yet.
   */
  levels: (
    source: string,
    at: { level: number; tile: number },
    signal: AbortSignal,
  ) => Promise<Int16Array>
  /** Interleaved samples, scaled to 32 bits. */
  samples: (
    source: string,
    at: { from: number; frames: number },
    signal: AbortSignal,
  ) => Promise<Int32Array>
  /** Calls back when more of a source was read; the answer ends it. Absent when all are ready. */
  onGrowth?: (listener: (source: string) => void) => () => void
}

/** What is there of the sources at once. Looking for what is missing makes it wanted. */
export type Lookup = {
  /** A coarser picture stretched to the tile's size stands in for a tile that is on its way. */
  tileOf: TileOf
  /** Interleaved samples; undefined while some are missing. Those behind the end are 0. */
  samplesOf: (source: string, from: number, frames: number) => Int32Array | undefined
  /** Whether `samplesOf` would give them. */
  hasSamples: (source: string, from: number, frames: number) => boolean
}

/** Somebody who looks at the tiles again and again, such as a picture that scrolls. */
export type TileReader = {
  /** What was looked for in vain meanwhile is loaded; what was wanted before and is not, is not. */
  look: <T>(channels: number, work: (lookup: Lookup) => T) => T
  /** Whether something was missing, so that looking again may show more. */
  isBehind: () => boolean
  end: () => void
}

/** Tiles and samples of sources, loaded on demand and kept while they fit into 48 MB. */
export type SourceTiles = {
  reader: () => TileReader
  /** Samples of a source, loaded if need be. */
  read: (source: string, at: { from: number; frames: number }) => Promise<Int32Array>
  /** Calls back when something arrived or may be asked for again; the answer ends it. */
  onArrival: (listener: () => void) => () => void
  bytes: () => number
  dispose: () => void
}

type Stored = { data: Int16Array | Int32Array; isStale: boolean }

const blockKey = (source: string, block: number) => `${source}/s/${block}`

type Watch = { wanted: Set<string>; channels: number }

const loadKey = (
  data: SourceData,
  key: string,
  signal: AbortSignal,
): Promise<Int16Array | Int32Array> => {
  const [source = '', level = '', index = ''] = key.split('/')
  return level === 's'
    ? data.samples(source, { from: Number(index) * framesPerBlock, frames: framesPerBlock }, signal)
    : data.levels(source, { level: Number(level), tile: Number(index) }, signal)
}

export const createSourceTiles = (data: SourceData): SourceTiles => {
  const stored = createByteLru<Stored>(mostBytes)
  const standIns = createStandIns(mostBytes / 8, (key) => stored.get(key)?.data)
  const listeners = new Set<() => void>()
  let growths = 0
  const ending = new AbortController()
  const notify = () => {
    for (const listener of listeners) listener()
  }

  const load = async (key: string, signal: AbortSignal) => {
    const found = await loadKey(data, key, signal)
    if (signal.aborted) return
    stored.set(key, { data: found, isStale: false }, found.byteLength + 100)
    standIns.forget(key)
    notify()
  }

  const queue = createFetchQueue({ load, retryMs, onRetry: notify, atOnce })

  /** What was shorter than it can be when it was seen: there may be more of it later. */
  const growing = new Map<string, Set<string>>()
  const stopGrowth = data.onGrowth?.((source) => {
    for (const key of growing.get(source) ?? []) {
      const entry = stored.get(key)
      if (entry) entry.isStale = true
    }
    growing.delete(source)
    growths += 1
    standIns.clear()
    notify()
  })

  const find = (
    { wanted }: Watch,
    { source, key, whole }: { source: string; key: string; whole: number },
  ): Stored | undefined => {
    const entry = stored.get(key)
    if (!entry || entry.isStale) wanted.add(key)
    else if (data.onGrowth && entry.data.length < whole) {
      growing.set(source, (growing.get(source) ?? new Set()).add(key))
    }
    return entry
  }

  const tileOf =
    (watch: Watch): TileOf =>
    (source, level, tile) => {
      const whole = bucketsPerTile * 4 * watch.channels
      const entry = find(watch, { source, key: tileKey({ source, level, tile }), whole })
      if (entry?.data.length) return entry.data as Int16Array
      return standIns.of({ source, level, tile }, watch.channels)
    }

  const blocksOf = (
    watch: Watch,
    { source, from, frames }: { source: string; from: number; frames: number },
  ) => {
    const whole = framesPerBlock * watch.channels
    const first = Math.floor(from / framesPerBlock)
    const count = Math.floor((from + frames - 1) / framesPerBlock) - first + 1
    return Array.from({ length: count }, (_, index) => ({
      start: (first + index) * framesPerBlock,
      entry: find(watch, { source, key: blockKey(source, first + index), whole }),
    }))
  }

  const samplesOf =
    (watch: Watch): Lookup['samplesOf'] =>
    (source, from, frames) => {
      const { channels } = watch
      const blocks = blocksOf(watch, { source, from, frames })
      if (blocks.some(({ entry }) => !entry)) return undefined
      const out = new Int32Array(frames * channels)
      for (const { start, entry } of blocks) {
        const first = Math.max(from, start)
        const end = Math.min(from + frames, start + framesPerBlock)
        const part =
          entry?.data.subarray((first - start) * channels, (end - start) * channels) ?? []
        out.set(part, (first - from) * channels)
      }
      return out
    }

  const lookupOf = (watch: Watch): Lookup => ({
    tileOf: tileOf(watch),
    samplesOf: samplesOf(watch),
    hasSamples: (source, from, frames) =>
      blocksOf(watch, { source, from, frames }).every(({ entry }) => entry),
  })

  return {
    reader: () => {
      const id = Symbol('reader')
      let seenGrowths = 0
      let isWaiting = false
      return {
        look: (channels, work) => {
          const watch: Watch = { wanted: new Set(), channels }
          const result = work(lookupOf(watch))
          queue.want(id, watch.wanted)
          isWaiting = watch.wanted.size > 0
          seenGrowths = growths
          return result
        },
        isBehind: () => isWaiting || seenGrowths !== growths,
        end: () => queue.want(id, new Set()),
      }
    },
    read: (source, at) => data.samples(source, at, ending.signal),
    onArrival: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    bytes: () => stored.bytes() + standIns.bytes(),
    dispose: () => {
      ending.abort()
      queue.dispose()
      stopGrowth?.()
      listeners.clear()
      stored.clear()
      standIns.clear()
    },
  }
}
