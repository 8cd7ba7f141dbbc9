import { describe, expect, it } from 'vitest'
import { createReports } from './reports.ts'
import { readRtcp } from './rtcp.ts'
import { hex } from './test/bytes.ts'
import { createRandom } from './test/random.ts'
import type { Reception } from './receiver.ts'

const reporting = (reception?: () => Reception, packets = 100) =>
  createReports({
    cname: 'b1946ac92492d234',
    sender: {
      report: () => ({
        ssrc: 0xdeadbeef,
        packets,
        octets: packets * 160,
        timestamp: 0x01020304,
        rate: 8000,
      }),
    },
    receiver: { reception: () => reception?.() },
    random: () => 0.5,
  })

const received: Reception = {
  ssrc: 0xcafe,
  expected: 200,
  received: 190,
  highestSequence: 0x1_0005,
  jitter: 12.7,
}

const text = (bytes: Uint8Array | undefined) => Buffer.from(bytes ?? []).toString('hex')

describe('reports', () => {
  it('writes a sender report and a name as RFC 3550 §6.4.1 and §6.5 have them', () => {
    const reports = reporting(() => received)
    expect(reports.due(1_000_000.5)).toBeUndefined()
    const bytes = reports.due(1_002_500.5)
    expect(text(bytes)).toBe(
      [
        '81c8000c deadbeef 000003ea 8020c49b 01020304 00000064 00003e80',
        '0000cafe 0c00000a 00010005 0000000c 00000000 00000000',
        '81ca0006 deadbeef 0110',
        Buffer.from('b1946ac92492d234').toString('hex'),
        '0000',
      ]
        .join('')
        .replaceAll(' ', ''),
    )
  })

  it('writes a receiver report while nothing was sent, and says goodbye', () => {
    const reports = reporting(undefined, 0)
    const bytes = text(reports.bye(5))
    expect(bytes.startsWith('80c90001deadbeef81ca0006deadbeef0110')).toBe(true)
    expect(bytes.endsWith('81cb0001deadbeef')).toBe(true)
  })

  it('is due every five seconds, and says what was lost since', () => {
    let now = received
    const reports = reporting(() => now)
    reports.due(0)
    const at: number[] = []
    const lost: (number | undefined)[] = []
    for (let ms = 0; ms < 60_000; ms += 100) {
      const bytes = reports.due(ms)
      if (!bytes) continue
      at.push(ms)
      lost.push(readRtcp(bytes)?.[0]?.blocks[0]?.fractionLost)
      now = { ...now, expected: now.expected + 100, received: now.received + 75 }
    }
    expect(at).toHaveLength(12)
    expect(at[1]).toBe((at[0] ?? 0) + 5000)
    expect(lost.slice(1)).toEqual(Array(11).fill(64))
  })

  it('measures the round trip between two that report to each other', () => {
    const one = reporting(() => ({ ...received, ssrc: 0xdeadbeef }))
    const other = reporting(() => ({ ...received, ssrc: 0xdeadbeef, expected: 207, received: 200 }))
    one.due(0)
    other.due(90_000)
    const sent = one.due(10_000)?.slice() ?? new Uint8Array()
    // 30 ms there, 2 s until the answer, 50 ms back; the clocks are 90 s apart.
    expect(other.receive(sent, 100_030)).toBe(true)
    const answer = other.due(102_030)?.slice() ?? new Uint8Array()
    expect(one.receive(answer, 12_080)).toBe(true)
    const { remoteLost, roundTripMs } = one.statistics()
    expect(remoteLost).toBe(7)
    expect(roundTripMs).toBeCloseTo(80, 0)
    expect(other.statistics().roundTripMs).toBeUndefined()
  })

  it('reads reports behind others, with padding and what it does not know', () => {
    const reports = reporting()
    const compound = hex(
      `80c9 0001 00000001  80cf 0002 00000001 00000000
       81c9 0007 00000001  deadbeef 00fffffd 00000000 00000000 00000000 00000000
       a0cc 0003 00000001 41424344 00000004`,
    )
    expect(reports.receive(compound, 0)).toBe(true)
    expect(reports.statistics()).toEqual({ remoteLost: 0, roundTripMs: undefined })
  })

  it.each([
    ['nothing', ''],
    ['half a header', '80c9 00'],
    ['another version', '40c9 0001 00000001'],
    ['a length beyond the packet', '80c9 0002 00000001'],
    ['blocks that are not there', '82c9 0001 00000001'],
    ['a sender report without its figures', '80c8 0001 00000001'],
    ['bytes behind it', '80c9 0001 00000001 81'],
  ])('refuses %s', (_what, bytes) => {
    expect(reporting().receive(hex(bytes), 0)).toBe(false)
  })

  it('takes whatever comes', () => {
    const random = createRandom(5)
    const reports = reporting(() => received)
    reports.due(0)
    const good = reports.due(10_000)?.slice() ?? new Uint8Array()
    let taken = 0
    for (let i = 0; i < 20_000; i += 1) {
      const bytes = good.slice(0, random.below(2) ? good.length : random.below(good.length))
      for (let k = random.below(4); k > 0; k -= 1) bytes[random.below(40)] = random.below(256)
      if (reports.receive(bytes, i)) taken += 1
      const { remoteLost = 0, roundTripMs = 0 } = reports.statistics()
      expect(remoteLost).toBeGreaterThanOrEqual(0)
      expect(roundTripMs).toBeLessThan(60_000)
    }
    expect(taken).toBeGreaterThan(1000)
  })
})
