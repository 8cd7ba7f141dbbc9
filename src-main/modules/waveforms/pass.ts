import { stat } from 'node:fs/promises'
import { framesPerBucket } from '#contract/sources'
import { refusalOfDisk } from '../../platform/errors.ts'
import type { StoredSamples } from '../audio/audio.ts'
import { storedChunks, type ChunkStore } from './chunk-store.ts'
import { createGrowth, type Format, type Growth } from './growth.ts'
import {
  copyPath,
  isWorkingCopy,
  noAudio,
  pyramidPath,
  type PassContext,
  type PassDeps,
} from './pass-context.ts'
import { openPyramid, type PyramidHeader } from './pyramid-file.ts'
import { bucketsOf, stretchesOf, SUMMARY_LEVEL } from './pyramid-layout.ts'
import { readDecoded } from './read-decoded.ts'
import { readStored } from './read-stored.ts'
import { foldSummary, writeLevel } from './summary.ts'

/** What reading a blob gives, from its first chunk on. */
export type Pass = Pick<Growth, 'reading' | 'waitFor'> & {
  /** Buckets [from, to) in the contract's layout; they have to be there. */
  buckets: (level: number, range: { from: number; to: number }) => Promise<Buffer<ArrayBuffer>>
  /** Where our own code reads the samples of the blob itself. Once it is opened. */
  stored: () => StoredSamples | undefined
  /** The working copy while it is made and afterwards; undefined where there is none. */
  copy: () => string | undefined
}

const hasCopy = async (context: PassContext, header: PyramidHeader): Promise<boolean> => {
  if (header.stored && isWorkingCopy(header.stored)) return true
  const size = header.frames * header.channels * (header.bits / 8)
  const found = await stat(copyPath(context)).catch(() => undefined)
  if (found?.size !== size) return false
  context.setCopy(copyPath(context))
  return true
}

/** Takes what an earlier pass left, where that is all that is needed. */
const restore = async (context: PassContext): Promise<boolean> => {
  const path = pyramidPath(context)
  const known = await openPyramid(path)
  if (!known || (context.isEditing && !(await hasCopy(context, known)))) return false
  const { sampleRateHz, channels, bits, frames, stored, summary, reason } = known
  const format: Format = { sampleRateHz, channels, bits }
  if (stored) context.setStored(stored)
  context.setStore(storedChunks(path))
  context.growth.restore(format, frames, { summary, ...(reason !== undefined && { reason }) })
  return true
}

const run = async (context: PassContext) => {
  if (await restore(context)) return
  const release = context.blobs.hold([context.blob])
  try {
    const opened = await context.audio.open(context.blobs.pathOf(context.blob))
    if (opened.reason !== undefined) throw noAudio(opened.reason)
    if (opened.stored) await readStored(context, opened.stored, opened.promisedFrames)
    else await readDecoded(context, opened)
  } finally {
    release()
  }
}

const asError = (error: unknown): Error =>
  error instanceof Error ? error : new Error(String(error))

/** Starts reading a blob, once `before` has settled. */
export const startPass = (
  deps: PassDeps,
  what: { blob: string; isEditing: boolean; before?: Promise<void> | undefined },
): { pass: Pass; ended: Promise<void> } => {
  const growth = createGrowth()
  let stored: StoredSamples | undefined
  let copy: string | undefined
  let store: Pick<ChunkStore, 'read'> | undefined
  const { blob, isEditing, before } = what
  const context: PassContext = {
    ...deps,
    blob,
    isEditing,
    growth,
    setStored: (found) => (stored = found),
    setStore: (made) => (store = made),
    setCopy: (path) => (copy = path),
  }
  const ended = Promise.resolve(before)
    .catch(() => undefined)
    .then(() => run(context))
    .catch((error: unknown) => growth.fail(asError(refusalOfDisk(error))))

  /** Of the file as far as it is known: an unfinished one ends with whole chunks. */
  const buckets: Pass['buckets'] = async (level, { from, to }) => {
    const { frames, channels } = growth.reading.state()
    const end = Math.min(to, bucketsOf(frames, level))
    if (from >= end || !store) return Buffer.alloc(0)
    if (level < SUMMARY_LEVEL) {
      const from0 = { from, to: end }
      const reads = stretchesOf({ frames, channels }, level, from0).map(store.read)
      return Buffer.concat(await Promise.all(reads))
    }
    const each = 4 ** (level - SUMMARY_LEVEL)
    const start = from * each
    const all = bucketsOf(frames, SUMMARY_LEVEL)
    const count = Math.min(end * each, all) - start
    const summary = foldSummary(growth.summary(), channels, { start, count, each })
    const values = new Int16Array(summary.buckets * channels * 4)
    const perBucket = framesPerBucket(level)
    const stand = Math.min(end * perBucket, frames) - from * perBucket
    writeLevel(values, summary, { channels, frames: stand, perBucket })
    return Buffer.from(values.buffer)
  }

  const { reading, waitFor } = growth
  return {
    pass: { reading, waitFor, buckets, stored: () => stored, copy: () => copy },
    ended,
  }
}
