import type { SplitOptions, Take } from '#contract/batches'
import type { EditList } from '#contract/edit-list'
import type { Measures, TargetProfile } from '#contract/measures'
import type { MediaFile } from '../media/media.ts'

/** What audio measures, what it should measure, and where in it somebody speaks. */
export type Measuring = {
  /** Frames [from, to) of an edit list; all of them by default. Its sources must be ready. */
  measure: (list: EditList, range?: FrameRange, signal?: AbortSignal) => Promise<Measures>
  /** A stored file, measured once; its measures are kept beside it. Refuses a file without audio. */
  measureFile: (file: Pick<MediaFile, 'blob' | 'audio'>, signal?: AbortSignal) => Promise<Measures>
  /** The same for a blob of which nothing is known. */
  measureBlob: (blob: string, signal?: AbortSignal) => Promise<Measures>
  /** What files of a library should measure; "pack" is missing while the language has no prompts. */
  targets: (accountId: string, language?: string) => Promise<TargetProfile[]>
  /** One of them. Refuses "pack" where there are no prompts to match. */
  target: (accountId: string, id: TargetProfile['id'], language?: string) => Promise<TargetProfile>
  /** The takes of a long recording. */
  findTakes: (source: string, options: SplitOptions, signal?: AbortSignal) => Promise<Take[]>
}

export type FrameRange = { from?: number | undefined; to?: number | undefined }
