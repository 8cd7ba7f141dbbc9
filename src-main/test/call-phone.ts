import { createSocket } from 'node:dgram'
import { createScope, type Scope } from '../platform/scope.ts'
import { createPhoneCall, type PhoneCall, type PhoneLine } from './phone-call.ts'
import { authorization, challengeOf, readText, token, type PhoneMessage } from './phone-text.ts'

/**
 * A phone of our own for tests: SIP as text over UDP, sound by a scripted RTP peer, and every way to behave that a real one
 * would have to be talked into. Several calls at once.
 */
export type CallPhone = {
  /** `sip:USER@127.0.0.1:PORT`: where it can be called. */
  readonly contact: string
  readonly port: number
  /** Calls and waits until it is answered; rejects with a `CallRefused` when it is not. `to` may lack scheme and host. */
  readonly call: (to: string, options?: CallOptions) => Promise<PhoneCall>
  /** The same, step by step. */
  readonly dial: (to: string, options?: CallOptions) => Dialling
  /** REGISTER with its password; resolves with the status. */
  readonly register: (expires?: number) => Promise<number>
  /** How calls are answered from now on; 200 with sound until then. */
  readonly onInvite: (answer: InviteAnswer | ((invite: PhoneMessage) => InviteAnswer)) => void
  /** The next call it answers. */
  readonly answered: () => Promise<PhoneCall>
  /** Every request it got, repetitions left out. */
  readonly received: readonly PhoneMessage[]
  /** Sends a datagram as it is. */
  readonly sendRaw: (text: string) => void
  /** Vanishes: nothing is hung up. */
  readonly close: () => Promise<void>
}

export type PhoneOptions = {
  readonly user: string
  /** Of its device; without one, a challenge ends a call. */
  readonly password?: string
  /** Realm of its account; the server's address when missing. */
  readonly domain?: string
  readonly displayName?: string
}

export type CallOptions = {
  /** What is offered; null: nothing, so that the other side offers. */
  readonly sdp?: string | null
  /** What the ACK answers then. */
  readonly answer?: string
  readonly codec?: 'PCMU' | 'PCMA' | 'L16'
  readonly headers?: readonly string[]
  readonly callId?: string
  /** False: an answer is never acknowledged. */
  readonly ack?: boolean
}

export type InviteAnswer = {
  /** Sent first; 180 when missing, null for none. */
  readonly ring?: number | null
  /** Before the final answer. */
  readonly afterMs?: number
  /** 200 when missing; null: no final answer at all. */
  readonly status?: number | null
  /** Instead of a fitting description; '' for none. */
  readonly sdp?: string
  readonly headers?: readonly string[]
  /** The final answer once it is cancelled; 487 when missing, 200 where both cross. */
  readonly cancelled?: number
}

export type Dialling = {
  readonly callId: string
  /** Resolves with the first provisional status above 100. */
  readonly ringing: Promise<number>
  readonly cancel: () => void
  readonly outcome: Promise<PhoneCall>
}

export class CallRefused extends Error {
  readonly status: number
  readonly answer: PhoneMessage
  constructor(answer: PhoneMessage) {
    super(`refused: ${answer.status} ${answer.reason}`)
    this.name = 'CallRefused'
    this.status = answer.status ?? 0
    this.answer = answer
  }
}

const repeatMs = 500
const tagOf = (field: string): string => /;tag=([^;>\s]+)/.exec(field)?.[1] ?? ''

