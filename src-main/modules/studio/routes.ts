import * as sources from '#contract/sources'
import * as api from '#contract/studio'
import type { LibraryItem, Status } from '#contract/studio'
import type { Blobs } from '../../platform/blobs/blobs.ts'
import { keysOf } from '../../platform/documents/documents.ts'
import { AppError } from '../../platform/errors.ts'
import { handle, json, type Call, type Principal, type Route } from '../../platform/http/route.ts'
import { mediaIdFromPath, type LibraryEntry, type Media, type MediaFile } from '../media/media.ts'
import type { Speech } from '../speech/speech.ts'
import { peaksAnswer, type Waveforms } from '../waveforms/waveforms.ts'

const mediaId = ({ params }: Pick<Call, 'params'>): string => mediaIdFromPath(params.media_id ?? '')

const text = (value: unknown): string => (typeof value === 'string' ? value : '')

const toItem = ({ stored, file }: LibraryEntry): LibraryItem => {
  const { id, body, created, modified } = stored
  return {
    id,
    name: text(body.name),
    ...(typeof body.description === 'string' && { description: body.description }),
    media_source: text(body.media_source),
    language: text(body.language),
    created,
    modified,
    ...(typeof body.normalization_error === 'string' && {
      normalization_error: body.normalization_error,
    }),
    ...(file && {
      content_type: text(body.content_type),
      content_length: file.contentLength,
      audio: file.audio,
    }),
  }
}

export type StudioRouteDeps = {
  waveforms: Waveforms
  media: Media
  blobs: Blobs
  speech: Speech
  status: (principal: Principal) => Promise<Status>
}

export const studioRoutes = ({
  waveforms,
  media,
  blobs,
  speech,
  status,
}: StudioRouteDeps): Route[] => {
  const existing = (
    call: Pick<Call, 'accountId' | 'params'>,
    file: MediaFile | undefined,
  ): MediaFile => {
    if (!file) throw new AppError('no_attachment', { data: [mediaId(call)] })
    return file
  }

  return [
    handle(api.status, async ({ principal }) => json(await status(principal))),
    handle(api.library, ({ accountId, rawQuery }) => {
      const { page, items } = media.library(accountId, rawQuery)
      return json(items.map(toItem), { page: keysOf(page) })
    }),
    handle(sources.peaks, async (call) => {
      const { blob } = existing(call, media.file(call.accountId, mediaId(call)))
      return peaksAnswer(waveforms, blob, call.query)
    }),
    handle(api.original, (call) => {
      const { accountId } = call
      const file = existing(call, media.file(accountId, mediaId(call), 'original'))
      return {
        kind: 'binary',
        contentType: file.contentType,
        etag: file.blob,
        filename: file.filename,
        body: { length: file.contentLength, open: (range) => blobs.read(file.blob, range) },
      }
    }),
    handle(api.restore, async (call) => {
      const restored = await media.restore({
        accountId: call.accountId,
        id: mediaId(call),
        origin: call.requestId,
      })
      return json(restored.document, { revision: restored.revision })
    }),
    handle(api.voiceMappings, () => json(speech.mappings())),
  ]
}
