import { Dicer } from '@fastify/busboy'
import { invalid } from '../errors.ts'

/** One part of a multipart body: its headers by lower-case name, and its bytes. */
export type Part = { headers: Readonly<Record<string, string>>; bytes: Buffer }

const malformed = (message: string) => invalid({ file: { invalid: { message } } })

const boundaryOf = (contentType: string): string => {
  const match = /;\s*boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(contentType)
  const boundary = match?.[1] ?? match?.[2]
  if (boundary === undefined) throw malformed('The multipart body names no boundary')
  // RFC 2046 allows 70; the reader's own limit is a little above 200.
  if (boundary.length > 200) throw malformed('The multipart boundary is too long')
  return boundary
}

/** The name a part was sent under, without any folders. */
export const filenameOf = (headers: Readonly<Record<string, string>>): string | undefined => {
  const match = /filename="?([^";]+)"?/i.exec(headers['content-disposition'] ?? '')
  return match?.[1]?.split(/[/\\]/).at(-1)
}

/** Takes a `multipart/form-data` or `multipart/mixed` body apart. Throws a validation error when it cannot. */
export const readMultipart = (body: Buffer, contentType: string): Promise<Part[]> =>
  new Promise((resolve, reject) => {
    const parts: Part[] = []
    const dicer = new Dicer({ boundary: boundaryOf(contentType) })
    dicer.on('part', (stream) => {
      const headers: Record<string, string> = {}
      const chunks: Buffer[] = []
      stream.on('header', (header) => {
        for (const [name, values] of Object.entries(header as Record<string, string[]>)) {
          headers[name.toLowerCase()] = String(values[0])
        }
      })
      stream.on('data', (chunk: Buffer | string) => chunks.push(Buffer.from(chunk)))
      stream.on('end', () => parts.push({ headers, bytes: Buffer.concat(chunks) }))
      stream.on('error', reject)
    })
    dicer.on('finish', () => resolve(parts))
    dicer.on('error', (error) =>
      reject(malformed(`The multipart body is broken: ${error.message}`)),
    )
    dicer.end(body)
  })
