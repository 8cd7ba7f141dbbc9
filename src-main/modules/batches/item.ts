import { constants, copyFile } from 'node:fs/promises'
import type { ItemMeasures, RecipeInput } from '#contract/batches'
import type { Measures, TargetProfile } from '#contract/measures'
import { verdict } from '#sound/levels/verdict'
import { AppError } from '../../platform/errors.ts'
import type { Writer } from '../../platform/sqlite/sqlite.ts'
import type { Media, MediaFile } from '../media/media.ts'
import { formatOfFile, hasFormat } from './file-format.ts'
import { ItemFailure } from './item-failure.ts'
import { gainTo, type NormaliseStep } from './plan.ts'
import { shape, type ShapeDeps, type Shaped } from './shape.ts'
import type { ItemEnd } from './store.ts'

/** A recipe on one file: looked at, worked out, rendered, measured again, and put in its place. */
export type ItemWork = {
  library: string
  mediaId: string
  recipe: RecipeInput
  isDryRun: boolean
  origin: string
  signal: AbortSignal
  levelOf: (step: NormaliseStep) => Promise<number>
  /** What the file is judged by afterwards; undefined where there is nothing to judge by. */
  targetOf: () => Promise<TargetProfile | undefined>
  /** Whether these steps made this blob of this document before. */
  wasMade: (blob: string) => boolean
  /** Keeps how the item ended, in the transaction that replaces the file. */
  finish: (tx: Writer, end: ItemEnd) => void
}

export type ItemDeps = ShapeDeps & { media: Media }

/** Farther off than this a file that was levelled before is levelled again, dB. */
const driftDb = 0.3

const kept = ({ clipping: _, ...rest }: Measures): ItemMeasures => rest

/** Runs `work`, then lets go of the blobs it made on its way. */
const withBlobs = async <T>(
  { blobs }: Pick<ItemDeps, 'blobs'>,
  work: (own: (blob: string, release: () => void) => void) => Promise<T>,
): Promise<T> => {
  const owned = new Map<string, (() => void)[]>()
  try {
    return await work((blob, release) => owned.set(blob, [...(owned.get(blob) ?? []), release]))
  } finally {
    for (const release of [...owned.values()].flat()) release()
    await blobs.collect([...owned.keys()])
  }
}

const fileOf = ({ media }: Pick<ItemDeps, 'media'>, { library, mediaId }: ItemWork): MediaFile => {
  const file = media.file(library, mediaId, 'original')
  if (!file) throw new ItemFailure('It has no file.')
  if (!file.audio.playable) {
    throw new ItemFailure(`It cannot be read: ${file.audio.reason ?? 'no audio could be decoded'}.`)
  }
  if (file.contentType.startsWith('video/') || file.audio.content_type.startsWith('video/')) {
    throw new ItemFailure('It is a video: its sound cannot be replaced.')
  }
  return file
}

const isNormalise = (step: RecipeInput['steps'][number]): step is NormaliseStep =>
  step.kind === 'normalise'

/** Whether levelling would still move a file that the recipe made. */
const hasDrifted = async ({ recipe, levelOf }: ItemWork, before: Measures): Promise<boolean> => {
  for (const step of recipe.steps.filter(isNormalise)) {
    const found = gainTo(step, before, await levelOf(step))
    if (found && Math.abs(found.gainDb) > driftDb) return true
  }
  return false
}

const outputOf = (file: MediaFile, { recipe }: ItemWork) => {
  const own = formatOfFile(file.audio, file.contentLength)
  if (recipe.format)
    return { format: recipe.format, isOther: !own || !hasFormat(own, recipe.format) }
  if (!own) {
    throw new ItemFailure(
      `Files of its kind (${file.audio.container}) cannot be written: give the recipe a format.`,
    )
  }
  // Rate and channels are what the steps leave.
  const { sample_rate_hz: _rate, channels: _channels, bitrate_kbps: kbps, ...kind } = own
  const keepsRate = !recipe.steps.some(({ kind: step }) => step === 'resample')
  const format = { ...kind, ...(keepsRate && kbps !== undefined && { bitrate_kbps: kbps }) }
  return { format, isOther: false }
}

/** Rejects with an ItemFailure or a refusal when this file cannot be done; throws AbortError. */
export const workOnItem = async (deps: ItemDeps, work: ItemWork): Promise<ItemEnd> => {
  const { media, blobs, measuring, rendering } = deps
  const { library, mediaId, recipe, signal } = work
  const { revision } = media.get(library, mediaId)
  const file = fileOf(deps, work)

  const judged = async (measures: Measures) => {
    const target = await work.targetOf()
    return target ? { findings: verdict(measures, target).findings } : {}
  }

  const same = async (before: Measures, reason?: string, steps?: string[]): Promise<ItemEnd> => ({
    state: 'same',
    outcome: {
      ...(reason !== undefined && { reason }),
      ...(steps && steps.length > 0 && { steps }),
      before: kept(before),
      after: kept(before),
      ...(await judged(before)),
    },
  })

  const write = async (
    before: Measures,
    shaped: Shaped,
    own: (blob: string, release: () => void) => void,
  ): Promise<ItemEnd> => {
    const { format } = outputOf(file, work)
    const path = blobs.newPath()
    const { list, effects } = shaped
    const rendered = await rendering.render({ list, effects, format, path, signal })
    const held = await blobs.take(path)
    own(held.hash, held.release)
    if (held.hash === file.blob) return same(before, shaped.notes[0], shaped.steps)
    const after = await measuring.measureBlob(held.hash, signal)
    const reason = shaped.notes.join('; ')
    const end: ItemEnd = {
      state: 'done',
      result: held.hash,
      outcome: {
        ...(reason !== '' && { reason }),
        steps: shaped.steps,
        before: kept(before),
        after: kept(after),
        ...(await judged(after)),
      },
    }
    signal.throwIfAborted()
    if (work.isDryRun) return end
    // The blob itself is still measured and held: what is moved into the library is a copy.
    const copy = blobs.newPath()
    await copyFile(blobs.pathOf(held.hash), copy, constants.COPYFILE_FICLONE)
    await media.saveEdit({
      accountId: library,
      id: mediaId,
      origin: work.origin,
      check: (current) => {
        if (current !== revision) throw new AppError('conflict', { cause: mediaId })
      },
      upload: {
        path: copy,
        contentType: rendered.contentType,
        filename: `${file.filename.replace(/\.\w{2,4}$/, '')}.${rendered.extension}`,
      },
      also: (tx) => work.finish(tx, end),
    })
    return end
  }

  const release = blobs.hold([file.blob])
  try {
    return await withBlobs(deps, async (own) => {
      const before = await measuring.measureFile(file, signal)
      const isSilent = before.active_level_dbov === null
      if (isSilent && recipe.steps.some(isNormalise)) {
        return await same(before, 'It holds no speech: there is nothing to level.')
      }
      if (work.wasMade(file.blob) && !(await hasDrifted(work, before))) {
        return await same(before, 'The same steps made this file already.')
      }
      const { levelOf } = work
      const shaped = await shape(deps, {
        blob: file.blob,
        recipe,
        measures: before,
        levelOf,
        own,
        signal,
      })
      const { isOther, format } = outputOf(file, work)
      if (isOther) shaped.steps.push(`Save as ${format.container}`)
      if (!shaped.hasChanged && !isOther) return same(before, shaped.notes[0], shaped.steps)
      return write(before, shaped, own)
    })
  } finally {
    release()
  }
}
