import { randomBytes } from 'node:crypto'
import { Readable } from 'node:stream'
import fastifyStatic from '@fastify/static'
import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import { fastify, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { AppError } from '../errors.ts'
import type { Log } from '../log.ts'
import { binaryAnswer, disposition } from './binary.ts'
import { toCsv } from './csv.ts'
import { dispatch, type DispatchDeps, type Outcome, type Resource } from './dispatch.ts'
import { drain } from './drain.ts'
import { namesEtag } from './etag.ts'
import { openApiOf } from './openapi.ts'
import type { OriginPolicy } from './origin.ts'
import { errorAnswer, successAnswer, type Answer, type Framing } from './reply.ts'
import { resourcesOf, routerPath } from './resources.ts'
import type { RawQuery, Route } from './route.ts'

type OpenApi = Extract<
  Parameters<typeof swagger>[1],
  { mode: 'static' }
>['specification'] extends infer S
  ? Extract<S, { document: unknown }>['document']
  : never

/** Fastify behind our own words: routes go in, a listening server comes out. */
export type ServerOptions = DispatchDeps & {
  routes: readonly Route[]
  origins: OriginPolicy
  version: string
  /** Folder of the built renderer, served at `/`. */
  rendererDir: string | undefined
  log: Log
  now: () => Date
}

const nodeName = 'patchbay@localhost'
const maximumIdLength = 4096
/** A body that is still not there after this is given up; the largest pack on a slow disk takes minutes. */
const requestTimeoutMs = 900_000

const pageSecurity = {
  'content-security-policy':
    "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; media-src 'self' blob:; font-src 'self'; connect-src 'self' ws: wss:; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
}

const corsHeaders = {
  'access-control-allow-methods': 'GET, PUT, POST, PATCH, DELETE, OPTIONS',
  'access-control-allow-headers':
    'content-type, accept, authorization, x-auth-token, x-request-id, x-file-name, if-match, if-none-match, if-modified-since, range',
  'access-control-expose-headers':
    'content-type, content-disposition, content-range, x-auth-token, x-request-id, location, etag',
  'access-control-max-age': '86400',
  vary: 'Origin',
}

const requestIdOf = (request: FastifyRequest['raw']): string => {
  const given = request.headers['x-request-id']
  return typeof given === 'string' && /^[\w-]{1,64}$/.test(given)
    ? given
    : randomBytes(16).toString('hex')
}

const guard = (app: FastifyInstance, { origins }: ServerOptions) => {
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id)
    const { origin, host, 'content-type': type } = request.headers
    if (!origins.isHostAllowed(host)) throw new AppError('host_refused', { cause: host })
    // Fastify refuses a Content-Type it cannot parse; Crossbar takes such a body for JSON.
    if (type !== undefined && !type.includes('/')) delete request.headers['content-type']
    if (origin !== undefined && origins.isOriginAllowed(origin, host)) {
      reply.headers({ ...corsHeaders, 'access-control-allow-origin': origin })
    }
    if (request.method === 'OPTIONS') return reply.code(204).send()
    return undefined
  })
}

const isPretty = (request: FastifyRequest): boolean =>
  request.headers['x-pretty-print'] === 'true' ||
  // A request refused before it was routed has no query.
  (request.query as RawQuery | null)?.pretty_print === 'true'

const send = (
  request: FastifyRequest,
  reply: FastifyReply,
  { status, headers, body, text }: Answer,
) => {
  const isRead = request.method === 'GET' || request.method === 'HEAD'
  const isKnown =
    status === 200 && isRead && namesEtag(request.headers['if-none-match'], headers.etag)
  reply.headers(headers)
  if (isKnown) return reply.code(304).send()
  const payload = text ?? JSON.stringify(body, undefined, isPretty(request) ? 2 : undefined)
  if (!reply.hasHeader('content-type')) reply.header('content-type', 'application/json')
  // A Buffer, because Fastify adds a charset to JSON strings and clients compare the type exactly.
  return reply.code(status).send(Buffer.from(payload))
}

const pathOf = ({ url }: FastifyRequest): string => url.split('?')[0] ?? ''

const locationOf = (path: string, id: string | undefined): string | undefined =>
  id === undefined ? undefined : `${path.replace(/\/$/, '')}/${encodeURIComponent(id)}`

/** Name of a CSV: the X-File-Name header, or `file_name` (spec: lists). */
const csvName = ({ headers, query }: FastifyRequest): string => {
  const asked = headers['x-file-name'] ?? (query as RawQuery).file_name
  return typeof asked === 'string' && asked !== '' ? asked : 'list.csv'
}

