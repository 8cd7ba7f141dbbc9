import { createReceiver, type ReceiverAudio } from './frame/receiver.ts'
import { isRtcp, readRtp, rtpHeader } from './frame/rtp.ts'
import { createSender, type SenderAudio } from './frame/sender.ts'
import type { Sound } from './frame/sound.ts'
import { createLegControl } from './leg-control.ts'
import { createLegSource } from './leg-source.ts'
import type { LegSockets } from './leg-sockets.ts'
import type { DatagramEvents } from './io/socket.ts'
import { reachable, type Address } from './io/socket-address.ts'
import { EngineError, type CodecName, type LegAudio, type LegStatistics } from './port.ts'

/** The RTP and RTCP of a leg, from its sockets to samples. */
export type LegLine = {
  /** Where it receives. */
  readonly address: Address
  /** Rejects with `EngineError` when the remote cannot be reached from where the leg receives. */
  readonly connect: (audio: LegAudio) => Promise<void>
  readonly audio: () => LegAudio | undefined
  /**
   * Every tick: how long nothing came while something should, in milliseconds; undefined in ticks in which it does not
   * look.
   */
  readonly tick: (nowMs: number) => number | undefined
  /** The next 20 ms that came, at the codec's rate. False: silence, and all samples are 0. */
  readonly pull: (into: Int16Array) => boolean
  readonly push: (sound: Sound) => void
  /** Instead of `push`: a tick was given up, and what follows is not to be heard later because of it. */
  readonly skip: (sound: Sound) => void
  /** False: no events were agreed on, or these are no digits. */
  readonly dial: (digits: string) => boolean
  readonly statistics: () => LegStatistics
  /** Tells the other side, and frees the ports. */
  readonly close: () => Promise<void>
}

export type LegLineEvents = {
  readonly onDigit: (digit: string, ms: number) => void
  /** Once in a leg's life. */
  readonly onStarted: () => void
  /** An error of ours, while a packet was read. */
  readonly onFailure: (error: unknown) => void
}

/** More than come in a quarter of a second of 10 ms packets: what is beyond is a flood, and not looked at. */
const mostPacketsPerTick = 25
/** How often it is looked after the other side: every 100 ms, each leg in a tick of its own. */
const watchedTicks = 5

/** What came from another thread is not the same piece of memory as the same word here, and slow to compare. */
const ownNames: Readonly<Record<CodecName, CodecName>> = { PCMU: 'PCMU', PCMA: 'PCMA', L16: 'L16' }

/** Of the packet that is being read, of whichever leg: it is used within one call. */
const header = rtpHeader()

/** Whether it is of a shape and payload that both sides agreed to. */
const isAcceptable = (packet: Uint8Array, agreed: LegAudio) =>
  readRtp(packet, header) &&
  (header.payload === agreed.receivePayload || header.payload === agreed.receiveEvents)

type Agreed = LegAudio & { readonly isReceiving: boolean }

/** What came from another thread is copied field by field: of a spread object most fields lie somewhere else. */
const agree = (audio: LegAudio): Agreed => ({
  isReceiving: audio.direction === 'sendrecv' || audio.direction === 'recvonly',
  receivePayload: audio.receivePayload,
  receiveEvents: audio.receiveEvents,
  codec: ownNames[audio.codec],
  remote: audio.remote,
  sources: audio.sources,
  sendPayload: audio.sendPayload,
  sendEvents: audio.sendEvents,
  direction: audio.direction,
  ptimeMs: audio.ptimeMs,
})
const sends = ({ remote, direction }: LegAudio) =>
  remote !== undefined && (direction === 'sendrecv' || direction === 'sendonly')

const check = ({ remote, ptimeMs }: LegAudio, from: string) => {
  if (remote && (reachable(from, remote.host) === undefined || remote.port < 1)) {
    throw new EngineError('bad_address', `${remote.host}:${remote.port} is out of reach of ${from}`)
  }
  if (ptimeMs < 10 || ptimeMs > 60 || ptimeMs % 10 !== 0) {
    throw new EngineError('invalid', `no packets of ${ptimeMs} ms`)
  }
}

