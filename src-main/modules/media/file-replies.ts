import { mediaContentTypes } from '#contract/media'
import type { Blobs } from '../../platform/blobs/blobs.ts'
import { AppError, invalid } from '../../platform/errors.ts'
import { changeBy } from '../../platform/http/change.ts'
import { json, type BinaryReply, type Call, type JsonReply } from '../../platform/http/route.ts'
import type { MediaDocument } from '#contract/media'
import type { Change, Media, StoredMedia } from './media.ts'
import { mediaIdFromPath, safeFileName } from './naming.ts'

/** The part of a call that names a document. */
export type MediaCall = Pick<
  Call,
  'accountId' | 'params' | 'requestId' | 'expectRevision' | 'file' | 'option'
>

/** Serving and storing the file of a document: what `/raw` does, and the document's own URL besides. */
export type FileReplies = {
  /** Throws `no_attachment` when there is none. */
  send: (call: MediaCall) => BinaryReply
  /** Throws a validation error when the request brings no file, or an empty one. */
  store: (call: MediaCall) => Promise<JsonReply<MediaDocument>>
}

export const mediaId = ({ params }: Pick<Call, 'params'>): string =>
  mediaIdFromPath(params.media_id ?? '')

export const changeOf = (call: MediaCall): Change => changeBy(call, mediaId(call))

export const reply = ({ document, revision }: StoredMedia): JsonReply<MediaDocument> =>
  json(document, { revision })

const mediaTypes = new Set<string>([
  ...mediaContentTypes,
  'audio/*',
  'video/*',
  'application/octet-stream',
])

/** `/media/{id}` is the document unless audio is wanted; `/media/{id}/` is the file unless JSON is. */
export const wantsFile = (call: Pick<Call, 'accepted' | 'trailingSlash'>): boolean => {
  const first = call.accepted(
    (type) => mediaTypes.has(type) || /^(\*\/\*|application\/(json|\*))$/.test(type),
  )
  if (first === undefined || first === '*/*') return call.trailingSlash
  return mediaTypes.has(first)
}

const required = { required: { message: 'Please provide a file', value: 'file' } }
const empty = { minimum: { message: 'The file is empty', target: 1, value: 0 } }

export const createFileReplies = (media: Media, blobs: Blobs): FileReplies => ({
  send: (call) => {
    const id = mediaId(call)
    const file = media.file(call.accountId, id)
    if (!file) throw new AppError('no_attachment', { data: [id] })
    const { document } = media.get(call.accountId, id)
    return {
      kind: 'binary',
      contentType: document.content_type ?? file.contentType,
      etag: file.blob,
      filename: file.filename,
      inline: String(call.option('inline')) === 'true',
      body: { length: file.contentLength, open: (range) => blobs.read(file.blob, range) },
    }
  },
  store: async (call) => {
    const { file } = call
    const change = changeOf(call)
    const { document } = media.get(change.accountId, change.id)
    if (!file) throw invalid({ file: required })
    if (file.bytes.length === 0) throw invalid({ content_length: empty })
    const asked = file.filename ?? call.option('filename')
    const filename = safeFileName(typeof asked === 'string' ? { name: asked } : document)
    const upload = { bytes: file.bytes, contentType: file.contentType, filename }
    return reply(await media.setFile({ ...change, upload, mediaSource: 'upload' }))
  },
})
