import type { CodecName } from '../../port.ts'
import { bytesPerSampleOf, encodeInto, rateOf } from '../codec.ts'
import { createReceiver, type Receiver } from '../receiver.ts'
import { RTP_HEADER_BYTES, rtpHeader, writeRtp } from '../rtp.ts'

/** Sample number `at` of what is said. */
export type Voice = (at: number) => number

export const sine =
  (hertz: number, rate: number, amplitude = 8000): Voice =>
  (at) =>
    Math.round(amplitude * Math.sin((2 * Math.PI * hertz * at) / rate))

type LineOptions = {
  readonly codec?: CodecName
  readonly ptimeMs?: number
  readonly voice?: Voice
  /** What the other clock does in a second: 1.0002 is 200 ppm fast. */
  readonly clock?: number
  readonly firstSequence?: number
  readonly firstTimestamp?: number
  /** Milliseconds packet number `at` is on its way; undefined: it is lost. */
  readonly delay?: (at: number) => number | undefined
}

type LinePacket = {
  readonly at: number
  readonly arrivesMs: number
  readonly bytes: Uint8Array
}

/** A phone that sends `voice` over a network; time is counted in ticks, nothing waits. */
export const createRtpLine = (options: LineOptions = {}) => {
  const { codec = 'PCMU', ptimeMs = 20, clock = 1, delay = () => 5 } = options
  const rate = rateOf(codec)
  const voice = options.voice ?? sine(400, rate)
  const perPacket = (rate * ptimeMs) / 1000
  const samples = new Int16Array(perPacket)
  const digits: { digit: string; ms: number }[] = []
  const receiver: Receiver = createReceiver({
    onDigit: (digit, ms) => digits.push({ digit, ms }),
  })
  receiver.agree({ codec, payload: 0, eventsPayload: 101 })
  const header = { ...rtpHeader(), ssrc: 0x1234 }
  const firstSequence = options.firstSequence ?? 1000
  const firstTimestamp = options.firstTimestamp ?? 5000
  const tick = new Int16Array(rate / 50)
  let ticks = 0
  let sent = 0
  let under: LinePacket[] = []

  const packet = (at: number): Uint8Array => {
    for (let i = 0; i < perPacket; i += 1) samples[i] = voice(at * perPacket + i)
    const bytes = new Uint8Array(RTP_HEADER_BYTES + perPacket * bytesPerSampleOf(codec))
    encodeInto(codec, samples, bytes.subarray(RTP_HEADER_BYTES))
    header.sequence = (firstSequence + at) & 0xffff
    header.timestamp = (firstTimestamp + at * perPacket) >>> 0
    header.marker = at === 0
    writeRtp(bytes, header)
    return bytes
  }

  const sendUntil = (nowMs: number) => {
    // 7 ms: no phone counts in our ticks.
    for (; 7 + (sent * ptimeMs) / clock <= nowMs; sent += 1) {
      const onItsWay = delay(sent)
      if (onItsWay === undefined) continue
      const arrivesMs = 7 + (sent * ptimeMs) / clock + onItsWay
      under.push({ at: sent, arrivesMs, bytes: packet(sent) })
    }
  }

  const deliver = (nowMs: number) => {
    if (under.length > 1) under.sort((a, b) => a.arrivesMs - b.arrivesMs)
    let arrived = 0
    for (const one of under) {
      if (one.arrivesMs > nowMs) break
      receiver.receive(one.bytes, one.arrivesMs)
      arrived += 1
    }
    if (arrived) under = under.slice(arrived)
  }

  return {
    receiver,
    rate,
    digits,
    packet,
    /** 20 ms pass; what is heard, until the next. */
    tick: () => {
      ticks += 1
      sendUntil(ticks * 20)
      deliver(ticks * 20)
      return { isHeard: receiver.pull(tick), samples: tick }
    },
    nowMs: () => ticks * 20,
    /** So many milliseconds of it. */
    hear: function (ms: number): Int16Array {
      const heard = new Int16Array((rate * ms) / 1000)
      for (let at = 0; at < heard.length; at += tick.length) heard.set(this.tick().samples, at)
      return heard
    },
  }
}

/** The largest step from a sample to the next. */
export const largestStep = (samples: Int16Array): number => {
  let most = 0
  for (let i = 1; i < samples.length; i += 1) {
    most = Math.max(most, Math.abs((samples[i] ?? 0) - (samples[i - 1] ?? 0)))
  }
  return most
}

export const rms = (samples: Int16Array): number => {
  let sum = 0
  for (const sample of samples) sum += sample * sample
  return Math.sqrt(sum / samples.length)
}
