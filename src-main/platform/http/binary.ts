import type { Readable } from 'node:stream'
import { AppError } from '../errors.ts'
import { namesEtag } from './etag.ts'
import type { BinaryReply } from './route.ts'

export type BinaryAnswer = {
  status: number
  headers: Record<string, string>
  body: Buffer | Readable | undefined
}

type Span = { start: number; end: number }

/** `bytes=a-b`, `bytes=a-` or `bytes=-n` of a body of `size` bytes; a malformed header asks for all of it. */
export const parseRange = (
  header: string | undefined,
  size: number,
): Span | 'whole' | 'outside' => {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? '')
  if (!match) return 'whole'
  const [, first = '', last = ''] = match
  if (first === '' && last === '') return 'whole'
  const start = first === '' ? Math.max(0, size - Number(last)) : Number(first)
  const end = first === '' || last === '' ? size - 1 : Math.min(Number(last), size - 1)
  if (start >= size) return 'outside'
  return start > end ? 'whole' : { start, end }
}

/** Quotes as RFC 6266 wants: an ASCII fallback, and the real name percent-encoded. */
export const disposition = (kind: 'inline' | 'attachment', filename?: string): string => {
  if (filename === undefined) return kind
  const plain = filename.replaceAll(/[^\x20-\x7e]|["\\%]/g, '_')
  const real = encodeURIComponent(filename.toWellFormed()).replaceAll(
    /['()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16)}`,
  )
  return plain === filename
    ? `${kind}; filename="${plain}"`
    : `${kind}; filename="${plain}"; filename*=UTF-8''${real}`
}

type BinaryRequest = {
  range: string | undefined
  ifRange: string | string[] | undefined
  ifNoneMatch: string | undefined
}

/** Answers with bytes: whole, part of them (206), or not at all when the client has them (304). */
export const binaryAnswer = (reply: BinaryReply, request: BinaryRequest): BinaryAnswer => {
  const etag = reply.etag === undefined ? undefined : `"${reply.etag}"`
  const headers: Record<string, string> = {
    'content-type': reply.contentType,
    'content-disposition': disposition(
      reply.inline === true ? 'inline' : 'attachment',
      reply.filename,
    ),
    // Uploads are anybody's bytes: a browser must not find a page in them.
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; sandbox",
    ...(etag !== undefined && { etag }),
    // Private: an answer to one token is no answer to another.
    ...(reply.immutable === true && { 'cache-control': 'private, max-age=31536000, immutable' }),
  }
  if (namesEtag(request.ifNoneMatch, etag)) return { status: 304, headers, body: undefined }
  const { body } = reply
  if (!Buffer.isBuffer(body) && !('open' in body)) return { status: 200, headers, body }

  const size = body.length
  // The rest of a file that has changed since would not fit the part the client has.
  const isStale = request.ifRange !== undefined && request.ifRange !== etag
  const range = isStale ? 'whole' : parseRange(request.range, size)
  if (range === 'outside') {
    throw new AppError('range_not_satisfiable', {
      headers: { 'content-range': `bytes */${size}` },
    })
  }
  const open = (span?: Span): Buffer | Readable =>
    Buffer.isBuffer(body) ? body.subarray(span?.start, span && span.end + 1) : body.open(span)
  headers['accept-ranges'] = 'bytes'
  if (range === 'whole') {
    return { status: 200, headers: { ...headers, 'content-length': String(size) }, body: open() }
  }
  headers['content-range'] = `bytes ${range.start}-${range.end}/${size}`
  headers['content-length'] = String(range.end - range.start + 1)
  return { status: 206, headers, body: open(range) }
}
