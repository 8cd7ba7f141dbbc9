import type { Readable } from 'node:stream'
import type { DataOf, Endpoint, EndpointSchemas, QueryOf, ReplyOf } from '#contract/endpoint'

/** Who is calling, as the token says. */
export type Principal = {
  accountId: string
  ownerId: string | undefined
  /** May act on every account and on the system library. */
  isAdmin: boolean
  token: string
}

/** One file of an upload: the bytes as sent, or decoded from base64. */
export type UploadedFile = { bytes: Buffer; contentType: string; filename: string | undefined }

export type RawQuery = Readonly<Record<string, string | readonly string[] | undefined>>

/** What a handler is given: everything validated, nothing of Fastify. */
export type Call<S extends EndpointSchemas = EndpointSchemas> = {
  params: Readonly<Record<string, string>>
  query: QueryOf<S>
  /** Every parameter as sent: filters and paging. */
  rawQuery: RawQuery
  data: DataOf<S>
  envelope: Readonly<Record<string, unknown>>
  file: UploadedFile | undefined
  stream: Readable | undefined
  principal: Principal
  /** Account of the path, of the token, or `system`. */
  accountId: string
  /** `/media/{id}/`: in Crossbar's seeds the file, without the slash the document. */
  trailingSlash: boolean
  /** The first of the Accept header's media types the predicate takes, by preference. */
  accepted: (predicate: (type: string) => boolean) => string | undefined
  /** Value of a request option: in data, then query, then envelope (spec: `req_value`). */
  option: (key: string) => unknown
  /** Throws `conflict` when an If-Match header names another revision. */
  expectRevision: (revision: string) => void
  requestId: string
  /** Aborted when the client goes away. */
  signal: AbortSignal
}

export type JsonReply<T = unknown> = {
  kind: 'json'
  data: T
  revision?: string
  /** What `data` shows that no revision tells of: counts in the ETag, so that a GET sees it change. */
  live?: unknown
  /** Beside `data` in the envelope: what KAZOO 5 says of a document there. */
  metadata?: unknown
  /** Id of the created document, for `Location`. */
  created?: string
  /** Replaces the caller's token in the envelope: a login. */
  token?: string
  page?:
    { size: number; startKey: string | undefined; nextStartKey: string | undefined } | undefined
}

export type BinaryReply = {
  kind: 'binary'
  contentType: string
  /** Quoted by the server. */
  etag?: string
  filename?: string
  inline?: boolean
  /** What is at this URL never changes: browsers keep it without asking again. */
  immutable?: boolean
  /** Bytes, or a stream of the given length; a stream without a length cannot be ranged. */
  body:
    | Buffer
    | { length: number; open: (range?: { start: number; end: number }) => Readable }
    | Readable
}

type Reply<S> = JsonReply<ReplyOf<S>> | BinaryReply

export type Route = {
  endpoint: Endpoint
  handler: (call: Call) => Promise<JsonReply | BinaryReply> | JsonReply | BinaryReply
}

/** Ties an operation of the contract to the code that answers it; both sides are typed by it. */
export const handle = <S extends EndpointSchemas>(
  endpoint: Endpoint<S>,
  handler: (call: Call<S>) => Promise<Reply<S>> | Reply<S>,
): Route =>
  // The server validates query and data against the endpoint's schemas before it calls.
  ({ endpoint, handler: handler })

export const json = <T>(data: T, more: Omit<JsonReply<T>, 'kind' | 'data'> = {}): JsonReply<T> => ({
  kind: 'json',
  data,
  ...more,
})