/** `server` is `127.0.0.1:5060`. */
export const startCallPhone = async (server: string, options: PhoneOptions): Promise<CallPhone> => {
  const { user, password, domain = server, displayName = user } = options
  const scope: Scope = createScope(`phone ${user}`)
  const [host = '', serverPort = ''] = server.split(':')
  const socket = createSocket('udp4')
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve))
  scope.add(() => void socket.close())
  const { port } = socket.address()
  const contact = `sip:${user}@127.0.0.1:${port}`
  const calls = new Map<string, Awaited<ReturnType<typeof createPhoneCall>>>()
  const waiting = new Map<string, (response: PhoneMessage) => void>()
  const answers = new Map<string, string>()
  /** How a call that rings ends that is cancelled. */
  const pending = new Map<string, () => void>()
  const received: PhoneMessage[] = []
  /** Requests may come from elsewhere than the own server. */
  const sources = new WeakMap<PhoneMessage, { address: string; port: number }>()
  let onInvite: (invite: PhoneMessage) => InviteAnswer = () => ({})
  const onAnswered: ((call: PhoneCall) => void)[] = []
  let cseq = 0

  const write = (text: string, to = { address: host, port: Number(serverPort) }) => {
    if (!scope.signal.aborted) socket.send(text, to.port, to.address)
  }
  const compose = (start: string, lines: readonly string[], body = '') =>
    `${[start, ...lines, ...(body === '' ? [] : ['Content-Type: application/sdp']), `Content-Length: ${Buffer.byteLength(body)}`].join('\r\n')}\r\n\r\n${body}`

  const keyOf = ({ one }: PhoneMessage) => `${one('Call-ID')} ${one('CSeq')}`
  const via = () => `Via: SIP/2.0/UDP 127.0.0.1:${port};rport;branch=z9hG4bK${token()}`

  const line: PhoneLine = {
    ...{ scope, contact },
    nextCseq: () => (cseq += 1),
    via,
    send: (method, uri, fields, { body, onProvisional } = {}) => {
      const number = fields.cseq ?? (cseq += 1)
      const text = compose(
        `${method} ${uri} SIP/2.0`,
        [
          fields.via ?? via(),
          'Max-Forwards: 70',
          `From: ${fields.from}`,
          `To: ${fields.to}`,
          `Call-ID: ${fields.callId}`,
          `CSeq: ${number} ${method}`,
          `Contact: <${contact}>`,
          ...(fields.headers ?? []),
        ],
        body,
      )
      write(text)
      if (method === 'ACK') return Promise.resolve(readText(text))
      const key = `${fields.callId} ${number} ${method}`
      return new Promise((resolve) => {
        const stop = scope.interval(() => write(text), repeatMs)
        waiting.set(key, (response) => {
          stop()
          if ((response.status ?? 0) < 200) onProvisional?.(response)
          else {
            waiting.delete(key)
            resolve(response)
          }
        })
      })
    },
    respond: (request, status, { tag, headers = [], body } = {}) => {
      const to = request.one('To')
      const tagged = tag === undefined || tagOf(to) !== '' ? to : `${to};tag=${tag}`
      const text = compose(
        `SIP/2.0 ${status} Test`,
        [
          ...request.all('Via').map((value) => `Via: ${value}`),
          `From: ${request.one('From')}`,
          `To: ${tagged}`,
          `Call-ID: ${request.one('Call-ID')}`,
          `CSeq: ${request.one('CSeq')}`,
          `Contact: <${contact}>`,
          ...headers,
        ],
        body,
      )
      answers.set(keyOf(request), text)
      write(text, sources.get(request))
    },
    ended: (callId) => void calls.delete(callId),
  }

  const takeInvite = (invite: PhoneMessage) => {
    const { ring = 180, afterMs = 0, status = 200, cancelled = 487, ...answered } = onInvite(invite)
    const { sdp, headers = [] } = answered
    const tag = token()
    const callId = invite.one('Call-ID')
    let isOver = false
    const finish = (final: number) => {
      if (isOver) return
      isOver = true
      pending.delete(callId)
      if (final >= 300) {
        line.respond(invite, final, { tag, headers })
        return
      }
      void answer()
    }
    const answer = async () => {
      const call = await createPhoneCall(line, {
        ...{ callId, codec: 'PCMU', remoteSdp: invite.body, remoteContact: invite.one('Contact') },
        local: `${invite.one('To')};tag=${tag}`,
        remote: invite.one('From'),
      })
      calls.set(callId, call)
      line.respond(invite, 200, { tag, headers, body: sdp ?? call.describe() })
      for (const tell of onAnswered.splice(0)) tell(call)
    }
    pending.set(callId, () => finish(cancelled))
    if (ring !== null) line.respond(invite, ring, { tag })
    if (status !== null) scope.timeout(() => finish(status), afterMs)
  }

  const takeRequest = (request: PhoneMessage) => {
    const { method, one } = request
    const callId = one('Call-ID')
    const former = answers.get(keyOf(request))
    if (former !== undefined && method !== 'ACK') {
      write(former, sources.get(request))
      return
    }
    received.push(request)
    const call = calls.get(callId)
    if (method === 'CANCEL') {
      line.respond(request, 200)
      pending.get(callId)?.()
    } else if (call) call.take(request)
    else if (method === 'INVITE') takeInvite(request)
    else if (method !== 'ACK') line.respond(request, method === 'OPTIONS' ? 200 : 481)
  }

  socket.on('message', (bytes, from) => {
    const message = readText(bytes.toString())
    sources.set(message, from)
    if (message.status === undefined) takeRequest(message)
    else {
      const waiter = waiting.get(keyOf(message))
      if (waiter) waiter(message)
      // The answer to an INVITE comes again until its ACK arrives.
      else if (message.method === 'INVITE') calls.get(message.one('Call-ID'))?.acknowledge()
    }
  })

  const uriOf = (to: string) => {
    if (to.startsWith('sip:')) return to
    return to.includes('@') ? `sip:${to}` : `sip:${to}@${domain}`
  }

  const dial: CallPhone['dial'] = (to, { codec = 'PCMU', ...more } = {}) => {
    const uri = uriOf(to)
    const callId = more.callId ?? `${token()}@phone`
    const local = `"${displayName}" <sip:${user}@${domain}>;tag=${token()}`
    const ringing = Promise.withResolvers<number>()
    ringing.promise.catch(() => undefined)
    let cancel: () => void = () => undefined

    const attempt = async (call: PhoneCall, proof: readonly string[]): Promise<PhoneMessage> => {
      const number = line.nextCseq()
      const fields = { ...{ via: via(), from: local, to: `<${uri}>`, callId, cseq: number } }
      let isProvisional = false
      let isCancelled = false
      cancel = () => {
        isCancelled = true
        if (isProvisional) void line.send('CANCEL', uri, fields)
      }
      const body = more.sdp === null ? '' : (more.sdp ?? call.describe())
      const headers = [...(more.headers ?? []), ...proof]
      const response = await line.send(
        'INVITE',
        uri,
        { ...fields, headers },
        {
          body,
          onProvisional: ({ status = 100 }) => {
            if (!isProvisional && isCancelled) void line.send('CANCEL', uri, fields)
            isProvisional = true
            if (status > 100) ringing.resolve(status)
          },
        },
      )
      const { status = 0 } = response
      if (status < 300) return response
      void line.send('ACK', uri, { ...fields, to: response.one('To') })
      if (status !== 401 || password === undefined || proof.length > 0)
        throw new CallRefused(response)
      const asked = { method: 'INVITE', uri, user, password }
      return attempt(call, [authorization(challengeOf(response), asked)])
    }

    const run = async () => {
      const call = await createPhoneCall(line, { callId, codec, local, remote: `<${uri}>` })
      try {
        const response = await attempt(call, [])
        calls.set(callId, call)
        const answer = more.sdp === null ? (more.answer ?? call.describe()) : ''
        call.connect(response, { ack: more.ack ?? true, answer })
        return call
      } catch (error) {
        await call.drop()
        throw error
      }
    }
    const outcome = run()
    outcome.catch((error: unknown) => ringing.reject(error))
    return { callId, ringing: ringing.promise, cancel: () => cancel(), outcome }
  }

  const register: CallPhone['register'] = async (expires = 60) => {
    const own = `<sip:${user}@${domain}>`
    const fields = { from: `${own};tag=${token()}`, to: own, callId: token() }
    const headers = [`Expires: ${expires}`]
    const first = await line.send('REGISTER', `sip:${domain}`, { ...fields, headers })
    if (first.status !== 401 || password === undefined) return first.status ?? 0
    const asked = { method: 'REGISTER', uri: `sip:${domain}`, user, password }
    const proof = authorization(challengeOf(first), asked)
    const second = await line.send('REGISTER', `sip:${domain}`, {
      ...fields,
      headers: [...headers, proof],
    })
    return second.status ?? 0
  }

  return {
    ...{ contact, port, dial, register, received, sendRaw: (text) => write(text) },
    call: (to, more) => dial(to, more).outcome,
    onInvite: (answer) => {
      onInvite = typeof answer === 'function' ? answer : () => answer
    },
    answered: () => new Promise((resolve) => void onAnswered.push(resolve)),
    close: scope.dispose,
  }
}
