import type { Static, TSchema } from 'typebox'
import type { RefusalCode } from './errors.ts'

export type Method = 'GET' | 'PUT' | 'POST' | 'PATCH' | 'DELETE'

/**
 * Who may call: anyone (`open`), whoever holds a token of the account in the path (`account`),
 * or the installation's administrator (`admin`).
 */
export type Access = 'open' | 'account' | 'admin'

/**
 * What the request carries besides its path and query.
 * `envelope` is Crossbar's `{"data": …}`; `file` is one file; `upload` is either, told apart by
 * Content-Type; `stream` is a body of any size the handler reads itself, or an envelope.
 */
export type BodyKind = 'none' | 'envelope' | 'file' | 'upload' | 'stream'

export type EndpointSchemas = { query?: TSchema; data?: TSchema; reply?: TSchema }

type Description<S extends EndpointSchemas> = S & {
  summary: string
  /** What the summary has no room for: layouts, what a conflict is about. */
  description?: string
  tag: string
  access: Access
  /** HTTP status of success; 201 adds a `Location` header naming the document. */
  status?: 200 | 201 | 202
  body?: BodyKind
  /** Bytes of the largest envelope; without it as much as the settings let people upload. */
  mostBytes?: number
  /** Also served without `/accounts/{account_id}`: the same resource in the system scope. */
  system?: true
  /** A list in pages: takes `page_size`, `start_key`, `ascending` and `paginate`. */
  paged?: true
  /** A list of documents: takes `filter_KEY` and the other filters on the whole document. */
  filtered?: true
  /** Media types of a stream, besides an envelope. */
  consumes?: readonly string[]
  /** Refusals besides those of every call with such a path, query and body. */
  refuses?: readonly RefusalCode[]
  /** Data somebody could send. */
  example?: unknown
  /** Media types answered instead of an envelope. */
  produces?: readonly string[]
}

/** One operation of the API as data: routes, the OpenAPI document and the client are derived from it. */
export type Endpoint<S extends EndpointSchemas = EndpointSchemas> = Description<S> & {
  method: Method
  /** Path template, parameters in braces: `/v2/accounts/{account_id}/media/{media_id}`. */
  path: string
}

export type QueryOf<S> = S extends { query: infer Q extends TSchema } ? Static<Q> : EmptyQuery
export type DataOf<S> = S extends { data: infer D extends TSchema } ? Static<D> : undefined
export type ReplyOf<S> = S extends { reply: infer R extends TSchema } ? Static<R> : unknown

type EmptyQuery = Record<string, never>

export const endpoint = <const S extends EndpointSchemas>(
  method: Method,
  path: string,
  description: Description<S> & { example?: DataOf<S> },
): Endpoint<S> => ({ ...description, method, path })
