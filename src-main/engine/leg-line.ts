import { createReceiver, type ReceiverAudio } from './frame/receiver.ts'
import { isRtcp, readRtp, rtpHeader } from './frame/rtp.ts'
import { createSender, type SenderAudio } from './frame/sender.ts'
import type { Sound } from './frame/sound.ts'
import { createLegControl } from './leg-control.ts'
import { createLegSource } from './leg-source.ts'
import type { LegSockets } from './leg-sockets.ts'
import type { DatagramEvents } from './io/socket.ts'
import { reachable, type Address } from './io/socket-address.ts'
import { EngineError, type LegAudio, type LegStatistics } from './port.ts'

/** The RTP and RTCP of a leg, from its sockets to samples. */
export type LegLine = {
  /** Where it receives. */
  readonly address: Address
  /** Rejects with `EngineError` when the remote cannot be reached from where the leg receives. */
  readonly connect: (audio: LegAudio) => Promise<void>
  readonly audio: () => LegAudio | undefined
  /** Every tick: how long nothing came while something should, in milliseconds. */
  readonly tick: (nowMs: number) => number
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

const isReceiving = (audio: LegAudio | undefined) =>
  audio?.direction === 'sendrecv' || audio?.direction === 'recvonly'
const isSending = ({ remote, direction }: LegAudio) =>
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
  active: isSending(audio),
})

/** Rejects with `EngineError` when it cannot receive there. */
export const openLegLine = async (deps: {
  openSockets: (events: DatagramEvents) => Promise<LegSockets>
  nowMs: () => number
  events: LegLineEvents
}): Promise<LegLine> => {
  const { nowMs, events } = deps
  const receiver = createReceiver({ onDigit: events.onDigit })
  const source = createLegSource()
  const header = rtpHeader()
  let audio: LegAudio | undefined
  let packetsThisTick = 0
  let hasStarted = false
  let isShut = false
  let connectedMs = 0
  let refused = 0
  let unreachable = 0

  /** Whether it is of a shape and payload that both sides agreed to. */
  const isAcceptable = (packet: Uint8Array, agreed: LegAudio) =>
    readRtp(packet, header) &&
    (header.payload === agreed.receivePayload || header.payload === agreed.receiveEvents)

  const aim = () => {
    isShut = false
    sockets.rtp.aim(source.address())
  }
  const receiveAudio = (packet: Uint8Array, from: Address, agreed: LegAudio): boolean => {
    if (!isAcceptable(packet, agreed)) return false
    const heard = source.hears(from.host, from.port, nowMs())
    if (heard === 'stranger') return false
    if (heard === 'new') aim()
    if (receiver.receive(packet, nowMs()) && !hasStarted) {
      hasStarted = true
      events.onStarted()
    }
    return true
  }
  const guarded = (host: string, read: (agreed: LegAudio) => boolean) => {
    if (!audio) return
    // Strangers do not use up what the phone may send.
    const isLookedAt = audio.sources.includes(host) && packetsThisTick < mostPacketsPerTick
    if (isLookedAt) packetsThisTick += 1
    try {
      if (!isLookedAt || !read(audio)) refused += 1
    } catch (error) {
      events.onFailure(error)
    }
  }
  const onUnreachable = () => {
    unreachable += 1
  }
  const onPacket = (packet: Uint8Array, host: string, port: number) => {
    guarded(host, (agreed) => {
      if (isRtcp(packet)) return control.receive(packet)
      // Somebody who holds, or is held, may still send; nobody listens.
      return !isReceiving(agreed) || receiveAudio(packet, { host, port }, agreed)
    })
  }
  const onControl = (packet: Uint8Array, host: string) => {
    guarded(host, () => control.receive(packet))
  }

  const sockets = await deps.openSockets({ onPacket, onUnreachable })
  const sender = createSender({ send: sockets.rtp.send, random: Math.random })
  const control = createLegControl({
    sockets,
    sender,
    receiver,
    nowMs,
    onPacket: onControl,
    onUnreachable,
  })

  return {
    address: sockets.address,
    audio: () => audio,
    connect: async (agreed) => {
      check(agreed, sockets.address.host)
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
      const isSteady = source.isSteady(now)
      if (isSteady && !isShut) sockets.rtp.shut()
      if (!isSteady && isShut) aim()
      isShut = isSteady
      control.tick(now)
      if (!isReceiving(audio)) return 0
      return now - Math.max(connectedMs, control.heardMs(), receiver.lastPacketMs() ?? 0)
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
