import * as api from '#contract/media'
import { mediaContentTypes } from '#contract/media'
import type { Blobs } from '../../platform/blobs/blobs.ts'
import type { Page } from '../../platform/documents/documents.ts'
import { pageRequestOf } from '../../platform/documents/page.ts'
import { AppError, invalid } from '../../platform/errors.ts'
import {
  handle,
  json,
  type BinaryReply,
  type Call,
  type JsonReply,
  type Route,
} from '../../platform/http/route.ts'
import type { Media, StoredMedia } from './media.ts'
import { mediaIdFromPath } from './naming.ts'

const mediaId = ({ params }: Pick<Call, 'params'>): string => mediaIdFromPath(params.media_id ?? '')

const one = ({ document, revision }: StoredMedia): JsonReply<api.MediaDocument> =>
  json(document, { revision })

const pageOf = (page: Page, size = page.items.length) =>
  page.paginated ? { size, startKey: page.startKey, nextStartKey: page.nextStartKey } : undefined

const isTrue = (value: unknown): boolean => value === true || value === 'true'
const isFalse = (value: unknown): boolean => value === false || value === 'false'

const change = (call: Pick<Call, 'accountId' | 'params' | 'requestId' | 'expectRevision'>) => ({
  accountId: call.accountId,
  id: mediaId(call),
  origin: call.requestId,
  check: call.expectRevision,
})

const mediaTypes: ReadonlySet<string> = new Set<string>(mediaContentTypes)
const isMediaType = (type: string): boolean =>
  mediaTypes.has(type) ||
  type === 'audio/*' ||
  type === 'video/*' ||
  type === 'application/octet-stream'

/** `/media/{id}` is the document unless audio is wanted; `/media/{id}/` is the file unless JSON is. */
const wantsFile = (call: Pick<Call, 'accepted' | 'trailingSlash'>): boolean => {
  const first = call.accepted(
    (type) => isMediaType(type) || /^(\*\/\*|application\/(json|\*))$/.test(type),
  )
  if (first === undefined || first === '*/*') return call.trailingSlash
  return isMediaType(first)
}

export const mediaRoutes = (media: Media, blobs: Blobs): Route[] => {
  const file = (call: Pick<Call, 'accountId' | 'params' | 'option'>): BinaryReply => {
    const id = mediaId(call)
    const found = media.file(call.accountId, id)
    if (!found) throw new AppError('no_attachment', { data: [id] })
    const { document } = media.get(call.accountId, id)
    const { blob, contentLength, filename } = found
    return {
      kind: 'binary',
      contentType: document.content_type ?? found.contentType,
      etag: blob,
      filename,
      inline: isTrue(call.option('inline')),
      body: { length: contentLength, open: (range) => blobs.read(blob, range) },
    }
  }

  const store = async (
    call: Pick<Call, 'accountId' | 'params' | 'requestId' | 'expectRevision' | 'file' | 'option'>,
  ) => {
    const { file: sent } = call
    if (!sent)
      throw invalid({ file: { required: { message: 'Please provide a file', value: 'file' } } })
    if (sent.bytes.length === 0) {
      throw invalid({
        content_length: {
          minimum: { message: 'The file is empty', target: 1, value: 0 },
        },
      })
    }
    const { document } = media.get(call.accountId, mediaId(call))
    const asked = call.option('filename')
    const filename =
      sent.filename ??
      (typeof asked === 'string' ? asked : undefined) ??
      document.prompt_id ??
      document.name
    return one(
      await media.setFile({
        ...change(call),
        upload: {
          bytes: sent.bytes,
          contentType: sent.contentType,
          filename: filename.replaceAll(/[/\\\p{Cc}]/gu, '_').slice(0, 200),
        },
        mediaSource: 'upload',
      }),
    )
  }

  return [
    handle(api.list, (call) => {
      const { page, items } = media.list(call.accountId, call.rawQuery)
      return json(items, { page: pageOf(page) })
    }),
    handle(api.create, async ({ accountId, data, requestId }) => {
      const made = await media.create(accountId, data, requestId)
      return { ...one(made), created: made.document.id }
    }),
    handle(api.languages, ({ accountId }) => {
      const counts = media.languages(accountId)
      return json(Object.keys(counts).length === 0 ? [] : [counts])
    }),
    handle(api.byLanguage, ({ accountId, params, rawQuery }) => {
      const page = media.byLanguage(accountId, params.language ?? '', rawQuery)
      return json(
        page.items.map(({ id }) => id),
        { page: pageOf(page) },
      )
    }),
    handle(api.prompts, ({ accountId, rawQuery }) => {
      const { size, startKey } = pageRequestOf(rawQuery)
      const limit = size === undefined ? undefined : size + 1
      const counts = media.promptCounts(accountId, { from: startKey ?? '', limit })
      const next = size === undefined ? undefined : counts[size]
      const shown = next ? counts.slice(0, -1) : counts
      const data = Object.fromEntries(shown.map(({ promptId, count }) => [promptId, count]))
      return json(shown.length === 0 ? [] : [data], {
        page:
          size === undefined
            ? undefined
            : { size: shown.length, startKey, nextStartKey: next?.promptId },
      })
    }),
    handle(api.translations, ({ accountId, params, rawQuery }) => {
      const promptId = params.prompt_id ?? ''
      const page = media.translations(accountId, promptId, rawQuery)
      const keys = pageOf({ ...page, startKey: page.startKey ?? promptId })
      return json(
        page.items.map(({ id }) => id),
        { page: keys },
      )
    }),
    handle(api.get, (call) =>
      wantsFile(call) ? file(call) : one(media.get(call.accountId, mediaId(call))),
    ),
    handle(api.update, async (call) =>
      call.file ? store(call) : one(await media.replace({ ...change(call), input: call.data })),
    ),
    handle(api.patch, async (call) =>
      one(await media.patch({ ...change(call), patch: call.data })),
    ),
    handle(api.remove, async (call) => {
      const hard = isTrue(call.option('hard_delete')) || isFalse(call.option('should_soft_delete'))
      return json(await media.remove({ ...change(call), hard }))
    }),
    handle(api.download, file),
    handle(api.upload, store),
  ]
}
