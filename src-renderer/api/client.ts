import type { DataOf, Endpoint, QueryOf, ReplyOf } from '#contract/endpoint'
import { sessionEnded, toApiError, unreachable } from './api-error.ts'
import { expireSession, useSession } from './session.ts'

type Address = {
  /** Values for the braces of the path; `account_id` comes from the session. */
  params?: Readonly<Record<string, string>>
  query?: object
  /** Addresses the system library instead of the account's, where the endpoint exists there. */
  system?: boolean
  signal?: AbortSignal | undefined
  /** Sent even when the page goes away meanwhile. */
  keepalive?: boolean
  /** The revision the document must still have: another one is a conflict, and nothing is changed. */
  ifMatch?: string
}

type Loose<T> = { [K in keyof T]?: T[K] | undefined }

export type AddressOf<E extends Endpoint> = Omit<Address, 'query'> & { query?: Loose<QueryOf<E>> }

type BodyOf<E extends Endpoint> = E extends { data: object }
  ? { data: DataOf<E> }
  : { data?: Readonly<Record<string, unknown>> }

type CallOptions<E extends Endpoint> = AddressOf<E> & BodyOf<E>

/** Options may be left out where nothing in them is required. */
type Arguments<E extends Endpoint> = E extends { data: object }
  ? [options: CallOptions<E>]
  : [options?: CallOptions<E>]

type Reply<E extends Endpoint> = {
  data: ReplyOf<E>
  auth_token?: string
  next_start_key?: string
}

const searchOf = (query: object): string => {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query))
    if (value !== undefined && value !== null) search.set(name, String(value))
  const text = search.toString()
  return text ? `?${text}` : ''
}

const fill = (endpoint: Endpoint, { params = {}, query = {}, system = false }: Address): string => {
  const template = system ? endpoint.path.replace('/accounts/{account_id}', '') : endpoint.path
  const path = template.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const value = params[name] ?? (name === 'account_id' ? useSession.getState().account.id : '')
    if (!value) throw new Error(`${endpoint.path} needs ${name}`)
    return encodeURIComponent(value)
  })
  return path + searchOf(query)
}

/** The endpoint's path with everything filled in: relative to the server that served the page. */
export const urlOf = <E extends Endpoint>(endpoint: E, address: AddressOf<E> = {}): string =>
  fill(endpoint, address)

const tokenHeader = (): Record<string, string> => {
  const { token } = useSession.getState()
  return token === null ? {} : { 'X-Auth-Token': token }
}

const refusal = (endpoint: Endpoint, status: number, body: unknown) => {
  if (status !== 401 || endpoint.access === 'open') return toApiError(status, body)
  expireSession()
  return sessionEnded()
}

const send = async (
  endpoint: Endpoint,
  { data, signal, keepalive = false, ifMatch, ...address }: Address & { data?: unknown },
  accept = 'application/json',
): Promise<Response> => {
  const hasBody = data !== undefined
  const response = await fetch(fill(endpoint, address), {
    method: endpoint.method,
    headers: {
      ...tokenHeader(),
      Accept: accept,
      ...(hasBody ? { 'Content-Type': 'application/json' } : {}),
      ...(ifMatch === undefined ? {} : { 'If-Match': `"${ifMatch}"` }),
    },
    ...(hasBody ? { body: JSON.stringify({ data }) } : {}),
    signal: signal ?? null,
    keepalive,
  }).catch((error: unknown) => {
    if (signal?.aborted) throw error
    throw unreachable(endpoint)
  })
  if (response.ok) return response
  const body: unknown = await response.json().catch(() => undefined)
  throw refusal(endpoint, response.status, body)
}

/** An answer that breaks off is as good as none. */
const readEnvelope = async <E extends Endpoint>(
  endpoint: E,
  response: Response,
  signal: AbortSignal | undefined,
): Promise<Reply<E>> => {
  // The backend's own tests hold every reply against its schema.
  const reply: unknown = await response.json().catch((error: unknown) => {
    if (signal?.aborted) throw error
    throw unreachable(endpoint)
  })
  return reply as Reply<E>
}

/** The whole envelope, for the few callers that need more than its data. */
export const callEnvelope = async <E extends Endpoint>(
  endpoint: E,
  ...[options]: Arguments<E>
): Promise<Reply<E>> => {
  const response = await send(endpoint, options ?? {})
  return readEnvelope(endpoint, response, options?.signal)
}

/** Calls an endpoint of the contract and answers with the envelope's data; throws ApiError. */
export const call = async <E extends Endpoint>(
  endpoint: E,
  ...options: Arguments<E>
): Promise<ReplyOf<E>> => (await callEnvelope(endpoint, ...options)).data

export type Page<T> = { data: T; nextStartKey: string | undefined }

/** One page of a list; `nextStartKey` is undefined on the last one. */
export const callPage = async <E extends Endpoint>(
  endpoint: E,
  options: AddressOf<E> & { startKey?: string | undefined; pageSize?: number },
): Promise<Page<ReplyOf<E>>> => {
  const { startKey, pageSize, ...address } = options
  const query = { ...address.query, start_key: startKey, page_size: pageSize }
  const response = await send(endpoint, { ...address, query })
  const reply = await readEnvelope(endpoint, response, address.signal)
  return { data: reply.data, nextStartKey: reply.next_start_key }
}

/** What an endpoint that `produces` something else than JSON answers. */
export const fetchBinary = async <E extends Endpoint>(
  endpoint: E,
  ...[options]: Arguments<E>
): Promise<Blob> => (await send(endpoint, options ?? {}, '*/*')).blob()

type UploadOptions<E extends Endpoint> = AddressOf<E> & {
  file: Blob
  /** Told to the server; without it the file's own type. */
  contentType?: string
  /** 0 to 1. */
  onProgress?: (progress: number) => void
}

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Sends a file as the raw body. XMLHttpRequest, because fetch does not tell how far it got. */
export const uploadFile = <E extends Endpoint>(
  endpoint: E,
  { file, contentType, onProgress, signal, ...address }: UploadOptions<E>,
): Promise<ReplyOf<E>> =>
  new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open(endpoint.method, fill(endpoint, address))
    for (const [name, value] of Object.entries(tokenHeader())) request.setRequestHeader(name, value)
    const type = contentType ?? (file.type === '' ? 'application/octet-stream' : file.type)
    request.setRequestHeader('Content-Type', type)
    request.upload.onprogress = ({ loaded, total }) => onProgress?.(total > 0 ? loaded / total : 0)
    request.onerror = () => reject(unreachable(endpoint))
    request.onabort = () => reject(new DOMException('The upload was cancelled.', 'AbortError'))
    request.onload = () => {
      const body = jsonOf(request.responseText)
      if (request.status >= 200 && request.status < 300) resolve((body as Reply<E>).data)
      else reject(refusal(endpoint, request.status, body))
    }
    signal?.addEventListener('abort', () => request.abort())
    request.send(file)
  })