const answer = (framing: Framing, outcome: Outcome, request: FastifyRequest): Answer => {
  const { reply, route, token, accept } = outcome
  if (reply.kind === 'binary') throw new Error('a binary reply has no envelope')
  const { endpoint } = route
  const result = successAnswer(framing, reply, {
    status: endpoint.status ?? 200,
    token,
    location: locationOf(pathOf(request), reply.created),
  })
  const first = accept[0]
  if (first === 'text/csv' && Array.isArray(reply.data)) {
    return {
      ...result,
      headers: {
        ...result.headers,
        'content-type': 'text/csv',
        'content-disposition': disposition('attachment', csvName(request)),
      },
      text: toCsv(reply.data),
    }
  }
  return result
}

const framingOf = ({ version, now }: ServerOptions, { id }: FastifyRequest): Framing => ({
  node: nodeName,
  version,
  requestId: id,
  now,
})

const serve = (options: ServerOptions, resource: Resource) => {
  return async (request: FastifyRequest, reply: FastifyReply) => {
    const gone = new AbortController()
    reply.raw.once('close', () => {
      if (!reply.raw.writableFinished) gone.abort()
    })
    try {
      const outcome = await dispatch(options, resource, {
        raw: request.raw,
        method: request.method,
        path: pathOf(request),
        params: request.params as Record<string, string>,
        query: request.query as RawQuery,
        requestId: request.id,
        signal: gone.signal,
      })
      if (outcome.reply.kind === 'json')
        return await send(request, reply, answer(framingOf(options, request), outcome, request))
      const { range, 'if-range': ifRange, 'if-none-match': ifNoneMatch } = request.headers
      const asked = { range, ifRange, ifNoneMatch }
      const { status, headers, body } = binaryAnswer(outcome.reply, asked)
      reply.code(status).headers(headers)
      if (request.method !== 'HEAD' || !(body instanceof Readable)) return await reply.send(body)
      // Its end is waited for otherwise, and not every stream has one.
      body.destroy()
      return await reply.send()
    } catch (error) {
      const refused = errorAnswer(framingOf(options, request), error, options.log)
      await drain(request.raw)
      if (!request.raw.complete) refused.headers.connection = 'close'
      return await send(request, reply, refused)
    }
  }
}

const mountDocs = async (app: FastifyInstance, options: ServerOptions) => {
  const document = openApiOf(options.routes, options.version)
  await app.register(swagger, {
    mode: 'static',
    specification: { document: document as unknown as OpenApi },
  })
  await app.register(swaggerUi, { routePrefix: '/docs', staticCSP: true })
}

const mountRenderer = async (app: FastifyInstance, folder: string) => {
  await app.register(fastifyStatic, {
    root: folder,
    cacheControl: false,
    setHeaders: (reply, path) => {
      const immutable = /[/\\]assets[/\\]/.test(path)
      reply.header('cache-control', immutable ? 'max-age=31536000, immutable' : 'no-cache')
      for (const [name, value] of Object.entries(pageSecurity)) reply.header(name, value)
    },
  })
}

const refusalOf = (error: unknown): unknown => {
  if (error instanceof AppError) return error
  const { statusCode, message } = error as { statusCode?: number; message?: string }
  if (statusCode === undefined || statusCode >= 500) return error
  // 403 is the static files' word for a path they do not have, such as //.
  if (statusCode === 403 || statusCode === 404) return new AppError('not_found')
  return new AppError('parse_error', { message: message ?? 'bad request' })
}

/** Builds the server; `listen` is the caller's. Every error leaves as an envelope. */
export const createServer = async (options: ServerOptions): Promise<FastifyInstance> => {
  const app = fastify({
    genReqId: requestIdOf,
    logger: false,
    bodyLimit: Number.MAX_SAFE_INTEGER,
    forceCloseConnections: 'idle',
    requestTimeout: requestTimeoutMs,
    routerOptions: { maxParamLength: maximumIdLength },
    frameworkErrors: (error, request, reply) => void fail(error, request, reply),
  })
  const fail = (error: unknown, request: FastifyRequest, reply: FastifyReply) =>
    send(request, reply, errorAnswer(framingOf(options, request), refusalOf(error), options.log))
  app.setErrorHandler(fail)
  app.setNotFoundHandler((request, reply) => {
    const code = /^\/v1(\/|\?|$)/.test(request.url) ? 'gone' : 'not_found'
    return fail(new AppError(code, { cause: pathOf(request) }), request, reply)
  })
  // Bodies are read by the dispatcher, which knows their limit and meaning.
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', (_request, payload, done) => done(null, payload))
  guard(app, options)
  await mountDocs(app, options)
  for (const [template, resource] of resourcesOf(options.routes)) {
    const handler = serve(options, resource)
    const path = routerPath(template)
    for (const url of [path, `${path}/`]) {
      app.route({ method: ['GET', 'HEAD', 'PUT', 'POST', 'PATCH', 'DELETE'], url, handler })
    }
  }
  if (options.rendererDir !== undefined) await mountRenderer(app, options.rendererDir)
  return app
}
