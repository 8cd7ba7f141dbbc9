import type { LegStatistics } from '../port.ts'
import type { Reception } from './receiver.ts'
import {
  readRtcp,
  shortTime,
  writeGoodbye,
  writeName,
  writeReport,
  type ReportBlock,
} from './rtcp.ts'
import type { SenderReport } from './sender.ts'

export type Reports = {
  /**
   * The report to be sent now, or undefined: the first after 2.5 s at most, then one every 5 s on average. To be asked
   * every second or so. The bytes are valid until the next call.
   */
  readonly due: (nowMs: number) => Uint8Array | undefined
  /** A packet that is RTCP. False: it was damaged. */
  readonly receive: (packet: Uint8Array, nowMs: number) => boolean
  /** The last packet of a leg. */
  readonly bye: (nowMs: number) => Uint8Array
  readonly statistics: () => Pick<LegStatistics, 'remoteLost' | 'roundTripMs'>
}

type ReportsOptions = {
  /** Says nothing of who or where we are: random, and the same for a leg's life (RFC 7022). 255 bytes at most. */
  readonly cname: string
  readonly sender: { readonly report: () => SenderReport }
  readonly receiver: { readonly reception: () => Reception | undefined }
  /** From 0 to 1. */
  readonly random: () => number
}

const INTERVAL_MS = 5000
const FIRST_MS = 2500
const MOST_BYTES = 512
/** No packet was so long on its way: the report answers none of ours. */
const MOST_ROUND_TRIP_MS = 60_000
const MOST_LOST = 0x7f_ffff

/** What is told to the other side of a call about its audio, and what it tells (RFC 3550 §6.4). */
export const createReports = (options: ReportsOptions): Reports => {
  const name = new TextEncoder().encode(options.cname)
  if (name.length > 255) throw new RangeError('a CNAME has at most 255 bytes')
  const bytes = new Uint8Array(MOST_BYTES)
  let dueMs: number | undefined
  let expectedBefore = 0
  let receivedBefore = 0
  let heard: { ssrc: number; sentAt: number; atMs: number } | undefined
  let remoteLost: number | undefined
  let roundTripMs: number | undefined

  const blockOf = (reception: Reception, nowMs: number): ReportBlock => {
    const expected = reception.expected - expectedBefore
    const lost = expected - (reception.received - receivedBefore)
    expectedBefore = reception.expected
    receivedBefore = reception.received
    const last = heard?.ssrc === reception.ssrc ? heard : undefined
    return {
      ssrc: reception.ssrc,
      fractionLost: lost > 0 ? Math.min(255, Math.floor((lost * 256) / expected)) : 0,
      lost: Math.max(-MOST_LOST, Math.min(MOST_LOST, reception.expected - reception.received)),
      highestSequence: reception.highestSequence,
      jitter: Math.floor(reception.jitter),
      lastReport: last?.sentAt ?? 0,
      sinceReport: last ? shortTime(nowMs - last.atMs) : 0,
    }
  }

  const write = (nowMs: number): number => {
    const sent = options.sender.report()
    const reception = options.receiver.reception()
    const info = sent.packets > 0 ? { ...sent, atMs: nowMs } : undefined
    const block = reception && blockOf(reception, nowMs)
    return writeName(bytes, writeReport(bytes, sent.ssrc, info, block), sent.ssrc, name)
  }

  const hear = (block: ReportBlock, nowMs: number) => {
    remoteLost = Math.max(0, block.lost)
    if (block.lastReport === 0) return
    const trip = (shortTime(nowMs) - block.lastReport - block.sinceReport) | 0
    const tripMs = (trip * 1000) / 65_536
    // Rounding can make a short one negative.
    if (Math.abs(tripMs) < MOST_ROUND_TRIP_MS) roundTripMs = Math.max(0, tripMs)
  }

  return {
    due: (nowMs) => {
      dueMs ??= nowMs + FIRST_MS * (0.5 + options.random() / 2)
      if (nowMs < dueMs) return undefined
      dueMs = nowMs + INTERVAL_MS * (0.5 + options.random())
      return bytes.subarray(0, write(nowMs))
    },
    receive: (packet, nowMs) => {
      const reports = readRtcp(packet)
      if (!reports) return false
      const { ssrc } = options.sender.report()
      for (const { ssrc: from, sentAt, blocks } of reports) {
        if (sentAt !== undefined) heard = { ssrc: from, sentAt, atMs: nowMs }
        for (const block of blocks) if (block.ssrc === ssrc) hear(block, nowMs)
      }
      return true
    },
    bye: (nowMs) => {
      const at = write(nowMs)
      return bytes.subarray(0, writeGoodbye(bytes, at, options.sender.report().ssrc))
    },
    statistics: () => ({ remoteLost, roundTripMs }),
  }
}
