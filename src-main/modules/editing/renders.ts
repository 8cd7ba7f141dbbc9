import { createReadStream, type ReadStream } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { EditList } from '#contract/edit-list'
import type { Effect, OutputFormat } from '#contract/effects'
import type { Render } from '#contract/renders'
import type { Job } from '#contract/studio'
import { framesOf, requireRange } from '#sound/edit-list/edit-list'
import type { Clock } from '../../platform/clock.ts'
import { newId } from '../../platform/documents/documents.ts'
import { AppError, invalid, ToolError } from '../../platform/errors.ts'
import type { Jobs } from '../jobs/jobs.ts'
import type { Rendered, Rendering } from '../rendering/rendering.ts'
import { checked } from './refusals.ts'
import type { Sources } from './sources.ts'

/** Files and previews made of edit lists that clients send. Files are kept for a day. */
export type Renders = {
  start: (accountId: string, wish: RenderWish) => Promise<Render>
  /** Throws `bad_identifier` for a render of another account, too. */
  get: (accountId: string, id: string) => Render
  /** Throws `no_attachment` while it is not done. */
  file: (accountId: string, id: string) => RenderFile
  preview: (accountId: string, wish: PreviewWish, signal: AbortSignal) => Promise<Buffer>
  /** Removes files older than a day. */
  forgetOld: () => Promise<void>
}

export type Wish = { list: EditList; from?: number; to?: number }
export type RenderWish = Wish & {
  effects?: readonly Effect[]
  format?: OutputFormat
  name?: string
}
export type PreviewWish = Wish & { effects: readonly Effect[] }

export type RenderFile = Pick<Rendered, 'contentType'> & {
  filename: string
  length: number
  open: (range?: { start: number; end: number }) => ReadStream
}

type Entry = {
  accountId: string
  id: string
  jobId: string
  path: string
  name: string
  command: string
  madeMs: number
  planned: Pick<Rendered, 'contentType' | 'extension'>
  rendered?: Rendered
}

const KEPT_MS = 24 * 3600 * 1000

const working = { contentType: 'audio/x-wav', extension: 'wav' }

const states: Readonly<Record<Job['status'], Render['state']>> = {
  queued: 'running',
  running: 'running',
  done: 'done',
  failed: 'failed',
  cancelled: 'cancelled',
}

/** What sox says of effects it will not do, as what the request got wrong. One that was killed said nothing. */
const asRefusal = (error: unknown): unknown =>
  error instanceof ToolError && error.exitCode !== null
    ? invalid({ effects: { invalid: { message: error.message, command: error.command } } })
    : error

export const createRenders = async (deps: {
  /** Emptied now: renders live as long as the process. */
  folder: string
  sources: Sources
  rendering: Rendering
  jobs: Jobs
  clock: Clock
}): Promise<Renders> => {
  const { folder, sources, rendering, jobs, clock } = deps
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { mode: 0o700 })
  const entries = new Map<string, Entry>()

  const check = async (accountId: string, { list, from = 0, to }: Wish) => {
    await sources.checkList(accountId, list)
    const end = to ?? framesOf(list)
    checked(undefined, () => requireRange(list, { from, to: end }))
    return { from, to: end }
  }

  const stateOf = ({ accountId, jobId, rendered }: Entry): Render['state'] => {
    if (rendered) return 'done'
    try {
      return states[jobs.get(accountId, jobId).status]
    } catch {
      // Forgotten among many later ones, and it left no file.
      return 'failed'
    }
  }

  const toRender = (entry: Entry): Render => {
    const { contentType, extension } = entry.rendered ?? entry.planned
    return {
      id: entry.id,
      job_id: entry.jobId,
      state: stateOf(entry),
      filename: `${entry.name}.${extension}`,
      content_type: contentType,
      ...(entry.rendered && { content_length: entry.rendered.bytes }),
      command: entry.rendered?.command ?? entry.command,
    }
  }

  const find = (accountId: string, id: string): Entry => {
    const entry = entries.get(id)
    if (entry?.accountId === accountId) return entry
    const message = 'there is no such render, or its day is over'
    throw new AppError('bad_identifier', { message, cause: id })
  }

  const safeName = (name: string) => name.replaceAll(/[/\\\p{Cc}]/gu, '_')

  return {
    start: async (accountId, { name = 'audio', effects = [], format, ...wish }) => {
      const range = await check(accountId, wish)
      const { list } = wish
      const writable = await rendering.formats() // refuses when there is no sox
      const { sample_rate_hz: sampleRateHz, channels } = list
      const command = rendering.command({ sampleRateHz, channels, effects, format })
      const id = newId()
      const planned = writable.find(({ container }) => container === format?.container) ?? working
      const path = join(folder, `${id}.${planned.extension}`)
      const job = jobs.start({
        accountId,
        kind: 'render',
        label: `Write ${name}`,
        run: async ({ signal, progress }) => {
          const request = { list, ...range, effects, format, path, signal }
          const rendered = await rendering.render({ ...request, onProgress: progress })
          const entry = entries.get(id)
          if (entry) entry.rendered = rendered
          return { render_id: id }
        },
      })
      const entry: Entry = {
        ...{ accountId, id, jobId: job.id, path, name: safeName(name), command, planned },
        madeMs: clock.nowMs(),
      }
      entries.set(id, entry)
      return toRender(entry)
    },
    get: (accountId, id) => toRender(find(accountId, id)),
    file: (accountId, id) => {
      const entry = find(accountId, id)
      const { rendered, path, name } = entry
      if (!rendered) {
        const message = `this render has no file: it is ${stateOf(entry)}`
        throw new AppError('no_attachment', { message, cause: id })
      }
      return {
        contentType: rendered.contentType,
        filename: `${name}.${rendered.extension}`,
        length: rendered.bytes,
        open: (range) => createReadStream(path, range),
      }
    },
    preview: async (accountId, wish, signal) => {
      const range = await check(accountId, wish)
      try {
        return await rendering.preview({ ...wish, ...range, signal })
      } catch (error) {
        throw asRefusal(error)
      }
    },
    forgetOld: async () => {
      const old = [...entries.values()].filter(({ madeMs }) => clock.nowMs() - madeMs > KEPT_MS)
      for (const { id, path } of old) {
        entries.delete(id)
        await rm(path, { force: true })
      }
    },
  }
}
