import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { basename, isAbsolute } from 'node:path'
import * as drafts from '#contract/drafts'
import * as renders from '#contract/renders'
import * as sources from '#contract/sources'
import { checkList } from '#sound/edit-list/check'
import type { Blobs, HeldBlob } from '../../platform/blobs/blobs.ts'
import { AppError, invalid } from '../../platform/errors.ts'
import { handle, json, type BinaryReply, type Call, type Route } from '../../platform/http/route.ts'
import { mediaIdFromPath, type Media } from '../media/media.ts'
import type { Rendering } from '../rendering/rendering.ts'
import { peaksAnswer, type Waveforms } from '../waveforms/waveforms.ts'
import type { Caller } from './drafts.ts'
import type { Editing } from './editing.ts'
import { applyAll } from './folds.ts'
import { checked, refusalOf } from './refusals.ts'

export type EditingRouteDeps = {
  editing: Editing
  media: Media
  blobs: Blobs
  waveforms: Waveforms
  rendering: Rendering
}

/** Sources and drafts are the caller's; `target` only says whose library a document is in. */
const callerOf = (call: Pick<Call, 'principal' | 'requestId' | 'signal'>): Caller => ({
  accountId: call.principal.accountId,
  origin: call.requestId,
  signal: call.signal,
})

const draftId = ({ params }: Pick<Call, 'params'>): string => params.draft_id ?? ''

const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined

type Brought = { held: HeldBlob; name: string }

/** Where the audio of a new source comes from: the body, a document, or a file of this machine. */
const createIntake = ({ media, blobs }: Pick<EditingRouteDeps, 'media' | 'blobs'>) => {
  const streamed = async (stream: NonNullable<Call['stream']>): Promise<Brought> => {
    const held = await blobs.put(stream)
    if (held.size > 0) return { held, name: 'Untitled' }
    held.release()
    await blobs.collect([held.hash])
    throw invalid({ file: { minimum: { message: 'The file is empty', target: 1, value: 0 } } })
  }

  const ofMedia = (accountId: string, asked: string): Brought => {
    const id = mediaIdFromPath(asked)
    const file = media.file(accountId, id, 'original')
    if (!file) throw new AppError('no_attachment', { data: [id] })
    const { blob: hash, contentLength: size } = file
    const held = { hash, size, release: blobs.hold([hash]) }
    return { held, name: media.get(accountId, id).document.name }
  }

  const unusable = (path: string, message: string) =>
    invalid({ path: { invalid: { message, cause: path } } })

  const local = async (path: string): Promise<Brought> => {
    if (!isAbsolute(path) || path.includes('\0')) throw unusable(path, 'The path must be absolute')
    const found = await stat(path).catch(() => undefined)
    if (!found) throw unusable(path, 'There is nothing at this path')
    if (!found.isFile()) throw unusable(path, 'This is no file')
    if (found.size === 0) throw unusable(path, 'The file is empty')
    try {
      return { held: await blobs.put(createReadStream(path)), name: basename(path) }
    } catch (error) {
      if (error instanceof AppError) throw error
      throw unusable(path, 'The file cannot be read')
    }
  }

  return (call: Pick<Call, 'stream' | 'option' | 'principal' | 'accountId'>): Promise<Brought> => {
    if (call.stream) return streamed(call.stream)
    const mediaId = text(call.option('media_id'))
    if (mediaId !== undefined) return Promise.resolve(ofMedia(call.accountId, mediaId))
    const path = text(call.option('path'))
    if (path === undefined) {
      const message = 'Send a file, or say which: media_id or path'
      throw invalid({ media_id: { required: { message, value: 'media_id' } } })
    }
    if (call.principal.isAdmin) return local(path)
    throw new AppError('forbidden', {
      message: 'only the administrator may open a file of this machine',
    })
  }
}

const sourceRoutes = (deps: EditingRouteDeps): Route[] => {
  const { editing, waveforms } = deps
  const bring = createIntake(deps)

  /** What a source that is read completely answers once it answers for ever. */
  const part = async (
    call: Pick<Call, 'params' | 'principal'>,
    key: string,
    read: (id: string) => Promise<Buffer>,
  ): Promise<BinaryReply> => {
    const id = call.params.source_id ?? ''
    const { state } = await editing.sources.get(call.principal.accountId, id)
    const body = await read(id)
    const kept = state === 'ready' && { etag: `${id}-${key}`, immutable: true }
    return { kind: 'binary', contentType: 'application/octet-stream', inline: true, body, ...kept }
  }

  return [
    handle(sources.createSource, async (call) => {
      const { held, name } = await bring(call)
      const source = await editing.sources.add(
        call.principal.accountId,
        held,
        call.query.name ?? name,
      )
      return json(source, { created: source.id })
    }),
    handle(sources.source, async ({ principal, params }) =>
      json(await editing.sources.get(principal.accountId, params.source_id ?? '')),
    ),
    handle(sources.sourcePeaks, async ({ principal, params, query }) => {
      const { id } = await editing.sources.get(principal.accountId, params.source_id ?? '')
      return peaksAnswer(waveforms, id, query)
    }),
    handle(sources.sourceLevels, (call) => {
      const level = Number(call.params.level)
      if (!Number.isInteger(level) || level < 0) {
        throw new AppError('bad_identifier', { cause: call.params.level })
      }
      const { from = 0, count = 1024 } = call.query
      return part(call, `levels-${level}-${from}-${count}`, (id) =>
        waveforms.levels(id, { level, from, count }),
      )
    }),
    handle(sources.sourceSamples, (call) => {
      const { from, frames } = call.query
      return part(call, `samples-${from}-${frames}`, (id) =>
        waveforms.samples(id, { from, frames }),
      )
    }),
  ]
}

