import { rm } from 'node:fs/promises'
import type { SaveResult } from '#contract/drafts'
import type { OutputFormat } from '#contract/effects'
import { MediaInput } from '#contract/media'
import type { Job } from '#contract/studio'
import { framesOf } from '#sound/edit-list/edit-list'
import type { Blobs } from '../../platform/blobs/blobs.ts'
import { AppError, invalid } from '../../platform/errors.ts'
import type { Validator } from '../../platform/http/validate.ts'
import type { Reader } from '../../platform/sqlite/sqlite.ts'
import type { Jobs } from '../jobs/jobs.ts'
import type { Also, Media, StoredMedia } from '../media/media.ts'
import type { Rendered, Rendering } from '../rendering/rendering.ts'
import type { Caller, Change, Drafts } from './drafts.ts'
import type { Standpoint } from './journal.ts'
import { libraryOf } from './opening.ts'
import { createGoals, explainGone, type SaveWish } from './save-goal.ts'
import { defaultFormat } from './save-format.ts'
import { draftOf, markSaved } from './store.ts'

/**
 * Writes what a draft has come to into the library, through the commit step of every upload and without
 * its limit. Nobody's file is replaced unseen: the file a draft was made of must still be the
 * document's, or the request names the revision it is about to replace.
 */
export type Save = {
  /** Refuses at once what cannot be saved; the job looks again before it replaces anything. */
  start: (caller: Caller, change: Change & SaveWish) => Promise<Job>
}

/** Of a job's progress; the commit is the rest. */
const RENDERING = 0.95

type Work = SaveWish & { format: OutputFormat; path: string; progress: (fraction: number) => void }

const gsmNeedsHeader = () =>
  invalid({
    'format.container': {
      enum: {
        message:
          'A raw GSM file does not say what it is, so a media document cannot hold one: choose wav with gsm encoding',
        target: ['wav', 'mp3', 'ogg', 'flac', 'opus'],
        value: 'gsm',
      },
    },
  })

export const createSave = (deps: {
  db: Reader
  blobs: Blobs
  media: Media
  drafts: Drafts
  rendering: Rendering
  jobs: Jobs
  validator: Validator
  defaultLanguage: () => string
}): Save => {
  const { blobs, media, drafts, rendering, jobs, validator } = deps

  const { check, goalOf } = createGoals(deps)

  const possible =
    (on: Standpoint) =>
    (format: OutputFormat): boolean => {
      try {
        commandOf(on, format)
        return true
      } catch (error) {
        if (error instanceof AppError) return false
        throw error
      }
    }

  const commandOf = ({ list }: Standpoint, format: OutputFormat) => {
    const { sample_rate_hz: sampleRateHz, channels } = list
    return rendering.command({ sampleRateHz, channels, effects: [], format })
  }

  const formatFor = async (on: Standpoint, library: string, { format, as }: SaveWish) => {
    const writable = await rendering.formats() // refuses when there is no sox
    if (format?.container === 'gsm') throw gsmNeedsHeader()
    if (format) {
      commandOf(on, format)
      return format
    }
    const { mediaId } = on.draft
    const file = as || mediaId === undefined ? undefined : media.file(library, mediaId, 'original')
    return defaultFormat(file, writable, possible(on))
  }

  /** The draft and the file it is saved in change in one transaction, or neither. */
  const marking =
    (on: Standpoint, library: string, isOwn: boolean): Also =>
    (tx, saved) => {
      const { id, position, accountId, target } = on.draft
      const isFree = () => !draftOf(tx, { accountId, target, mediaId: saved.id })
      if (!isOwn && (on.draft.mediaId !== undefined || !isFree())) return
      const blob = media.file(library, saved.id, 'original')?.blob
      const lastSeq = on.steps[position - 1]?.seq
      const mark = { position, lastSeq, mediaId: saved.id, revision: saved.revision, blob }
      markSaved(tx, id, mark)
    }

  const commit = async (
    caller: Caller,
    on: Standpoint,
    work: Work & { rendered: Rendered },
  ): Promise<StoredMedia> => {
    const library = libraryOf(caller.accountId, on.draft.target)
    const { origin } = caller
    const { path, rendered, as, mediaRevision: asked } = work
    const goal = goalOf(on, library, work)
    const { contentType, extension } = rendered
    const former = goal === undefined ? undefined : media.file(library, goal, 'original')?.filename
    const base = (former ?? as?.prompt_id ?? as?.name ?? on.draft.name).replace(/\.\w{2,4}$/, '')
    const safe = base.replaceAll(/[/\\\p{Cc}]/gu, '_').slice(0, 200)
    const upload = { path, contentType, filename: `${safe}.${extension}` }
    const isOwn = goal !== undefined && goal === on.draft.mediaId && !as
    const also = marking(on, library, isOwn)
    if (goal === undefined) {
      const input = validator.body(MediaInput, { ...as }, 'as') as MediaInput
      return media.create(library, input, origin, { upload, also })
    }
    const change = { accountId: library, id: goal, origin, upload, also }
    const checks = { ...change, check: () => check(on, library, goal, asked) }
    return isOwn ? media.saveEdit(checks) : media.setFile({ ...checks, mediaSource: 'upload' })
  }

  const run = async (caller: Caller, on: Standpoint, work: Work): Promise<SaveResult> => {
    const { path, format, progress } = work
    const rendered = await rendering.render({
      list: on.list,
      format,
      path,
      signal: caller.signal,
      onProgress: (share) => progress(share * RENDERING),
    })
    caller.signal.throwIfAborted()
    const { document, revision } = await commit(caller, on, { ...work, rendered }).catch(
      (error: unknown) => {
        throw explainGone(error)
      },
    )
    drafts.tell(caller, on.draft.id)
    return { media_id: document.id, revision, command: rendered.command }
  }

  return {
    start: async (caller, { format: asked, mediaRevision, as, ...change }) => {
      const on = await drafts.standpoint(caller.accountId, change)
      const wish: SaveWish = { format: asked, mediaRevision, as }
      if (framesOf(on.list) === 0) {
        throw invalid({ revision: { invalid: { message: 'There is nothing left to save' } } })
      }
      const library = libraryOf(caller.accountId, on.draft.target)
      const goal = goalOf(on, library, wish)
      if (goal !== undefined) check(on, library, goal, mediaRevision)
      const format = await formatFor(on, library, wish)
      const path = blobs.newPath()
      return jobs.start({
        accountId: caller.accountId,
        kind: 'save',
        label: `Save ${as?.name ?? on.draft.name}`,
        run: ({ signal, progress }) =>
          run({ ...caller, signal }, on, { ...wish, format, path, progress }),
        cleanUp: () => rm(path, { force: true }),
      })
    },
  }
}
