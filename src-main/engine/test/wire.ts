/** What is on the wire, written from the RFCs and without the product's own code. */
import type { CodecName } from '../port.ts'

export const rateOf = (codec: CodecName): number => (codec === 'L16' ? 16_000 : 8_000)

/** ITU-T G.711, as its formulas are: sign, exponent, mantissa. */
const muLawByte = (sample: number): number => {
  const sign = sample < 0 ? 0x80 : 0
  const magnitude = Math.min(Math.abs(sample), 32_635) + 132
  const exponent = Math.floor(Math.log2(magnitude)) - 7
  const mantissa = (magnitude >> (exponent + 3)) & 0x0f
  return ~(sign | (exponent << 4) | mantissa) & 0xff
}
const fromMuLaw = (byte: number): number => {
  const code = ~byte & 0xff
  const magnitude = ((((code & 0x0f) << 3) + 132) << ((code >> 4) & 7)) - 132
  return code & 0x80 ? -magnitude : magnitude
}
const aLawByte = (sample: number): number => {
  const sign = sample < 0 ? 0 : 0x80
  const magnitude = Math.min(sample < 0 ? -sample - 1 : sample, 32_767) >> 4
  const exponent = magnitude < 16 ? 0 : Math.floor(Math.log2(magnitude)) - 3
  const mantissa = (magnitude >> Math.max(0, exponent - 1)) & 0x0f
  return (sign | (exponent << 4) | mantissa) ^ 0x55
}
const fromALaw = (byte: number): number => {
  const code = byte ^ 0x55
  const exponent = (code >> 4) & 7
  const mantissa = code & 0x0f
  const magnitude =
    exponent === 0 ? (mantissa << 4) + 8 : ((mantissa << 4) + 0x108) << (exponent - 1)
  return code & 0x80 ? magnitude : -magnitude
}

export const encode = (codec: CodecName, samples: readonly number[]): Buffer => {
  const whole = samples.map((sample) => Math.round(sample))
  if (codec === 'PCMU') return Buffer.from(whole.map(muLawByte))
  if (codec === 'PCMA') return Buffer.from(whole.map(aLawByte))
  const bytes = Buffer.alloc(whole.length * 2)
  whole.forEach((sample, i) => bytes.writeInt16BE(sample, i * 2))
  return bytes
}

export const decode = (codec: CodecName, bytes: Buffer): number[] => {
  if (codec === 'PCMU') return [...bytes].map(fromMuLaw)
  if (codec === 'PCMA') return [...bytes].map(fromALaw)
  return Array.from({ length: bytes.length >> 1 }, (_, i) => bytes.readInt16BE(i * 2))
}

export type Packet = {
  readonly payloadType: number
  readonly marker: boolean
  readonly sequence: number
  readonly timestamp: number
  readonly ssrc: number
  readonly payload: Buffer
}

/** RFC 3550 §5.1, without extensions. */
export const packetBytes = (packet: Packet): Buffer => {
  const header = Buffer.alloc(12)
  header[0] = 0x80
  header[1] = (packet.marker ? 0x80 : 0) | packet.payloadType
  header.writeUInt16BE(packet.sequence & 0xffff, 2)
  header.writeUInt32BE(packet.timestamp >>> 0, 4)
  header.writeUInt32BE(packet.ssrc >>> 0, 8)
  return Buffer.concat([header, packet.payload])
}

export const parsePacket = (bytes: Buffer): Packet => ({
  payloadType: bytes.readUInt8(1) & 0x7f,
  marker: bytes.readUInt8(1) >= 0x80,
  sequence: bytes.readUInt16BE(2),
  timestamp: bytes.readUInt32BE(4),
  ssrc: bytes.readUInt32BE(8),
  payload: bytes.subarray(12 + 4 * (bytes.readUInt8(0) & 0x0f)),
})

/** RFC 5761 §4: on a port for both, these are RTCP. */
export const isControl = (bytes: Buffer): boolean => {
  const type = bytes.readUInt8(1)
  return type >= 192 && type <= 223
}