const draftRoutes = ({ editing, media }: EditingRouteDeps): Route[] => [
  handle(drafts.drafts, ({ principal }) => json(editing.drafts.list(principal.accountId))),
  handle(drafts.openDraft, async (call) => {
    const { media_id, source, name } = call.data
    const target = call.query.target ?? 'account'
    if ((media_id === undefined) === (source === undefined)) {
      const message = 'Say either which media document to edit, or which source'
      throw invalid({ media_id: { required: { message, value: 'media_id' } } })
    }
    const draft =
      media_id === undefined
        ? await editing.drafts.openSource(callerOf(call), { target, source: source ?? '', name })
        : await editing.drafts.openMedia(callerOf(call), {
            target,
            mediaId: mediaIdFromPath(media_id),
            name,
          })
    return json(draft, { created: draft.id })
  }),
  handle(drafts.draft, (call) => json(editing.drafts.get(call.principal.accountId, draftId(call)))),
  handle(drafts.draftList, async (call) =>
    json(await editing.drafts.listOf(call.principal.accountId, draftId(call))),
  ),
  handle(drafts.addStep, async (call) =>
    json(await editing.drafts.addStep(callerOf(call), { ...call.data, id: draftId(call) })),
  ),
  handle(drafts.setPosition, async (call) =>
    json(await editing.drafts.setPosition(callerOf(call), { ...call.data, id: draftId(call) })),
  ),
  handle(drafts.applyEffects, async (call) => {
    const job = await editing.effects.start(callerOf(call), { ...call.data, id: draftId(call) })
    return json({ job_id: job.id })
  }),
  handle(drafts.setEditor, (call) => {
    const { window, take_over: takeOver = false, leave = false } = call.data
    const wish = { id: draftId(call), window, takeOver, leave }
    return json(editing.drafts.setEditor(callerOf(call), wish))
  }),
  handle(drafts.saveDraft, async (call) => {
    const { media_revision: mediaRevision, ...data } = call.data
    const wish = { ...data, mediaRevision, id: draftId(call) }
    const job = await editing.save.start(callerOf(call), wish)
    return json({ job_id: job.id })
  }),
  handle(drafts.deleteDraft, async (call) => {
    const { window } = call.data
    return json(await editing.drafts.remove(callerOf(call), { id: draftId(call), window }))
  }),
  handle(drafts.revert, async (call) => {
    const { document, revision } = await media.revert({
      accountId: call.accountId,
      id: mediaIdFromPath(call.params.media_id ?? ''),
      origin: call.requestId,
      check: call.expectRevision,
    })
    return json({ media_id: document.id, revision }, { revision })
  }),
]

const renderRoutes = ({ editing, rendering }: EditingRouteDeps): Route[] => [
  handle(renders.applyOperations, async ({ data: { list, operations } }) => {
    checked('list', () => checkList(list))
    let index = 0
    try {
      return json(await applyAll(list, operations, (at) => (index = at)))
    } catch (error) {
      throw refusalOf(error, `operations.${index}`)
    }
  }),
  handle(renders.createRender, async ({ principal, data }) => {
    const render = await editing.renders.start(principal.accountId, data)
    return json(render)
  }),
  handle(renders.render, ({ principal, params }) =>
    json(editing.renders.get(principal.accountId, params.render_id ?? '')),
  ),
  handle(renders.renderFile, ({ principal, params }) => {
    const id = params.render_id ?? ''
    const { contentType, filename, length, open } = editing.renders.file(principal.accountId, id)
    return { kind: 'binary', contentType, etag: id, filename, body: { length, open } }
  }),
  handle(renders.preview, async ({ principal, data, signal }) => ({
    kind: 'binary',
    contentType: 'audio/x-wav',
    inline: true,
    body: await editing.renders.preview(principal.accountId, data, signal),
  })),
  handle(renders.effectCommand, ({ data }) => {
    const { sample_rate_hz: sampleRateHz, channels, effects, format } = data
    return json({ command: rendering.command({ sampleRateHz, channels, effects, format }) })
  }),
  handle(renders.formats, async () =>
    json(
      (await rendering.formats()).map((format) => ({
        container: format.container,
        encodings: [...format.encodings],
        content_type: format.contentType,
        extension: format.extension,
        ...(format.sampleRatesHz && { sample_rates_hz: [...format.sampleRatesHz] }),
        ...(format.mostChannels !== undefined && { most_channels: format.mostChannels }),
        ...(format.bitratesKbps && { bitrates_kbps: [...format.bitratesKbps] }),
      })),
    ),
  ),
]

export const editingRoutes = (deps: EditingRouteDeps): Route[] => [
  ...sourceRoutes(deps),
  ...draftRoutes(deps),
  ...renderRoutes(deps),
]
