/** RTP packets (RFC 3550 §5.1) and how they are told from RTCP on the same port (RFC 5761 §4). */

export const RTP_HEADER_BYTES = 12
const VERSION_2 = 0x80

/** What a header says. Filled by `readRtp`, again and again, so that no packet allocates. */
export type RtpHeader = {
  marker: boolean
  payload: number
  /** 16 bits. */
  sequence: number
  /** 32 bits, unsigned. */
  timestamp: number
  ssrc: number
  /** The payload stands in bytes [from, to); padding is behind it. */
  from: number
  to: number
}

export const rtpHeader = (): RtpHeader => ({
  marker: false,
  payload: 0,
  sequence: 0,
  timestamp: 0,
  ssrc: 0,
  from: 0,
  to: 0,
})

const byte = (bytes: Uint8Array, at: number): number => bytes[at] ?? 0

export const read16 = (bytes: Uint8Array, at: number): number =>
  (byte(bytes, at) << 8) | byte(bytes, at + 1)

export const read32 = (bytes: Uint8Array, at: number): number =>
  ((read16(bytes, at) << 16) | read16(bytes, at + 2)) >>> 0

export const write16 = (bytes: Uint8Array, at: number, value: number) => {
  bytes[at] = value >>> 8
  bytes[at + 1] = value
}

export const write32 = (bytes: Uint8Array, at: number, value: number) => {
  write16(bytes, at, value >>> 16)
  write16(bytes, at + 2, value)
}

/** How much later `a` is than `b`, of timestamps that wrap: −2³¹ to 2³¹ − 1. */
export const timestampsApart = (a: number, b: number): number => (a - b) | 0

/** How much later `a` is than `b`, of sequence numbers that wrap: −32,768 to 32,767. */
export const sequencesApart = (a: number, b: number): number => ((a - b) << 16) >> 16

/** Whether the second byte is a packet type of RTCP: 192 to 223. An RTP payload type never looks like that. */
export const isRtcp = (packet: Uint8Array): boolean => {
  const type = byte(packet, 1)
  return packet.length >= 2 && type >= 192 && type <= 223
}

/** False, and the header as it was, unless the packet is whole: version, contributors, extension, padding. */
export const readRtp = (packet: Uint8Array, header: RtpHeader): boolean => {
  const first = byte(packet, 0)
  if (packet.length < RTP_HEADER_BYTES || first >> 6 !== 2) return false
  let from = RTP_HEADER_BYTES + 4 * (first & 15)
  if (first & 0x10) {
    if (from + 4 > packet.length) return false
    from += 4 + 4 * read16(packet, from + 2)
  }
  const padding = first & 0x20 ? byte(packet, packet.length - 1) : 0
  if (first & 0x20 && padding === 0) return false
  const to = packet.length - padding
  if (from > to) return false
  const second = byte(packet, 1)
  header.marker = second >= 128
  header.payload = second & 127
  header.sequence = read16(packet, 2)
  header.timestamp = read32(packet, 4)
  header.ssrc = read32(packet, 8)
  header.from = from
  header.to = to
  return true
}

/** The 12 bytes of a header without contributors, extension and padding; `from` and `to` do not matter. */
export const writeRtp = (packet: Uint8Array, header: RtpHeader) => {
  packet[0] = VERSION_2
  packet[1] = header.payload | (header.marker ? 128 : 0)
  write16(packet, 2, header.sequence)
  write32(packet, 4, header.timestamp)
  write32(packet, 8, header.ssrc)
}
