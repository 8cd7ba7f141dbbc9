import { availableParallelism } from 'node:os'
import type { SplitOptions, SplitResult, Take, TakeResult } from '#contract/batches'
import type { EditList, Operation } from '#contract/edit-list'
import type { OutputFormat } from '#contract/effects'
import type { Source } from '#contract/sources'
import type { Job } from '#contract/studio'
import { apply } from '#sound/edit-list/apply'
import { framesOf, listOf } from '#sound/edit-list/edit-list'
import { forEachAtOnce } from '../../platform/at-once.ts'
import type { Blobs } from '../../platform/blobs/blobs.ts'
import { AppError, invalid } from '../../platform/errors.ts'
import type { JobControl, Jobs } from '../jobs/jobs.ts'
import { checkLanguage, checkPromptId, type Media } from '../media/media.ts'
import type { Measuring } from '../measuring/measuring.ts'
import type { Rendering } from '../rendering/rendering.ts'
import { reasonOf } from './item-failure.ts'
import { checkFormat, checkWritable } from './recipe-check.ts'

/** One long take of a studio session becomes prompts. */
export type Splitter = {
  /** Throws `bad_identifier` for a source the account does not have, as `assign` does. */
  split: (session: Session, options: SplitOptions) => Promise<Take[]>
  /** Starts a job that writes each take as a translation. What is wrong with a take is refused before. */
  assign: (request: AssignRequest) => Promise<Job>
}

/** The recording, by whom it was opened. */
export type Session = { accountId: string; source: string; signal: AbortSignal }

export type AssignRequest = Session & {
  /** Whose library the takes go to. */
  library: string
  language: string
  takes: readonly { from: number; to: number; prompt_id: string }[]
  format: OutputFormat | undefined
  origin: string
}

export type SplitterDeps = {
  jobs: Jobs
  media: Media
  blobs: Blobs
  measuring: Measuring
  rendering: Rendering
  /** A source of an account, once it is read. */
  readySource: (accountId: string, id: string, signal: AbortSignal) => Promise<Source>
}

/** A cut in the middle of room tone clicks without it. */
const fadeMs = 5

const faded = (list: EditList, from: number, to: number): EditList => {
  const length = to - from
  const frames = Math.min(Math.round((fadeMs * list.sample_rate_hz) / 1000), length >> 1)
  const fades: Operation[] =
    frames === 0
      ? []
      : [
          { kind: 'fade', from: 0, to: frames, direction: 'in', curve: 'cosine' },
          { kind: 'fade', from: length - frames, to: length, direction: 'out', curve: 'cosine' },
        ]
  return [{ kind: 'trim', from, to } as const, ...fades].reduce<EditList>(apply, list)
}

const checkTakes = ({ takes }: AssignRequest, frames: number) => {
  const taken = new Set<string>()
  takes.forEach(({ from, to, prompt_id: id }, index) => {
    checkPromptId(id)
    if (to <= from || to > frames) {
      const message = `A take ends behind its start and inside the session of ${frames} frames`
      throw invalid({ [`takes.${index}.to`]: { invalid: { message, value: to, target: frames } } })
    }
    if (taken.has(id)) {
      const message = `${id} is assigned to two takes: give one of them another prompt id`
      throw invalid({ [`takes.${index}.prompt_id`]: { uniqueItems: { message, value: id } } })
    }
    taken.add(id)
  })
}

export const createSplitter = (deps: SplitterDeps): Splitter => {
  const { jobs, media, blobs, measuring, rendering, readySource } = deps

  const open = async ({ accountId, source, signal }: Session): Promise<EditList> => {
    const { frames, sample_rate_hz, channels } = await readySource(accountId, source, signal)
    return listOf(source, frames, { sample_rate_hz, channels })
  }

  const exists = (library: string, id: string): boolean => {
    try {
      media.get(library, id)
      return true
    } catch (error) {
      if (error instanceof AppError && error.code === 'bad_identifier') return false
      throw error
    }
  }

  const write = async (request: AssignRequest, session: EditList, index: number) => {
    const { library, language, takes, format, origin } = request
    const take = takes[index]
    if (!take) throw new RangeError(`no take ${index}`)
    const { prompt_id: promptId, from, to } = take
    const mediaId = `${language}%2F${promptId}`
    const outcome = exists(library, mediaId) ? 'replaced' : 'added'
    const path = blobs.newPath()
    const rendered = await rendering.render({
      list: faded(session, from, to),
      format: format ?? { container: 'wav', encoding: 'pcm_16' },
      path,
    })
    await media.putTranslation({
      accountId: library,
      language,
      promptId,
      description: `System prompt in ${language} for ${promptId}`,
      upload: {
        path,
        contentType: rendered.contentType,
        filename: `${promptId}.${rendered.extension}`,
      },
      origin,
    })
    return { prompt_id: promptId, media_id: mediaId, outcome } as const
  }

  const run = async (
    request: AssignRequest,
    session: EditList,
    { signal, progress }: JobControl,
  ): Promise<SplitResult> => {
    const { takes, language } = request
    const results: TakeResult[] = []
    await forEachAtOnce(takes, availableParallelism(), async ({ prompt_id: promptId }, index) => {
      signal.throwIfAborted()
      results[index] = await write(request, session, index).catch((error: unknown): TakeResult => {
        const reason = reasonOf(error)
        if (reason === undefined) throw error
        const mediaId = `${language}%2F${promptId}`
        return { prompt_id: promptId, media_id: mediaId, outcome: 'failed', reason }
      })
      progress(results.filter(Boolean).length / takes.length)
    })
    return { language, takes: results }
  }

  return {
    split: async (session, options) => {
      const { source, signal } = session
      const release = blobs.hold([source])
      try {
        await open(session)
        return await measuring.findTakes(source, options, signal)
      } finally {
        release()
      }
    },
    assign: async (request) => {
      checkLanguage(request.language)
      checkFormat(rendering, request.format)
      await checkWritable(rendering, request.format)
      const wanted = { ...request, language: request.language.toLowerCase() }
      const release = blobs.hold([wanted.source])
      try {
        const session = await open(wanted)
        checkTakes(wanted, framesOf(session))
        const { takes, language } = wanted
        return jobs.start({
          accountId: wanted.accountId,
          kind: 'split',
          label: `${takes.length} ${takes.length === 1 ? 'take' : 'takes'} to ${language}`,
          run: (control) => run(wanted, session, control),
          cleanUp: () => {
            release()
            return Promise.resolve()
          },
        })
      } catch (error) {
        release()
        throw error
      }
    },
  }
}
