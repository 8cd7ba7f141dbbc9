import type { Endpoint } from '#contract/endpoint'
import { ErrorEnvelope, SuccessEnvelope } from '#contract/envelope'
import { refusals, type RefusalCode } from '#contract/errors'
import type { Route } from './route.ts'

type Json = Record<string, unknown>

const inQueryOf = (parameters: Record<string, Json>): Json[] =>
  Object.entries(parameters).map(([name, schema]) => ({ name, in: 'query', schema }))

const pageParameters = inQueryOf({
  page_size: { type: 'integer', minimum: 1, maximum: 5000, default: 50 },
  start_key: { type: 'string', description: 'The next_start_key of the page before.' },
  ascending: { type: 'boolean', description: 'Oldest first.' },
  paginate: { type: 'boolean', default: true },
})

const text = (description: string): Json => ({ type: 'string', description })

const filterParameters = inQueryOf({
  'filter_{key}': text('The key, dotted for nested ones, has this value, or one of a JSON list.'),
  'filter_not_{key}': text('It has not.'),
  'filter_any_{key}': text('The key, or a member of its list, is one of these.'),
  'filter_none_{key}': text('It is none of these.'),
  has_key: text('The key is there.'),
  key_missing: text('The key is not there.'),
  has_value: text('The key is there and not empty.'),
  missing_value: text('The key is not there, or empty; value_missing means the same.'),
  created_from: text('Gregorian seconds; likewise created_to, modified_from, modified_to.'),
})

const parametersOf = ({ path, query, paged, filtered }: Endpoint): Json[] => {
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }))
  const properties = (query as { properties?: Record<string, Json> } | undefined)?.properties ?? {}
  return [
    ...inPath,
    ...inQueryOf(properties),
    ...(paged ? pageParameters : []),
    ...(filtered ? filterParameters : []),
  ]
}

const requestBody = ({ body, data, consumes = [], example }: Endpoint): Json => {
  if (body === undefined || body === 'none') return {}
  const schema = { type: 'object', required: ['data'], properties: { data: data ?? {} } }
  const shown = example === undefined ? {} : { example: { data: example } }
  const envelope = { 'application/json': { schema, ...shown } }
  const binary = { schema: { type: 'string', format: 'binary' } }
  const file = {
    'audio/*': binary,
    'video/*': binary,
    'application/base64': {},
    'multipart/form-data': {},
  }
  const content = {
    envelope,
    file,
    upload: { ...envelope, ...file },
    stream: { ...envelope, ...Object.fromEntries(consumes.map((type) => [type, binary])) },
  }
  return { requestBody: { content: content[body] } }
}

/** What every call with such an access, path, query and body may be refused with. */
const commonRefusals = ({ access, path, query, data, body }: Endpoint): RefusalCode[] => [
  ...(access === 'open' ? [] : (['invalid_credentials', 'forbidden'] as const)),
  ...(path.includes('{') ? (['bad_identifier', 'not_found'] as const) : []),
  ...(query || data ? (['validation'] as const) : []),
  ...(body === undefined || body === 'none' ? [] : (['parse_error', 'too_large'] as const)),
]

/** Refusals by status: `message` in the envelope is one of those that are named. */
const errorResponses = (endpoint: Endpoint): Json => {
  const codes = [...commonRefusals(endpoint), ...(endpoint.refuses ?? [])]
  const content = { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } }
  const byStatus: Record<string, Json> = {}
  for (const { status, token } of codes.map((code) => refusals[code])) {
    const before = byStatus[status]?.description
    const description = typeof before === 'string' ? `${before}, ${token}` : token
    byStatus[status] = { description, content }
  }
  return { ...byStatus, default: { description: 'Error', content } }
}

const responses = (endpoint: Endpoint): Json => {
  const { status = 200, reply, produces } = endpoint
  const envelope = {
    allOf: [{ $ref: '#/components/schemas/Success' }, { properties: { data: reply ?? {} } }],
  }
  const binary = Object.fromEntries(
    (produces ?? []).map((type) => [type, { schema: { type: 'string', format: 'binary' } }]),
  )
  const content = { ...(reply && { 'application/json': { schema: envelope } }), ...binary }
  return {
    [status]: { description: 'Success', content },
    ...errorResponses(endpoint),
  }
}

/** The OpenAPI 3.1 document of the routes: TypeBox schemas are JSON Schema already. */
export const openApiOf = (routes: readonly Route[], version: string): Json => {
  const paths: Record<string, Json> = {}
  const add = (path: string, endpoint: Endpoint) => {
    paths[path] = {
      ...paths[path],
      [endpoint.method.toLowerCase()]: {
        tags: [endpoint.tag],
        summary: endpoint.summary,
        ...(endpoint.description !== undefined && { description: endpoint.description }),
        parameters: parametersOf({ ...endpoint, path }),
        ...requestBody(endpoint),
        responses: responses(endpoint),
        security: endpoint.access === 'open' ? [] : [{ token: [] }],
      },
    }
  }
  for (const { endpoint } of routes) {
    add(endpoint.path, endpoint)
    if (endpoint.system) add(endpoint.path.replace('/accounts/{account_id}', ''), endpoint)
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Patchbay',
      version,
      description: 'Media, prompts, phones and studio of a local Patchbay.',
    },
    paths,
    components: {
      schemas: { Success: SuccessEnvelope, Error: ErrorEnvelope },
      securitySchemes: { token: { type: 'apiKey', in: 'header', name: 'X-Auth-Token' } },
    },
  }
}