const receiving = ({ codec, receivePayload, receiveEvents }: LegAudio): ReceiverAudio => ({
  codec,
  payload: receivePayload,
  eventsPayload: receiveEvents,
})
const sending = (audio: LegAudio): SenderAudio => ({
  codec: audio.codec,
  payload: audio.sendPayload,
  eventsPayload: audio.sendEvents,
  ptimeMs: audio.ptimeMs,
  active: sends(audio),
})

/** Rejects with `EngineError` when it cannot receive there. */
export const openLegLine = async (deps: {
  openSockets: (events: DatagramEvents) => Promise<LegSockets>
  nowMs: () => number
  events: LegLineEvents
}): Promise<LegLine> => {
  const { nowMs, events } = deps
  const receiver = createReceiver({ onDigit: events.onDigit })
  const { receive } = receiver
  const source = createLegSource()
  const { allows, hears } = source
  let audio: Agreed | undefined
  let packetsThisTick = 0
  let ticks = Math.floor(Math.random() * watchedTicks)
  let hasStarted = false
  let isShut = false
  let connectedMs = 0
  let refused = 0
  let unreachable = 0

  const aim = () => {
    isShut = false
    sockets.rtp.aim(source.address())
  }
  const receiveAudio = (packet: Uint8Array, host: string, port: number, agreed: LegAudio) => {
    if (!isAcceptable(packet, agreed)) return false
    const now = nowMs()
    const heard = hears(host, port, now)
    if (heard === 'stranger') return false
    if (heard === 'new') aim()
    if (receive(packet, now) && !hasStarted) {
      hasStarted = true
      events.onStarted()
    }
    return true
  }
  const isLookedAt = (host: string) => {
    // Strangers do not use up what the phone may send.
    if (packetsThisTick >= mostPacketsPerTick || !allows(host)) return false
    packetsThisTick += 1
    return true
  }
  const onUnreachable = () => void (unreachable += 1)
  const read = (packet: Uint8Array, host: string, port: number, agreed: Agreed) => {
    if (isRtcp(packet)) return control.receive(packet)
    // Somebody who holds, or is held, may still send; nobody listens.
    return !agreed.isReceiving || receiveAudio(packet, host, port, agreed)
  }
  const onPacket = (packet: Uint8Array, host: string, port: number) => {
    if (!audio) return
    try {
      if (!isLookedAt(host) || !read(packet, host, port, audio)) refused += 1
    } catch (error) {
      events.onFailure(error)
    }
  }
  const onControl = (packet: Uint8Array, host: string, port: number) => {
    if (isRtcp(packet)) onPacket(packet, host, port)
    else refused += 1
  }

  const sockets = await deps.openSockets({ onPacket, onUnreachable })
  const sender = createSender({ send: sockets.rtp.send, random: Math.random })
  const control = createLegControl({
    ...{ sockets, sender, receiver, nowMs, onUnreachable },
    onPacket: onControl,
  })

  return {
    address: sockets.address,
    audio: () => audio,
    connect: async (given) => {
      check(given, sockets.address.host)
      const agreed = agree(given)
      audio = agreed
      connectedMs = nowMs()
      receiver.agree(receiving(agreed))
      sender.agree(sending(agreed))
      source.expect(agreed)
      aim()
      await control.connect(agreed)
    },
    tick: (now) => {
      packetsThisTick = 0
      ticks += 1
      if (ticks < watchedTicks) return undefined
      ticks = 0
      const isSteady = source.isSteady(now)
      if (isSteady && !isShut) sockets.rtp.shut()
      if (!isSteady && isShut) aim()
      isShut = isSteady
      control.tick(now)
      if (!audio?.isReceiving) return 0
      return now - Math.max(connectedMs, control.heardMs(), receiver.lastPacketMs())
    },
    pull: receiver.pull,
    push: sender.push,
    skip: (sound) => {
      if (!audio) return
      sender.agree({ ...sending(audio), active: false })
      sender.push(sound)
      sender.agree(sending(audio))
    },
    dial: sender.dial,
    statistics: () => {
      const received = receiver.statistics()
      return {
        codec: audio?.codec,
        ...received,
        ...sender.statistics(),
        ...control.statistics(),
        packetsRefused: received.packetsRefused + refused,
        unreachable,
      }
    },
    close: async () => {
      audio = undefined
      try {
        control.sendBye()
      } finally {
        await sockets.close()
      }
    },
  }
}
