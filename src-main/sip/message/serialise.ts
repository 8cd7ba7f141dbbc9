import type { Header } from './message.ts'
import { isToken } from './scanner.ts'

/** What is written: header fields in their order. Content-Length is added from the body. */
export type Outgoing = {
  readonly headers: readonly Header[]
  readonly body?: Buffer | undefined
}

/**
 * The bytes of a message. Throws when a start line or a header field would break out of its line: that is a bug
 * of the caller, and the message must not leave.
 */
export const serialise = (startLine: string, { headers, body }: Outgoing): Buffer => {
  const lines = headers.map(({ name, value }) => {
    if (!isToken(name)) throw new Error(`"${name}" cannot name a header field`)
    return checked(`${name}: ${value}`)
  })
  const length = `Content-Length: ${body?.length ?? 0}`
  const head = Buffer.from([checked(startLine), ...lines, length, '', ''].join('\r\n'), 'utf8')
  return body ? Buffer.concat([head, body]) : head
}

export const requestLine = (method: string, uri: string): string => `${method} ${uri} SIP/2.0`

export const statusLine = (status: number, reason: string): string => `SIP/2.0 ${status} ${reason}`

const checked = (line: string): string => {
  if (/[\r\n]/.test(line)) throw new Error('a line break inside a line of a SIP message')
  return line
}
