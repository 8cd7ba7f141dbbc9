import type { IncomingMessage } from 'node:http'
import type { Readable } from 'node:stream'
import type { BodyKind } from '#contract/endpoint'
import { mediaContentTypes } from '#contract/media'
import { AppError, invalid } from '../errors.ts'
import { filenameOf, readMultipart } from './multipart.ts'
import type { UploadedFile } from './route.ts'

/** A request body, read according to its Content-Type. */
export type RequestBody =
  | { kind: 'envelope'; envelope: Record<string, unknown> }
  | { kind: 'file'; file: UploadedFile; envelope: Record<string, unknown> }
  | { kind: 'stream'; stream: Readable }

const uploadTypes: ReadonlySet<string> = new Set<string>(mediaContentTypes)
const base64Types = new Set(['application/base64', 'application/x-base64'])
const streamTypes = new Set([
  'application/zip',
  'application/x-zip-compressed',
  'application/octet-stream',
])
/** Any audio, also under a name nobody registered; what it is, its bytes tell. */
const isStreamed = (type: string): boolean => streamTypes.has(type) || /^(audio|video)\//.test(type)

const tooLarge = (limit: number) =>
  invalid(
    { file: { maxSize: { message: `The body is larger than ${limit} bytes`, target: limit } } },
    'too_large',
  )

const collect = async (source: IncomingMessage, limit: number): Promise<Buffer> => {
  if (Number(source.headers['content-length'] ?? 0) > limit) throw tooLarge(limit)
  const chunks: Buffer[] = []
  let size = 0
  // Left open when refused: the client is still sending, and must be able to hear why.
  for await (const chunk of source.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > limit) throw tooLarge(limit)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

const notJson = (message = 'Invalid JSON in the request body') =>
  invalid({ json: { invalid: { message, target: 'body' } } })

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** SQLite reads JSON to a depth of 1000; nothing a client stores comes near. */
const maximumDepth = 200

// By hand and without recursion: what is measured may be deep enough to end one.
const isTooDeep = (json: string): boolean => {
  let depth = 0
  let inString = false
  for (let at = 0; at < json.length; at += 1) {
    const char = json[at]
    if (inString && char === '\\') at += 1
    else if (char === '"') inString = !inString
    else if (!inString && (char === '{' || char === '[')) depth += 1
    else if (!inString && (char === '}' || char === ']')) depth -= 1
    if (depth > maximumDepth) return true
  }
  return false
}

/** Envelope keys are lower-cased; an empty body is an empty envelope (spec: request envelope). */
const parseEnvelope = (bytes: Buffer): Record<string, unknown> => {
  const text = bytes.toString().trim()
  if (text === '') return { data: {} }
  if (isTooDeep(text)) throw notJson(`The JSON is nested more than ${maximumDepth} levels deep`)
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch {
    throw notJson()
  }
  if (!isObject(parsed)) throw notJson()
  return Object.fromEntries(
    Object.entries(parsed).map(([key, value]) => [key.toLowerCase(), value]),
  )
}

const typeOf = (header: string | undefined): string =>
  (header ?? '').split(';')[0]?.trim().toLowerCase() ?? ''

const decodeBase64 = (text: string): Buffer => {
  const compact = text.replaceAll(/\s/g, '')
  if (!/^[A-Za-z0-9+/_-]*={0,2}$/.test(compact) || compact.length % 4 === 1) {
    throw invalid(
      { file: { encoding: { message: 'The file could not be decoded from base64' } } },
      'too_large',
    )
  }
  return Buffer.from(compact, 'base64')
}

/** `data:audio/mp3;base64,AAAA`, or bare base64 whose type nobody told. */
const fromBase64 = (bytes: Buffer): { bytes: Buffer; contentType: string } => {
  const text = bytes.toString('latin1').trim()
  const match = /^data:([^;,]*)[^,]*;base64,/i.exec(text)
  if (match)
    return { bytes: decodeBase64(text.slice(match[0].length)), contentType: typeOf(match[1]) }
  return { bytes: decodeBase64(text), contentType: 'application/octet-stream' }
}

const fileFrom = (type: string, encoding: string | undefined, bytes: Buffer) => {
  if (base64Types.has(type)) return fromBase64(bytes)
  if (encoding?.toLowerCase() === 'base64') {
    return { bytes: decodeBase64(bytes.toString('latin1')), contentType: type }
  }
  // A client that encodes a whole file as a data URI sometimes keeps the file's own type.
  if (bytes.subarray(0, 5).toString('latin1') === 'data:') return fromBase64(bytes)
  return { bytes, contentType: type }
}

const unsupported = (type: string) =>
  new AppError('unsupported_type', {
    message: `content type ${type === '' ? '(none)' : type} is not accepted here: send one of ${[...uploadTypes, ...base64Types].join(', ')}, or multipart/form-data`,
    cause: type,
  })

const readParts = async (bytes: Buffer, header: string): Promise<RequestBody> => {
  const parts = await readMultipart(bytes, header)
  const isJson = (type: string) => type === 'application/json' || type === 'application/x-json'
  const files = parts.filter(({ headers }) => !isJson(typeOf(headers['content-type'])))
  const described = parts.find(({ headers }) => isJson(typeOf(headers['content-type'])))
  const [first] = files
  if (!first) {
    throw invalid({ file: { required: { message: 'Please provide a file', value: 'file' } } })
  }
  if (files.length > 1) {
    throw invalid({
      file: {
        maxItems: { message: 'Please provide a single file', target: 1, value: files.length },
      },
    })
  }
  const { headers } = first
  const file = fileFrom(
    typeOf(headers['content-type'] ?? 'application/octet-stream'),
    headers['content-transfer-encoding'],
    first.bytes,
  )
  return {
    kind: 'file',
    file: { ...file, filename: filenameOf(headers) },
    envelope: described ? parseEnvelope(described.bytes) : {},
  }
}

export type ReadOptions = {
  kind: BodyKind
  /** Bytes of everything but a stream. */
  limit: number
}

/** Reads a body whole, except for streams. Refuses what is too large, broken, or of the wrong type. */
export const readBody = async (
  request: IncomingMessage,
  { kind, limit }: ReadOptions,
): Promise<RequestBody> => {
  const header = request.headers['content-type'] ?? ''
  const type = typeOf(header)
  if (kind === 'stream' && isStreamed(type)) return { kind: 'stream', stream: request }
  if (kind !== 'upload' && kind !== 'file')
    return { kind: 'envelope', envelope: parseEnvelope(await collect(request, limit)) }

  const isFile = uploadTypes.has(type) || base64Types.has(type)
  const isMultipart = type === 'multipart/form-data' || type === 'multipart/mixed'
  if (kind === 'file' && !isFile && !isMultipart) throw unsupported(type)
  const bytes = await collect(request, limit)
  if (isMultipart) return readParts(bytes, header)
  if (!isFile) return { kind: 'envelope', envelope: parseEnvelope(bytes) }
  const encoding = request.headers['content-transfer-encoding']
  const file = fileFrom(type, typeof encoding === 'string' ? encoding : undefined, bytes)
  return { kind: 'file', file: { ...file, filename: undefined }, envelope: {} }
}
