/** A phone without signalling: sends what it says over a real socket, and keeps what it hears. */
import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'
import { isIPv6 } from 'node:net'
import type { Scope } from '../../platform/scope.ts'
import type { CodecName, LegAudio } from '../port.ts'
import type { Heard } from './hearing.ts'
import { createRtpVoice, eventsPayload, keys, payloadOf, type RtpVoice } from './rtp-voice.ts'
import { decode, isControl, parsePacket, rateOf, type Packet } from './wire.ts'

export type PeerOptions = {
  readonly codec?: CodecName
  readonly ptimeMs?: number
  readonly host?: string
}

type Address = { readonly host: string; readonly port: number }

/** What happens to the nth packet: it is lost, or sent behind so many others. */
export type Impairment = (index: number) => 'lost' | number

export type RtpPeer = Pick<RtpVoice, 'say' | 'press' | 'use'> & {
  /** What both sides agree to if nothing else is said. */
  readonly audio: (different?: Partial<LegAudio>) => LegAudio
  /** Begins to send there, silence at first. */
  readonly call: (to: Address) => void
  /** Sends nothing at all. */
  readonly hush: (isQuiet: boolean) => void
  readonly impair: (how: Impairment) => void
  /** Goes on from another port. */
  readonly move: () => Promise<void>
  /** What is heard from now on, once it is so long. */
  readonly listen: (ms: number) => Promise<Heard>
  /** All of RTP that came. */
  readonly packets: readonly Packet[]
  /** When each of them came, milliseconds of this process. */
  readonly arrivedMs: readonly number[]
  /** Dialled by the other side. */
  readonly digits: () => string
  readonly sendRaw: (bytes: Uint8Array) => void
}

/** Keeps what is heard, and the digits in it. */
const createEar = (codec: () => CodecName) => {
  const packets: Packet[] = []
  const arrivedMs: number[] = []
  let digits = ''
  let pressedAt: number | undefined
  let samples: number[] = []
  let onSamples: (() => void) | undefined

  return {
    ...{ packets, arrivedMs },
    digits: () => digits,
    take: (bytes: Buffer) => {
      if (isControl(bytes)) return
      const packet = parsePacket(Buffer.from(bytes))
      packets.push(packet)
      arrivedMs.push(performance.now())
      if (packet.payloadType !== eventsPayload) {
        samples.push(...decode(codec(), packet.payload))
        onSamples?.()
      } else if (packet.timestamp !== pressedAt) {
        pressedAt = packet.timestamp
        digits += keys[packet.payload.readUInt8(0)] ?? '?'
      }
    },
    listen: (count: number, signal: AbortSignal): Promise<readonly number[]> => {
      const { promise, resolve, reject } = Promise.withResolvers<readonly number[]>()
      samples = []
      onSamples = () => {
        if (samples.length >= count) resolve(samples.slice(0, count))
      }
      signal.addEventListener('abort', () =>
        reject(new Error(`heard ${samples.length} of ${count} samples`)),
      )
      return promise
    },
  }
}

/** Sends in the order that an impairment leaves. */
const createLink = (put: (bytes: Buffer) => void) => {
  const heldBack: { bytes: Buffer; after: number }[] = []
  let impairment: Impairment = () => 0
  let index = 0
  return {
    impair: (how: Impairment) => {
      impairment = how
    },
    send: (bytes: Buffer) => {
      const fate = impairment(index)
      index += 1
      if (fate === 0) put(bytes)
      else if (fate !== 'lost') heldBack.push({ bytes, after: index + fate })
      for (const held of heldBack.splice(0)) {
        if (held.after <= index) put(held.bytes)
        else heldBack.push(held)
      }
    },
  }
}

export const openPeer = async (scope: Scope, options: PeerOptions = {}): Promise<RtpPeer> => {
  const { host = '127.0.0.1', codec = 'PCMU', ptimeMs = 20 } = options
  const voice = createRtpVoice(codec, ptimeMs)
  const ear = createEar(voice.codec)
  let target: Address | undefined
  let isQuiet = false

  const open = async (): Promise<Socket> => {
    const opened = createSocket(isIPv6(host) ? 'udp6' : 'udp4')
    opened.on('message', ear.take)
    opened.bind(0, host)
    await once(opened, 'listening')
    return opened
  }
  let socket = await open()
  const { port } = socket.address()
  scope.add(() => void socket.close())
  const put = (bytes: Uint8Array) => {
    if (target && !scope.signal.aborted) socket.send(bytes, target.port, target.host)
  }
  const link = createLink(put)

  let dueMs = performance.now()
  const turn = () => {
    for (; dueMs <= performance.now(); dueMs += voice.ptimeMs()) {
      if (target && !isQuiet) link.send(voice.next())
    }
    scope.timeout(turn, Math.max(1, dueMs - performance.now()))
  }
  turn()

  return {
    ...voice,
    ...{ packets: ear.packets, arrivedMs: ear.arrivedMs },
    digits: ear.digits,
    impair: link.impair,
    sendRaw: put,
    audio: (different = {}) => ({
      remote: { host, port, rtcp: 'mux' },
      sources: [host],
      codec: voice.codec(),
      sendPayload: payloadOf[voice.codec()],
      receivePayload: payloadOf[voice.codec()],
      sendEvents: eventsPayload,
      receiveEvents: eventsPayload,
      direction: 'sendrecv',
      ptimeMs: voice.ptimeMs(),
      ...different,
    }),
    call: (to) => {
      target = to
    },
    hush: (quiet) => {
      isQuiet = quiet
    },
    move: async () => {
      const former = socket
      socket = await open()
      former.close()
    },
    listen: async (ms) => {
      const rate = rateOf(voice.codec())
      const samples = await ear.listen((ms * rate) / 1000, AbortSignal.timeout(8_000))
      return { samples, rate }
    },
  }
}
