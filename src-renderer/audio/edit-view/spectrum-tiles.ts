import type { EditList, Span } from '#contract/edit-list'
import { framesOf } from '#sound/edit-list/edit-list'
import type { Spectrogram } from '#sound/spectrum/spectrogram'
import { createByteLru } from './byte-lru.ts'
import type { SourceTiles } from './source-tiles.ts'
import { columnsPerTile, spectrumGridOf, type SpectrumGrid } from './spectrum-grid.ts'
import { denseInput, isDenseThere, sparseInput, type SpectrumInput } from './spectrum-samples.ts'
import { createSpectrumThread, type SpectrumThread } from './spectrum-thread.ts'
import type { View } from './types.ts'

const mostBytes = 24e6
const narrowHz = 4000
const restMs = 150

export type SpectrumTile = Spectrogram & {
  /** First frame of the tile and frames from one column to the next. */
  from: number
  hop: number
}

export type SpectrumWindow = {
  list: EditList
  view: View
  /** CSS pixels. */
  width: number
  range: 'narrow' | 'full'
}

/** Tiles of the spectrogram of a list, computed one after the other in a thread. */
export type SpectrumTiles = {
  /** What is there for a window, what fits it best last; what is missing will be computed. */
  inWindow: (window: SpectrumWindow) => SpectrumTile[]
  dispose: () => void
}

/** The highest frequency of a spectrogram. */
export const topHzOf = (list: EditList, range: SpectrumWindow['range']): number =>
  range === 'narrow' ? Math.min(narrowHz, list.sample_rate_hz / 2) : list.sample_rate_hz / 2

/** Frames before the first span that is another one: what is computed of them stays true. */
const unchangedFrames = (before: readonly Span[], after: readonly Span[]): number => {
  let frames = 0
  for (const [index, span] of before.entries()) {
    if (after[index] !== span) break
    frames += span.frames
  }
  return frames
}

type Job = { key: string; index: number; grid: SpectrumGrid; window: SpectrumWindow }

type SpectrumDeps = { tiles: SourceTiles; onArrival: () => void }

/** Rests while somebody zooms: what is begun meanwhile is wanted by nobody when it is done. */
const createRest = (onEnd: () => void) => {
  let timer: ReturnType<typeof setTimeout> | undefined
  let last: number | undefined
  return {
    isResting: () => timer !== undefined,
    /** Frames from one column to the next, now. */
    see: (hop: number) => {
      const isOther = last !== undefined && last !== hop
      last = hop
      if (!isOther) return
      clearTimeout(timer)
      timer = setTimeout(() => {
        timer = undefined
        onEnd()
      }, restMs)
    },
    dispose: () => clearTimeout(timer),
  }
}

export const createSpectrumTiles = ({ tiles, onArrival }: SpectrumDeps): SpectrumTiles => {
  // Starting a thread takes a while; the wave is to be seen first.
  let thread: SpectrumThread | undefined
  const reader = tiles.reader()
  const done = createByteLru<SpectrumTile>(mostBytes)
  const keys = new Map<string, SpectrumTile>()
  let list: EditList | undefined
  let wanted: Job[] = []
  let isBusy = false
  let isDisposed = false
  const rest = createRest(() => resume())

  const forgetFrom = (frame: number) => {
    for (const [key, tile] of keys) {
      const end = tile.from + columnsPerTile * tile.hop
      if (end <= frame) continue
      keys.delete(key)
      done.delete(key)
    }
  }

  const isWanted = (job: Job) =>
    !isDisposed &&
    job.window.list.spans === list?.spans &&
    wanted.some(({ key }) => key === job.key)

  /** The first tile that can be computed now; what the others wait for is wanted. */
  const nextJob = (): { job: Job; input: Promise<SpectrumInput | undefined> } | undefined => {
    const missing = wanted.filter((job) => isWanted(job) && !keys.has(job.key))
    const [first] = missing
    if (!first) return undefined
    const { grid, window } = first
    if (grid.isSparse) {
      const at = { ...grid, index: first.index }
      const input = sparseInput(window.list, at, { tiles, isWanted: () => isWanted(first) })
      return { job: first, input }
    }
    return reader.look(window.list.channels, (lookup) => {
      const ready = missing.filter(({ index }) =>
        isDenseThere(window.list, { ...grid, index }, lookup),
      )
      const [job] = ready
      if (!job) return undefined
      const input = denseInput(window.list, { ...grid, index: job.index }, lookup)
      return { job, input: Promise.resolve(input) }
    })
  }

  const compute = async (job: Job, input: SpectrumInput): Promise<void> => {
    const sampleRateHz = job.window.list.sample_rate_hz
    const maxHz = topHzOf(job.window.list, job.window.range)
    thread ??= createSpectrumThread()
    const found = await thread.compute({ ...input, size: job.grid.size, sampleRateHz, maxHz })
    if (isDisposed || job.window.list.spans !== list?.spans) return
    const { hop } = job.grid
    const tile = { ...found, from: job.index * columnsPerTile * hop, hop }
    done.set(job.key, tile, found.data.byteLength)
    keys.set(job.key, tile)
    for (const key of keys.keys()) if (!done.has(key)) keys.delete(key)
    onArrival()
  }

  const work = async () => {
    if (isBusy || isDisposed) return
    isBusy = true
    try {
      const next = nextJob()
      const input = await next?.input
      if (next && input) await compute(next.job, input)
      // Given up because something else is wanted by now, or done: either way there may be more.
      if (next) resume()
    } catch {
      // A source that cannot be read leaves a gap; the wave above says so as well.
    } finally {
      isBusy = false
    }
  }
  let resumption: number | undefined
  const resume = () => {
    if (isDisposed || rest.isResting()) return
    resumption ??= requestIdleCallback(
      () => {
        resumption = undefined
        void work()
      },
      { timeout: 200 },
    )
  }

  // What waits for samples goes on when some arrive.
  const stopArrivals = tiles.onArrival(() => {
    if (wanted.some(({ key }) => !keys.has(key))) resume()
  })

  return {
    inWindow: (window) => {
      const { view, width, range } = window
      if (window.list.spans !== list?.spans) {
        forgetFrom(list ? unchangedFrames(list.spans, window.list.spans) : 0)
        list = window.list
      }
      const grid = spectrumGridOf(view.framesPerPixel, list.sample_rate_hz)
      rest.see(grid.hop)
      const perTile = grid.hop * columnsPerTile
      const end = Math.min(framesOf(list), view.from + width * view.framesPerPixel)
      wanted = []
      for (let index = Math.floor(view.from / perTile); index * perTile < end; index++) {
        wanted.push({ key: `${range}/${grid.hop}/${index}`, index, grid, window })
      }
      if (wanted.some(({ key }) => !keys.has(key))) resume()
      for (const { key } of wanted) done.get(key)
      const fit = (tile: SpectrumTile) => Math.abs(Math.log2(tile.hop / grid.hop))
      return [...keys]
        .filter(([key, tile]) => {
          const isSeen = tile.from < end && tile.from + columnsPerTile * tile.hop > view.from
          return isSeen && key.startsWith(`${range}/`)
        })
        .map(([, tile]) => tile)
        .sort((a, b) => fit(b) - fit(a))
    },
    dispose: () => {
      isDisposed = true
      stopArrivals()
      rest.dispose()
      if (resumption !== undefined) cancelIdleCallback(resumption)
      thread?.dispose()
      reader.end()
    },
  }
}
