import { describe, expect, it } from 'vitest'
import type { CodecName } from '../port.ts'
import { encodeInto, rateOf, tickBytesOf } from './codec.ts'
import { createReceiver } from './receiver.ts'
import { createSender, type SenderAudio } from './sender.ts'
import { samplesOf, type Sound } from './sound.ts'
import { createRandom } from './test/random.ts'
import { collectPackets } from './test/packets.ts'
import { sine } from './test/rtp-line.ts'

/** Tick number `tick` of a tone. */
const toneOf = (codec: CodecName, tick: number): Sound => {
  const rate = rateOf(codec)
  const voice = sine(440, rate)
  const samples = Int16Array.from({ length: samplesOf(rate) }, (_, at) =>
    voice(tick * samplesOf(rate) + at),
  )
  return {
    rate,
    samples,
    isSilent: false,
    encoded: (wanted) => {
      const bytes = new Uint8Array(tickBytesOf(wanted))
      encodeInto(wanted, samples, bytes)
      return bytes
    },
  }
}

const sending = (audio: Partial<SenderAudio> = {}) => {
  const { packets, send } = collectPackets()
  const sender = createSender({ send, random: createRandom(1).unit })
  const agreed: SenderAudio = {
    codec: 'PCMU',
    payload: 0,
    eventsPayload: 101,
    ptimeMs: 20,
    active: true,
    ...audio,
  }
  sender.agree(agreed)
  let tick = 0
  return {
    sender,
    packets,
    agreed,
    push: (ticks: number) => {
      for (let i = 0; i < ticks; i += 1) sender.push(toneOf(agreed.codec, tick++))
    },
  }
}

const joined = (parts: readonly Uint8Array[]) => Uint8Array.from(parts.flatMap((one) => [...one]))

describe('a sender', () => {
  it.each([
    ['PCMU', 10],
    ['PCMU', 20],
    ['PCMA', 30],
    ['PCMU', 40],
    ['PCMA', 50],
    ['L16', 60],
    ['L16', 10],
  ] as const)('sends %s in packets of %i ms, and nothing twice or not at all', (codec, ptimeMs) => {
    const { packets, push } = sending({ codec, ptimeMs })
    push(60)
    expect(packets).toHaveLength(1200 / ptimeMs)
    const samples = (rateOf(codec) * ptimeMs) / 1000
    const [first] = packets
    packets.forEach((packet, at) => {
      expect(packet.sequence).toBe(((first?.sequence ?? 0) + at) & 0xffff)
      expect(packet.timestamp).toBe(((first?.timestamp ?? 0) + at * samples) >>> 0)
      expect(packet.ssrc).toBe(first?.ssrc)
      expect(packet.marker).toBe(at === 0)
    })
    const sent = Array.from({ length: 60 }, (_, tick) => toneOf(codec, tick).encoded(codec))
    expect(joined(packets.map((packet) => packet.body))).toEqual(joined(sent))
  })

  it('begins anywhere', () => {
    const begin = (seed: number) => {
      const { packets, send } = collectPackets()
      const sender = createSender({ send, random: createRandom(seed).unit })
      sender.agree({
        codec: 'PCMU',
        payload: 0,
        eventsPayload: undefined,
        ptimeMs: 20,
        active: true,
      })
      sender.push(toneOf('PCMU', 0))
      return packets[0]
    }
    expect(begin(1)?.ssrc).not.toBe(begin(2)?.ssrc)
    expect(begin(1)?.sequence).not.toBe(begin(2)?.sequence)
    expect(begin(1)?.timestamp).not.toBe(begin(2)?.timestamp)
  })

  it('sends nothing while it may not, and marks where it goes on', () => {
    const { sender, packets, push, agreed } = sending()
    push(5)
    sender.agree({ ...agreed, active: false })
    push(10)
    expect(packets).toHaveLength(5)
    sender.agree(agreed)
    push(2)
    const [before, after, next] = packets.slice(4)
    expect(after?.marker).toBe(true)
    expect(next?.marker).toBe(false)
    expect(after?.sequence).toBe(((before?.sequence ?? 0) + 1) & 0xffff)
    expect(((after?.timestamp ?? 0) - (before?.timestamp ?? 0)) >>> 0).toBe(11 * 160)
    expect(sender.statistics()).toEqual({ packetsSent: 7 })
  })

  it('leaves what was sent as it is for three more packets', () => {
    const kept: { now: Uint8Array; then: Uint8Array }[] = []
    const send = (bytes: Uint8Array) => {
      for (const { now, then } of kept.slice(-3)) expect(now).toEqual(then)
      kept.push({ now: bytes, then: bytes.slice() })
    }
    const sender = createSender({ send, random: () => 0.5 })
    sender.agree({ codec: 'PCMU', payload: 0, eventsPayload: 101, ptimeMs: 10, active: true })
    for (let tick = 0; tick < 10; tick += 1) sender.push(toneOf('PCMU', tick))
    expect(kept).toHaveLength(20)
  })
})

