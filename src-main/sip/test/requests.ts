import type { SipRequest, SipResponse } from '../message/message.ts'
import { readMessage } from '../message/parse.ts'
import { requestLine, serialise } from '../message/serialise.ts'

/** A request as a phone would send it; fields given replace the usual ones, '' leaves one out. */
export const requestBytes = (
  method: string,
  fields: Readonly<Record<string, string>> = {},
  more: { uri?: string; body?: string } = {},
): Buffer => {
  const all: Record<string, string> = {
    Via: 'SIP/2.0/UDP 192.0.2.1:5062;branch=z9hG4bKphone1;rport',
    From: '<sip:ann@example.com>;tag=ann',
    To: '<sip:100@example.com>',
    'Call-ID': 'call-1',
    CSeq: `1 ${method}`,
    'Max-Forwards': '70',
    ...fields,
  }
  const headers = Object.entries(all).flatMap(([name, value]) =>
    value === '' ? [] : [{ name, value }],
  )
  const body = more.body === undefined ? undefined : Buffer.from(more.body)
  return serialise(requestLine(method, more.uri ?? 'sip:100@127.0.0.1'), { headers, body })
}

export const requestOf = (bytes: Buffer): SipRequest => {
  const reading = readMessage(bytes, 'datagram')
  if (reading.kind === 'message' && reading.message.kind === 'request') return reading.message
  throw new Error(`no request: ${JSON.stringify(reading)}`)
}

export const responseOf = (bytes: Buffer): SipResponse => {
  const reading = readMessage(bytes, 'datagram')
  if (reading.kind === 'message' && reading.message.kind === 'response') return reading.message
  throw new Error(`no response: ${JSON.stringify(reading)}`)
}
