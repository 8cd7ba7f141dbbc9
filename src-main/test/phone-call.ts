import type { CodecName } from '../engine/port.ts'
import { openPeer, type RtpPeer } from '../engine/test/rtp-peer.ts'
import type { Scope } from '../platform/scope.ts'
import type { PhoneMessage } from './phone-text.ts'

/** A call of a test's phone. */
export type PhoneCall = {
  readonly callId: string
  /** What it says and hears. */
  readonly audio: RtpPeer
  /** The last description of the other side. */
  readonly remoteSdp: () => string
  /** Re-INVITE; resolves with the status. */
  readonly hold: () => Promise<number>
  readonly resume: () => Promise<number>
  /** `answer` goes into the ACK, when the other side made the offer. */
  readonly offer: (
    sdp: string,
    method?: 'INVITE' | 'UPDATE',
    answer?: string,
  ) => Promise<PhoneMessage>
  readonly info: (contentType: string, body: string) => Promise<number>
  /** BYE; resolves with the status of its answer. */
  readonly hangUp: (headers?: readonly string[]) => Promise<number>
  /** Resolves when the other side hung up, with its BYE; with undefined when this one did. */
  readonly ended: Promise<PhoneMessage | undefined>
  /** The own description. */
  readonly describe: (direction?: string) => string
}

/** What a call needs of its phone. */
export type PhoneLine = {
  readonly scope: Scope
  readonly contact: string
  readonly nextCseq: () => number
  /** A Via of a new branch. */
  readonly via: () => string
  readonly send: (
    method: string,
    uri: string,
    fields: {
      from: string
      to: string
      callId: string
      via?: string
      cseq?: number
      headers?: readonly string[]
    },
    more?: { body?: string; onProvisional?: (response: PhoneMessage) => void },
  ) => Promise<PhoneMessage>
  readonly respond: (
    request: PhoneMessage,
    status: number,
    more?: { tag?: string; headers?: readonly string[]; body?: string },
  ) => void
  readonly ended: (callId: string) => void
}

/** Payload type and clock rate. */
const codecs = { PCMU: [0, 8_000], PCMA: [8, 8_000], L16: [96, 16_000] } as const

export const createPhoneCall = async (
  line: PhoneLine,
  options: {
    callId: string
    codec: CodecName
    /** From and To of its own requests. */
    local: string
    remote: string
    remoteContact?: string
    remoteSdp?: string
  },
) => {
  const { callId, codec, local } = options
  const scope = line.scope.child('call')
  const audio = await openPeer(scope, { codec })
  const { promise: ended, resolve: end } = Promise.withResolvers<PhoneMessage | undefined>()
  let { remote, remoteContact = '', remoteSdp = '' } = options
  let version = 1
  let ack: (() => void) | undefined

  const describe = (direction = 'sendrecv') => {
    const port = audio.audio().remote?.port ?? 0
    const [payload, rate] = codecs[codec]
    const lines = [
      'v=0',
      `o=- 7 ${(version += 1)} IN IP4 127.0.0.1`,
      's=-',
      'c=IN IP4 127.0.0.1',
      't=0 0',
      `m=audio ${port} RTP/AVP ${payload} 101`,
      `a=rtpmap:${payload} ${codec}/${rate}`,
      'a=rtpmap:101 telephone-event/8000',
      'a=fmtp:101 0-15',
      'a=rtcp-mux',
      `a=${direction}`,
      '',
    ]
    return lines.join('\r\n')
  }
  const hear = (sdp: string) => {
    if (sdp === '') return
    remoteSdp = sdp
    const host = /^c=IN IP4 (\S+)/m.exec(sdp)?.[1]
    const port = /^m=audio (\d+)/m.exec(sdp)?.[1]
    if (host !== undefined && port !== undefined) audio.call({ host, port: Number(port) })
  }
  hear(remoteSdp)

  const target = () => /<([^>]+)>/.exec(remoteContact)?.[1] ?? remoteContact
  const fields = () => ({ from: local, to: remote, callId })
  const drop = async (bye?: PhoneMessage) => {
    line.ended(callId)
    await scope.dispose()
    end(bye)
  }

  const offer: PhoneCall['offer'] = async (sdp, method = 'INVITE', answer = '') => {
    const transaction = { ...fields(), via: line.via(), cseq: line.nextCseq() }
    const response = await line.send(method, target(), transaction, { body: sdp })
    const { status = 0 } = response
    if (method === 'INVITE') {
      // The ACK of a refusal belongs to its transaction, that of a 2xx is one of its own.
      const via = status < 300 ? line.via() : transaction.via
      ack = () => void line.send('ACK', target(), { ...transaction, via }, { body: answer })
      ack()
    }
    if (status < 300) hear(response.body)
    return response
  }
  const statusOf = async (response: Promise<PhoneMessage>) => (await response).status ?? 0

  return {
    ...{ callId, audio, ended, describe, offer, drop },
    remoteSdp: () => remoteSdp,
    hold: () => {
      audio.hush(true)
      return statusOf(offer(describe('sendonly')))
    },
    resume: () => {
      audio.hush(false)
      return statusOf(offer(describe()))
    },
    info: (contentType: string, body: string) =>
      statusOf(
        line.send(
          'INFO',
          target(),
          {
            ...fields(),
            headers: [`Content-Type: ${contentType}`],
          },
          { body },
        ),
      ),
    hangUp: async (headers: readonly string[] = []) => {
      const status = await statusOf(line.send('BYE', target(), { ...fields(), headers }))
      await drop()
      return status
    },
    /** Takes the answer to its INVITE. */
    connect: (
      response: PhoneMessage,
      { ack: doesAck, answer }: { ack: boolean; answer: string },
    ) => {
      remote = response.one('To')
      remoteContact = response.one('Contact')
      hear(response.body)
      const cseq = Number(response.one('CSeq').split(' ')[0])
      ack = () => void line.send('ACK', target(), { ...fields(), cseq }, { body: answer })
      if (doesAck) ack()
      else ack = undefined
    },
    /** The other side repeats its answer. */
    acknowledge: () => ack?.(),
    /** A request of the other side. */
    take: (request: PhoneMessage) => {
      const { method, body } = request
      if (method === 'ACK') hear(body)
      else if (method === 'BYE') {
        line.respond(request, 200)
        void drop(request)
      } else if (method === 'INVITE' || method === 'UPDATE') {
        hear(body)
        line.respond(request, 200, { body: describe() })
      } else line.respond(request, 200)
    },
  }
}
