import type { IncomingMessage } from 'node:http'
import type { Endpoint, Method } from '#contract/endpoint'
import { AppError, invalid } from '../errors.ts'
import { parseAccept } from './accept.ts'
import { authorise, tokenOf, type Authority } from './access.ts'
import { readBody, type RequestBody } from './body.ts'
import type { BinaryReply, Call, JsonReply, RawQuery, Route } from './route.ts'
import type { Validator } from './validate.ts'

/** A request whose path is known, before its verb is. */
export type Request = {
  raw: IncomingMessage
  method: string
  /** Path without query, as sent. */
  path: string
  params: Readonly<Record<string, string>>
  query: RawQuery
  requestId: string
  signal: AbortSignal
}

export type DispatchDeps = { authority: Authority; validator: Validator; bodyLimit: () => number }

/** All that is served under one path template. */
export type Resource = { routes: ReadonlyMap<Method, Route>; isSystem: boolean }

export type Outcome = {
  reply: JsonReply | BinaryReply
  route: Route
  accountId: string
  token: string | undefined
  /** The Accept preference that won, or all of them. */
  accept: readonly string[]
}

const single = (value: RawQuery[string]): string | undefined =>
  typeof value === 'string' ? value : value?.at(-1)

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Clients may not write what only the server knows; null means absent (spec: private keys). */
const publicPart = (data: Record<string, unknown>, keepNulls: boolean): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(data).filter(
      ([key, value]) => !/^(_|pvt_)/.test(key) && (keepNulls || value !== null),
    ),
  )

const dataOf = (envelope: Readonly<Record<string, unknown>>): unknown => {
  if (envelope.data === undefined) {
    throw invalid({
      data: { required: { message: 'Field is required but missing', value: 'data' } },
    })
  }
  return envelope.data
}

const notAnObject = (value: unknown) => {
  const message = 'Value did not match type(s): object'
  return invalid({ data: { type: { message, target: 'object', value } } })
}

const readEnvelope = async (
  request: Request,
  resource: Resource,
  limit: number,
): Promise<RequestBody> => {
  const { method, raw } = request
  if (method === 'GET' || method === 'HEAD') return { kind: 'envelope', envelope: {} }
  const { body: kind = 'envelope', mostBytes } =
    resource.routes.get(method as Method)?.endpoint ?? {}
  return readBody(raw, { kind, limit: mostBytes ?? limit })
}

/** POST may stand for another verb, for clients that can send no other (spec: verb tunnelling). */
const effectiveVerb = (request: Request, envelope: Readonly<Record<string, unknown>>): string => {
  if (request.method === 'HEAD') return 'GET'
  if (request.method !== 'POST') return request.method
  const asked = envelope.verb ?? single(request.query.verb)
  return typeof asked === 'string' && /^(put|patch|delete|post|get)$/i.test(asked)
    ? asked.toUpperCase()
    : 'POST'
}

const routeFor = (resource: Resource, verb: string): Route => {
  const route = resource.routes.get(verb as Method)
  if (route) return route
  throw new AppError('invalid_method', {
    cause: verb,
    headers: { allow: [...resource.routes.keys()].join(', ') },
  })
}

const shorthands = new Map([
  ['csv', 'text/csv'],
  ['json', 'application/json'],
])

const acceptOf = (request: Request, envelope: Readonly<Record<string, unknown>>): string[] => {
  const asked = single(request.query.accept) ?? envelope.accept
  const header =
    typeof asked === 'string' ? (shorthands.get(asked) ?? asked) : request.raw.headers.accept
  return parseAccept(header ?? '*/*')
}

const takesTarget = ({ query }: Endpoint): boolean =>
  'target' in ((query as { properties?: object } | undefined)?.properties ?? {})

const validated = (deps: DispatchDeps, route: Route, body: RequestBody, query: RawQuery) => {
  const { endpoint } = route
  const parsedQuery = endpoint.query ? deps.validator.query(endpoint.query, { ...query }) : {}
  if (endpoint.body === undefined || endpoint.body === 'none') {
    return { query: parsedQuery, data: undefined }
  }
  if (body.kind !== 'envelope') {
    // A file was sent to where POST takes one, under the name of another verb.
    if (endpoint.body === 'envelope') {
      throw new AppError('unsupported_type', { message: `${endpoint.method} takes JSON, no file` })
    }
    return { query: parsedQuery, data: undefined }
  }
  const sent = dataOf(body.envelope)
  if (endpoint.data === undefined) return { query: parsedQuery, data: sent }
  if (!isObject(sent)) throw notAnObject(sent)
  const data = publicPart(sent, endpoint.method === 'PATCH')
  return { query: parsedQuery, data: deps.validator.body(endpoint.data, data) }
}

/** From a request to its handler's reply: body, verb, token, access, validation, in this order. */
export const dispatch = async (
  deps: DispatchDeps,
  resource: Resource,
  request: Request,
): Promise<Outcome> => {
  if (request.method !== 'POST' && request.method !== 'HEAD') routeFor(resource, request.method)
  const early = tokenOf({ headers: request.raw.headers, query: request.query })
  const needsToken = [...resource.routes.values()].every(
    ({ endpoint }) => endpoint.access !== 'open',
  )
  // A token known to be wrong is refused before its body is read.
  if (needsToken && early !== undefined && !deps.authority.authenticate(early)) {
    throw new AppError('invalid_credentials')
  }
  const body = await readEnvelope(request, resource, deps.bodyLimit()).catch((error: unknown) => {
    // Nobody is told what is wrong with a body before it is known who asks.
    throw needsToken && early === undefined ? new AppError('invalid_credentials') : error
  })
  const envelope = body.kind === 'stream' ? {} : body.envelope
  const route = routeFor(resource, effectiveVerb(request, envelope))
  const { endpoint } = route
  const token = early ?? tokenOf({ headers: {}, query: {}, envelope })
  const { principal, accountId } = authorise(deps.authority, {
    access: endpoint.access,
    token,
    accountId: request.params.account_id,
    isSystem: resource.isSystem || (takesTarget(endpoint) && request.query.target === 'system'),
  })
  const { query, data } = validated(deps, route, body, request.query)
  const accept = acceptOf(request, envelope)
  const call: Call = {
    params: request.params,
    query: query as Call['query'],
    rawQuery: request.query,
    data: data as Call['data'],
    envelope,
    file: body.kind === 'file' ? body.file : undefined,
    stream: body.kind === 'stream' ? body.stream : undefined,
    principal,
    accountId,
    trailingSlash: request.path.endsWith('/'),
    accepted: (predicate) => accept.find(predicate),
    option: (key) =>
      (isObject(envelope.data) ? envelope.data[key] : undefined) ??
      single(request.query[key]) ??
      envelope[key],
    expectRevision: (revision) => {
      const wanted = request.raw.headers['if-match']
      // An ETag may tell more than the revision, behind a dot; only the revision is a condition.
      const named = wanted?.replace(/\.[0-9a-f]{32}"$/, '"')
      if (named !== undefined && named !== '*' && named !== `"${revision}"`) {
        throw new AppError('conflict', {
          message: `the document has changed: its revision is now ${revision}`,
        })
      }
    },
    requestId: request.requestId,
    signal: request.signal,
  }
  return { reply: await route.handler(call), route, accountId, token, accept }
}
