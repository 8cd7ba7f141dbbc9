import { randomBytes } from 'node:crypto'
import type { Receiver } from './frame/receiver.ts'
import { createReports } from './frame/reports.ts'
import { isRtcp } from './frame/rtp.ts'
import type { Sender } from './frame/sender.ts'
import type { DatagramSocket } from './io/socket.ts'
import type { LegSockets } from './leg-sockets.ts'
import type { LegAudio, LegStatistics } from './port.ts'

/** The RTCP of a leg: on the port of its RTP, or on the next one where the other side wants it apart. */
export type LegControl = {
  readonly connect: (audio: LegAudio) => Promise<void>
  /** False: damaged. */
  readonly receive: (packet: Uint8Array) => boolean
  /** When the other side last sent some; 0: never. */
  readonly heardMs: () => number
  /** Ten times a second. */
  readonly tick: (nowMs: number) => void
  readonly sendBye: () => void
  readonly statistics: () => Pick<LegStatistics, 'remoteLost' | 'roundTripMs'>
}

/** How often it is asked whether a report is due: every second. */
const askedTicks = 10

export const createLegControl = (deps: {
  sockets: LegSockets
  sender: Sender
  receiver: Receiver
  nowMs: () => number
  onPacket: (packet: Uint8Array, host: string, port: number) => void
  onUnreachable: () => void
}): LegControl => {
  const { sockets, sender, receiver, nowMs, onPacket, onUnreachable } = deps
  const cname = randomBytes(12).toString('base64')
  const reports = createReports({ cname, sender, receiver, random: Math.random })
  let audio: LegAudio | undefined
  let socket: DatagramSocket | undefined
  let ticks = Math.floor(Math.random() * askedTicks)
  let heardMs = 0

  const send = (packet: Uint8Array | undefined) => {
    if (packet && audio?.remote) socket?.send(packet)
  }

  return {
    connect: async (agreed) => {
      audio = agreed
      const { remote } = agreed
      if (!remote || remote.rtcp === 'mux') {
        socket = sockets.rtp
        return
      }
      const { host, rtcp: port } = remote
      socket = undefined
      const opened = await sockets.openControl({ onPacket, onUnreachable })
      // Meanwhile something else may have been agreed on.
      if (audio !== agreed) return
      opened?.aim({ host, port })
      socket = opened
    },
    receive: (packet) => {
      const isWhole = isRtcp(packet) && reports.receive(packet, nowMs())
      if (isWhole) heardMs = nowMs()
      return isWhole
    },
    heardMs: () => heardMs,
    tick: (now) => {
      ticks += 1
      if (ticks % askedTicks === 0) send(reports.due(now))
    },
    sendBye: () => send(reports.bye(nowMs())),
    statistics: reports.statistics,
  }
}
