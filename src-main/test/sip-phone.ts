import { createSocket } from 'node:dgram'
import { connect } from 'node:net'
import type { AddressInfo } from 'node:net'
import type { TestApp } from './app.ts'
import { authorization, challengeOf, readText, token } from './phone-text.ts'

/**
 * A phone that knows how to register and nothing else, for tests: SIP as text over a real socket, written apart
 * from the stack it talks to.
 */
export type SipPhone = {
  /** Where it sends from. */
  port: number
  /** `sip:USER@127.0.0.1:PORT` of this phone. */
  contact: (user: string) => string
  /** One request, answered by the first final response to it. */
  send: (request: PhoneRequest) => Promise<PhoneAnswer>
  /** The same, proving the password of the user, or of another one, when it is asked for. */
  register: (request: PhoneRequest & { password: string; proveAs?: string }) => Promise<PhoneAnswer>
  close: () => void
}

export type PhoneRequest = {
  user: string
  /** Domain of To and From; the server's address when missing. */
  domain?: string
  /** Contact header fields, without the name. */
  contacts?: readonly string[]
  expires?: number
  callId?: string
  cseq?: number
  method?: string
  headers?: readonly string[]
}

export type PhoneAnswer = {
  status: number
  reason: string
  /** Values of a header field, in order. */
  all: (name: string) => string[]
}

const read = (text: string): PhoneAnswer & { key: string } => {
  const { status = 0, reason, all, one } = readText(text)
  return { status, reason, all, key: `${one('Call-ID')} ${one('CSeq')}` }
}

type Wire = { port: number; write: (text: string) => void; close: () => void }

const udpWire = async (server: string, heard: (text: string) => void): Promise<Wire> => {
  const socket = createSocket('udp4')
  const [host = '', port = ''] = server.split(':')
  socket.on('message', (bytes) => heard(bytes.toString()))
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve))
  return {
    port: socket.address().port,
    write: (text) => socket.send(text, Number(port), host),
    close: () => socket.close(),
  }
}

const tcpWire = async (server: string, heard: (text: string) => void): Promise<Wire> => {
  const [host = '', port = ''] = server.split(':')
  const socket = connect({ host, port: Number(port) })
  let pending = ''
  socket.on('data', (bytes) => {
    pending += bytes.toString()
    for (let end = pending.indexOf('\r\n\r\n'); end >= 0; end = pending.indexOf('\r\n\r\n')) {
      heard(pending.slice(0, end + 4))
      pending = pending.slice(end + 4)
    }
  })
  socket.on('error', () => undefined)
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', () => resolve())
    socket.once('error', reject)
  })
  return {
    port: (socket.address() as AddressInfo).port,
    write: (text) => void socket.write(text),
    close: () => void socket.destroy(),
  }
}

/** `server` is `127.0.0.1:5060`. Responses to REGISTER have no body, so that none is read. */
export const startPhone = async (server: string, transport: 'udp' | 'tcp'): Promise<SipPhone> => {
  const waiting = new Map<string, (answer: PhoneAnswer) => void>()
  const heard = (text: string) => {
    const { key, ...answer } = read(text)
    if (answer.status >= 200) waiting.get(key)?.(answer)
  }
  const wire = await (transport === 'udp' ? udpWire : tcpWire)(server, heard)
  let lastCseq = 0

  const send: SipPhone['send'] = (request) => {
    const { user, domain = server, contacts = [], callId = token(), method = 'REGISTER' } = request
    const cseq = request.cseq ?? (lastCseq += 1)
    const lines = [
      `${method} sip:${domain} SIP/2.0`,
      `Via: SIP/2.0/${transport.toUpperCase()} 127.0.0.1:${wire.port};rport;branch=z9hG4bK${token()}`,
      'Max-Forwards: 70',
      `From: <sip:${user}@${domain}>;tag=${token()}`,
      `To: <sip:${user}@${domain}>`,
      `Call-ID: ${callId}`,
      `CSeq: ${cseq} ${method}`,
      ...contacts.map((contact) => `Contact: ${contact}`),
      ...(request.expires === undefined ? [] : [`Expires: ${request.expires}`]),
      ...(request.headers ?? []),
      'Content-Length: 0',
    ]
    const key = `${callId} ${cseq} ${method}`
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`no answer to ${lines[0]}`)), 5000)
      waiting.set(key, (answer) => {
        clearTimeout(timer)
        waiting.delete(key)
        resolve(answer)
      })
      wire.write(`${lines.join('\r\n')}\r\n\r\n`)
    })
  }

  return {
    port: wire.port,
    contact: (user) => `sip:${user}@127.0.0.1:${wire.port}`,
    send,
    register: async ({ password, proveAs, ...request }) => {
      const { callId = token(), domain = server, headers = [], user } = request
      const cseq = request.cseq ?? (lastCseq += 2) - 1
      const first = await send({ ...request, callId, cseq })
      if (first.status !== 401) return first
      const proof = authorization(challengeOf(first), {
        ...{ method: 'REGISTER', uri: `sip:${domain}` },
        user: proveAs ?? user,
        password,
      })
      return send({ ...request, callId, cseq: cseq + 1, headers: [...headers, proof] })
    },
    close: wire.close,
  }
}

/** Where the app listens after a change of its SIP settings: a free port is another one then. */
export const serverAfter = async (
  { call }: Pick<TestApp, 'call'>,
  settings: object,
): Promise<string> => {
  const { status, envelope } = await call('PATCH', '/studio/sip', { json: { data: settings } })
  if (status !== 200) throw new Error(JSON.stringify(envelope.data))
  return (await call('GET', '/studio/sip/server')).envelope.data.address
}
