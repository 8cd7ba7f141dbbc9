import type { Blobs } from '../../platform/blobs/blobs.ts'
import { invalid, type AppError } from '../../platform/errors.ts'
import type { Log } from '../../platform/log.ts'
import type { Workers } from '../../platform/workers/workers.ts'
import type { Audio, StoredSamples } from '../audio/audio.ts'
import type { ChunkStore } from './chunk-store.ts'
import type { Growth } from './growth.ts'

export type PassDeps = {
  blobs: Blobs
  audio: Audio
  workers: Workers
  log: Log
  signal: AbortSignal
}

/** What the two ways of reading are given. */
export type PassContext = PassDeps & {
  blob: string
  isEditing: boolean
  growth: Growth
  setStored: (stored: StoredSamples) => void
  setStore: (store: Pick<ChunkStore, 'read'>) => void
  setCopy: (path: string) => void
}

/** A file without audio that could be drawn or edited, with the reason. */
export const noAudio = (reason: string): AppError =>
  invalid({ file: { invalid: { message: `The file cannot be read: ${reason}` } } })

/** Whether the blob's own bytes serve as the working copy. */
export const isWorkingCopy = ({ coding }: StoredSamples): boolean =>
  coding.tag === 1 && coding.width === 2

export const pyramidPath = ({ blobs, blob }: Pick<PassContext, 'blobs' | 'blob'>): string =>
  blobs.derivedPath(blob, 'pyramid')

export const copyPath = ({ blobs, blob }: Pick<PassContext, 'blobs' | 'blob'>): string =>
  blobs.derivedPath(blob, 'pcm')
