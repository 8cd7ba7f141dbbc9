/**
 * What audio measures, what it should measure, and where in it somebody speaks. Long arithmetic runs in
 * threads. Files are measured once: their measures are kept beside them.
 */
import { availableParallelism } from 'node:os'
import type { SplitOptions, Take } from '#contract/batches'
import type { EditList } from '#contract/edit-list'
import type { ObjectEvent } from '#contract/events'
import type { Measures, TargetProfile } from '#contract/measures'
import type { Settings } from '#contract/studio'
import { framesOf } from '#sound/edit-list/edit-list'
import { packTarget, standardTargets } from '#sound/levels/targets'
import { forEachAtOnce } from '../../platform/at-once.ts'
import type { Blobs } from '../../platform/blobs/blobs.ts'
import { invalid } from '../../platform/errors.ts'
import type { Bus } from '../../platform/events/bus.ts'
import type { Scope } from '../../platform/scope.ts'
import type { Reader } from '../../platform/sqlite/sqlite.ts'
import { unlessAborted } from '../../platform/unless-aborted.ts'
import type { Workers } from '../../platform/workers/workers.ts'
import type { Audio } from '../audio/audio.ts'
import type { MediaFile } from '../media/media.ts'
import type { Pcm, Waveforms } from '../waveforms/waveforms.ts'
import { createFiles } from './files.ts'
import { createPacks } from './packs.ts'
import { measureList, type ListToMeasure, type TakesToFind } from './passes.ts'

export type Measuring = {
  /** Frames [from, to) of a checked edit list; all of them by default. Waits for its sources. */
  measure: (list: EditList, range?: FrameRange, signal?: AbortSignal) => Promise<Measures>
  /** A stored file. Refuses one without audio. */
  measureFile: (file: KnownFile, signal?: AbortSignal) => Promise<Measures>
  /** The same for a blob of which nothing is known. */
  measureBlob: (blob: string, signal?: AbortSignal) => Promise<Measures>
  /**
   * What files of a library should measure, in the default language unless another is named; "pack" is
   * missing while it has no prompts with sound.
   */
  targets: (accountId: string, language?: string) => Promise<TargetProfile[]>
  /** One of them. Refuses "pack" where there are no prompts to match. */
  target: (accountId: string, id: TargetProfile['id'], language?: string) => Promise<TargetProfile>
  /** The takes of a long recording. */
  findTakes: (source: string, options: SplitOptions, signal?: AbortSignal) => Promise<Take[]>
}

export type FrameRange = { from?: number | undefined; to?: number | undefined }
export type KnownFile = Pick<MediaFile, 'blob' | 'audio'>

export type MeasuringDeps = {
  scope: Scope
  db: Reader
  blobs: Blobs
  audio: Audio
  waveforms: Waveforms
  workers: Workers
  settings: () => Settings
  events: Bus<ObjectEvent>
}

/** About 10 ms of arithmetic: less than handing it to a thread that may have to be started. */
const FEW_SAMPLES = 65_536

/** The frames that are meant. Refuses a range that is not in the list. */
const rangeOf = (list: EditList, { from = 0, to }: FrameRange) => {
  const frames = framesOf(list)
  const end = to ?? frames
  if (end > frames) {
    const message = `The list has ${frames} frames`
    throw invalid({ to: { maximum: { message, target: frames, value: end } } })
  }
  if (from > end) {
    const message = 'The range begins behind its end'
    throw invalid({ from: { maximum: { message, target: end, value: from } } })
  }
  return { from, to: end }
}

export const createMeasuring = (deps: MeasuringDeps): Measuring => {
  const { workers, settings } = deps
  const files = createFiles(deps)
  const packs = createPacks({ ...deps, measureFile: files.measure })

  /** Others may wait for the same measures: only this wait ends. */
  const withSignal = (measures: Promise<Measures>, signal: AbortSignal | undefined) =>
    signal ? unlessAborted(measures, signal, 'measuring') : measures

  const sourcesOf = async (
    list: EditList,
  ): Promise<Pick<ListToMeasure, 'sources' | 'encoding'>> => {
    const sources = new Map<string, Pcm>()
    const encodings = new Set<ListToMeasure['encoding']>()
    await forEachAtOnce(Object.keys(list.sources), availableParallelism(), async (id) => {
      const { pcm, encoding } = await files.locateSource(id)
      sources.set(id, pcm)
      encodings.add(encoding)
    })
    const [only = 'linear', ...others] = encodings
    return { sources, encoding: others.length === 0 ? only : 'linear' }
  }

  const targets: Measuring['targets'] = async (
    accountId,
    language = settings().default_language,
  ) => {
    const pack = await packs.get(accountId, language.toLowerCase())
    return pack ? [packTarget(pack), ...standardTargets] : [...standardTargets]
  }

  return {
    measure: async (list, range = {}, signal) => {
      const { from, to } = rangeOf(list, range)
      const input: ListToMeasure = { list, from, to, ...(await sourcesOf(list)) }
      signal?.throwIfAborted()
      if ((to - from) * list.channels <= FEW_SAMPLES) return measureList(input)
      return workers.run<Measures>('measuring.list', input, { signal })
    },
    measureFile: ({ blob, audio }, signal) => withSignal(files.measure(blob, audio), signal),
    measureBlob: (blob, signal) => withSignal(files.measure(blob), signal),
    targets,
    target: async (accountId, id, language) => {
      const found = (await targets(accountId, language)).find((target) => target.id === id)
      if (found) return found
      const name = language ?? settings().default_language
      const message = `There are no prompts in ${name} whose level could be matched`
      throw invalid({ profile: { pack: { message, value: name } } })
    },
    findTakes: async (source, options, signal) => {
      const { stored } = await files.locate(source)
      const input: TakesToFind = { stored, options }
      return workers.run<Take[]>('measuring.takes', input, { signal })
    },
  }
}
