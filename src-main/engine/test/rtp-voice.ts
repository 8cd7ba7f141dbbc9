/** What a test's phone says, packet by packet: a sine, silence, or digits as telephone events (RFC 4733). */
import type { CodecName } from '../port.ts'
import { encode, packetBytes, rateOf, type Packet } from './wire.ts'

export const keys = '0123456789*#ABCD'
export const eventsPayload = 101
export const payloadOf = { PCMU: 0, PCMA: 8, L16: 96 } as const
/** The end of an event is sent three times; what is between two presses is not sent at all. */
const pressPackets = 5
const endPackets = 3

export type RtpVoice = {
  /** A sine with this highest sample, or silence. */
  readonly say: (hz: number | undefined, peak?: number) => void
  readonly press: (digits: string) => void
  readonly use: (codec: CodecName, ptimeMs: number) => void
  readonly codec: () => CodecName
  readonly ptimeMs: () => number
  /** The next packet of its stream. */
  readonly next: () => Buffer
}

export const createRtpVoice = (first: CodecName, firstPtimeMs: number): RtpVoice => {
  let codec = first
  let ptimeMs = firstPtimeMs
  let hz: number | undefined
  let loudness = 0
  let phase = 0
  // Both wrap around before long.
  let sequence = 65_500
  let timestamp = 0xffff_0000
  let pressing: { digit: string; packet: number; timestamp: number } | undefined
  let waiting = ''

  const packet = (content: Omit<Packet, 'sequence' | 'ssrc' | 'marker'>, marker = false) => {
    sequence += 1
    return packetBytes({ ...content, marker, sequence, ssrc: 0x5eed })
  }
  const event = (press: { digit: string; packet: number; timestamp: number }) => {
    const payload = Buffer.alloc(4)
    payload[0] = keys.indexOf(press.digit)
    payload[1] = (press.packet >= pressPackets ? 0x80 : 0) | 10
    const packets = Math.min(press.packet + 1, pressPackets)
    payload.writeUInt16BE((packets * ptimeMs * rateOf(codec)) / 1000, 2)
    const content = { payloadType: eventsPayload, timestamp: press.timestamp, payload }
    return packet(content, press.packet === 0)
  }
  const audio = (count: number) => {
    const step = (2 * Math.PI * (hz ?? 0)) / rateOf(codec)
    const samples = Array.from({ length: count }, (_, i) => loudness * Math.sin(phase + step * i))
    phase = (phase + step * count) % (2 * Math.PI)
    return packet({ payloadType: payloadOf[codec], timestamp, payload: encode(codec, samples) })
  }

  return {
    say: (tone, peak = 8_000) => {
      hz = tone
      loudness = tone === undefined ? 0 : peak
    },
    press: (digits) => {
      waiting += digits
    },
    use: (nextCodec, nextPtimeMs) => {
      codec = nextCodec
      ptimeMs = nextPtimeMs
    },
    codec: () => codec,
    ptimeMs: () => ptimeMs,
    next: () => {
      const count = (ptimeMs * rateOf(codec)) / 1000
      timestamp = (timestamp + count) >>> 0
      if (!pressing && waiting !== '') {
        pressing = { digit: waiting.charAt(0), packet: 0, timestamp }
        waiting = waiting.slice(1)
      }
      if (!pressing) return audio(count)
      const bytes = event(pressing)
      pressing.packet += 1
      if (pressing.packet === pressPackets + endPackets) pressing = undefined
      return bytes
    },
  }
}
