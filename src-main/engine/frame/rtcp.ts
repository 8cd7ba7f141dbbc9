import { read16, read32, write16, write32 } from './rtp.ts'

/** RTCP packets (RFC 3550 §6): how they stand one behind the other, and those that we write. */

const SENDER_REPORT = 200
const RECEIVER_REPORT = 201
const SOURCE_DESCRIPTION = 202
const GOODBYE = 203
const VERSION_2 = 0x80
const CNAME = 1

const SENDER_INFO_BYTES = 28
const RECEIVER_INFO_BYTES = 8
const BLOCK_BYTES = 24

/** Time as the middle 32 bits of an NTP timestamp: 1/65,536 s. It wraps after 18 hours. */
export const shortTime = (ms: number): number => Math.round((ms * 65_536) / 1000) >>> 0

/** What one side reports of what it hears of a stream. */
export type ReportBlock = {
  readonly ssrc: number
  /** Of 256, since the last report. */
  readonly fractionLost: number
  /** Since the beginning; negative if packets came twice. */
  readonly lost: number
  readonly highestSequence: number
  readonly jitter: number
  /** Short time of the last sender report of the stream, 0 without one; and how long ago that came. */
  readonly lastReport: number
  readonly sinceReport: number
}

/** A report within a compound packet. */
type RtcpReport = {
  readonly ssrc: number
  /** Of a sender report: its short time. */
  readonly sentAt: number | undefined
  readonly blocks: readonly ReportBlock[]
}

const readBlock = (packet: Uint8Array, at: number): ReportBlock => ({
  ssrc: read32(packet, at),
  fractionLost: read32(packet, at + 4) >>> 24,
  lost: (read32(packet, at + 4) << 8) >> 8,
  highestSequence: read32(packet, at + 8),
  jitter: read32(packet, at + 12),
  lastReport: read32(packet, at + 16),
  sinceReport: read32(packet, at + 20),
})

const readReport = (packet: Uint8Array, at: number, to: number): RtcpReport | undefined => {
  const isSender = packet[at + 1] === SENDER_REPORT
  const from = at + (isSender ? SENDER_INFO_BYTES : RECEIVER_INFO_BYTES)
  const count = (packet[at] ?? 0) & 31
  if (from + count * BLOCK_BYTES > to) return undefined
  return {
    ssrc: read32(packet, at + 4),
    sentAt: isSender ? read32(packet, at + 10) : undefined,
    blocks: Array.from({ length: count }, (_, i) => readBlock(packet, from + i * BLOCK_BYTES)),
  }
}

/**
 * The reports of a compound packet; descriptions, goodbyes and what is unknown are passed over. Undefined if lengths do
 * not fit to the packet (RFC 3550 A.2).
 */
export const readRtcp = (packet: Uint8Array): readonly RtcpReport[] | undefined => {
  const reports: RtcpReport[] = []
  let at = 0
  do {
    const first = packet[at] ?? 0
    const next = at + 4 + 4 * read16(packet, at + 2)
    if (at + 4 > packet.length || first >> 6 !== 2 || next > packet.length) return undefined
    const padding = first & 0x20 ? (packet[next - 1] ?? 0) : 0
    const type = packet[at + 1]
    if (type === SENDER_REPORT || type === RECEIVER_REPORT) {
      const report = readReport(packet, at, next - padding)
      if (!report) return undefined
      reports.push(report)
    }
    at = next
  } while (at < packet.length)
  return reports
}

const writeHeader = (bytes: Uint8Array, at: number, type: number, to: number) => {
  bytes[at + 1] = type
  write16(bytes, at + 2, (to - at) / 4 - 1)
}

const writeBlock = (bytes: Uint8Array, at: number, block: ReportBlock) => {
  write32(bytes, at, block.ssrc)
  write32(bytes, at + 4, ((block.fractionLost & 0xff) << 24) | (block.lost & 0xff_ffff))
  write32(bytes, at + 8, block.highestSequence)
  write32(bytes, at + 12, block.jitter)
  write32(bytes, at + 16, block.lastReport)
  write32(bytes, at + 20, block.sinceReport)
}

/** What we sent until `atMs`, on a clock that may begin anywhere (RFC 3550 §6.4.1 allows the time since a start). */
type SenderInfo = {
  readonly atMs: number
  readonly timestamp: number
  readonly packets: number
  readonly octets: number
}

/** A report; of a sender, if it sent something. The index behind it. */
export const writeReport = (
  bytes: Uint8Array,
  ssrc: number,
  info: SenderInfo | undefined,
  block: ReportBlock | undefined,
): number => {
  let to = RECEIVER_INFO_BYTES
  if (info) {
    const seconds = Math.floor(info.atMs / 1000)
    write32(bytes, 8, seconds)
    write32(bytes, 12, Math.floor((info.atMs / 1000 - seconds) * 2 ** 32))
    write32(bytes, 16, info.timestamp)
    write32(bytes, 20, info.packets)
    write32(bytes, 24, info.octets)
    to = SENDER_INFO_BYTES
  }
  if (block) {
    writeBlock(bytes, to, block)
    to += BLOCK_BYTES
  }
  bytes[0] = VERSION_2 | (block ? 1 : 0)
  writeHeader(bytes, 0, info ? SENDER_REPORT : RECEIVER_REPORT, to)
  write32(bytes, 4, ssrc)
  return to
}

/** A source description with a name of at most 255 bytes; the index behind it. */
export const writeName = (
  bytes: Uint8Array,
  at: number,
  ssrc: number,
  name: Uint8Array,
): number => {
  // The item, at least one zero to end the list, and zeros until the next word.
  const to = at + 8 + 4 * (Math.floor((2 + name.length) / 4) + 1)
  bytes.fill(0, at, to)
  bytes[at] = VERSION_2 | 1
  writeHeader(bytes, at, SOURCE_DESCRIPTION, to)
  write32(bytes, at + 4, ssrc)
  bytes[at + 8] = CNAME
  bytes[at + 9] = name.length
  bytes.set(name, at + 10)
  return to
}

export const writeGoodbye = (bytes: Uint8Array, at: number, ssrc: number): number => {
  bytes[at] = VERSION_2 | 1
  writeHeader(bytes, at, GOODBYE, at + 8)
  write32(bytes, at + 4, ssrc)
  return at + 8
}