describe('dialling', () => {
  it('sends a press as RFC 4733 has it: marked first, three ends, one timestamp, instead of audio', () => {
    const { sender, packets, push } = sending()
    push(3)
    expect(sender.dial('#')).toBe(true)
    push(10)
    expect(sender.isDialling()).toBe(false)
    push(1)
    const press = packets.slice(3, -1)
    expect(press.map((packet) => [...packet.body])).toEqual([
      [11, 10, 0, 160],
      [11, 10, 1, 64],
      [11, 10, 1, 224],
      [11, 10, 2, 128],
      [11, 10, 3, 32],
      [11, 138, 3, 192],
      [11, 138, 3, 192],
      [11, 138, 3, 192],
    ])
    const start = ((packets[2]?.timestamp ?? 0) + 160) >>> 0
    expect(new Set(press.map((packet) => packet.timestamp))).toEqual(new Set([start]))
    expect(press.map((packet) => packet.marker)).toEqual([true, ...Array<boolean>(7).fill(false)])
    expect(new Set(press.map((packet) => packet.payload))).toEqual(new Set([101]))
    const after = packets.at(-1)
    expect(after).toMatchObject({ payload: 0, marker: true, timestamp: (start + 1600) >>> 0 })
    packets.forEach((packet, at) => {
      expect(packet.sequence).toBe(((packets[0]?.sequence ?? 0) + at) & 0xffff)
    })
  })

  it.each(['PCMU', 'L16'] as const)(
    'is understood by a receiver of %s, digit by digit',
    (codec) => {
      const heard: string[] = []
      const receiver = createReceiver({ onDigit: (digit) => heard.push(digit) })
      receiver.agree({ codec, payload: 0, eventsPayload: 101 })
      let ms = 0
      const sender = createSender({
        send: (bytes) => receiver.receive(bytes, ms),
        random: () => 0.9999,
      })
      sender.agree({ codec, payload: 0, eventsPayload: 101, ptimeMs: 30, active: true })
      const into = new Int16Array(samplesOf(rateOf(codec)))
      sender.dial('0123456789')
      sender.dial('*#ABCD11')
      for (let tick = 0; tick < 200; tick += 1) {
        ms = tick * 20
        sender.push(toneOf(codec, tick))
        receiver.pull(into)
      }
      expect(heard.join('')).toBe('0123456789*#ABCD11')
      expect(receiver.statistics()).toMatchObject({ packetsLost: 0, packetsRefused: 0 })
      expect(receiver.pull(into)).toBe(true)
    },
  )

  it('refuses what is no digit, and digits nobody agreed on', () => {
    const { sender, agreed } = sending()
    expect(sender.dial('12E')).toBe(false)
    expect(sender.isDialling()).toBe(false)
    sender.dial('12')
    sender.agree({ ...agreed, eventsPayload: undefined })
    expect(sender.isDialling()).toBe(false)
    expect(sender.dial('1')).toBe(false)
  })
})
