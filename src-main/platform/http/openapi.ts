import type { Endpoint } from '#contract/endpoint'
import { ErrorEnvelope, SuccessEnvelope } from '#contract/envelope'
import type { Route } from './route.ts'

type Json = Record<string, unknown>

const parametersOf = ({ path, query }: Endpoint): Json[] => {
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }))
  const properties = (query as { properties?: Record<string, Json> } | undefined)?.properties ?? {}
  const inQuery = Object.entries(properties).map(([name, schema]) => ({
    name,
    in: 'query',
    schema,
  }))
  return [...inPath, ...inQuery]
}

const requestBody = ({ body, data }: Endpoint): Json => {
  if (body === undefined || body === 'none') return {}
  const envelope = {
    'application/json': {
      schema: { type: 'object', required: ['data'], properties: { data: data ?? {} } },
    },
  }
  const binary = { schema: { type: 'string', format: 'binary' } }
  const files = {
    upload: { 'audio/*': binary, 'video/*': binary, 'multipart/form-data': {} },
    stream: { 'application/zip': binary },
  }
  return { requestBody: { content: { ...envelope, ...(body === 'envelope' ? {} : files[body]) } } }
}

const responses = ({ status = 200, reply, produces }: Endpoint): Json => {
  const envelope = {
    allOf: [{ $ref: '#/components/schemas/Success' }, { properties: { data: reply ?? {} } }],
  }
  const binary = Object.fromEntries(
    (produces ?? []).map((type) => [type, { schema: { type: 'string', format: 'binary' } }]),
  )
  const content = { ...(reply && { 'application/json': { schema: envelope } }), ...binary }
  return {
    [status]: { description: 'Success', content },
    default: {
      description: 'Error',
      content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
    },
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
      description: 'Media, prompts and studio of a local Patchbay.',
    },
    paths,
    components: {
      schemas: { Success: SuccessEnvelope, Error: ErrorEnvelope },
      securitySchemes: { token: { type: 'apiKey', in: 'header', name: 'X-Auth-Token' } },
    },
  }
}
