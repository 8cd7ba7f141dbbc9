import { describe, expect, it } from 'vitest'
import { isRtcp, readRtp, rtpHeader, sequencesApart, timestampsApart, writeRtp } from './rtp.ts'
import { hex } from './test/bytes.ts'
import { createRandom } from './test/random.ts'

const reading = (text: string) => {
  const header = rtpHeader()
  return readRtp(hex(text), header) ? header : undefined
}

describe('RTP headers', () => {
  it('reads the fields of RFC 3550 §5.1', () => {
    expect(reading('80 00 0001 000000a0 deadbeef  ff fe')).toEqual({
      marker: false,
      payload: 0,
      sequence: 1,
      timestamp: 160,
      ssrc: 0xdeadbeef,
      from: 12,
      to: 14,
    })
    expect(reading('80 e5 ffff ffffffff 00000001')).toMatchObject({
      marker: true,
      payload: 101,
      sequence: 65_535,
      timestamp: 4_294_967_295,
      from: 12,
      to: 12,
    })
  })

  it('passes over contributors, an extension and padding', () => {
    const text = 'b2 08 0002 00000140 00000007  00000001 00000002  bede 0001 10ff0000  d5 d5 000003'
    expect(reading(text)).toMatchObject({ payload: 8, from: 28, to: 30 })
  })

  it.each([
    ['nothing', ''],
    ['half a header', '80 00 0001 000000a0 dead'],
    ['another version', '40 00 0001 000000a0 deadbeef ff'],
    ['contributors that are not there', '82 00 0001 000000a0 deadbeef 00000001 0000'],
    ['an extension without a length', '90 00 0001 000000a0 deadbeef bede'],
    ['an extension longer than the packet', '90 00 0001 000000a0 deadbeef bede 0002 00000000'],
    ['padding of no bytes', 'a0 00 0001 000000a0 deadbeef ff 00'],
    ['padding into the header', 'a0 00 0001 000000a0 deadbeef ff 03'],
  ])('refuses %s', (_what, text) => {
    expect(reading(text)).toBeUndefined()
  })

  it('writes what it reads', () => {
    const header = { ...rtpHeader(), marker: true, payload: 8, sequence: 65_535 }
    const written = { ...header, timestamp: 0xfffffff0, ssrc: 0x80000001, from: 12, to: 12 }
    const packet = new Uint8Array(12)
    writeRtp(packet, written)
    expect(packet).toEqual(hex('80 88 ffff fffffff0 80000001'))
    const read = rtpHeader()
    readRtp(packet, read)
    expect(read).toEqual(written)
  })

  it('never finds a payload outside of the packet, whatever the bytes', () => {
    const random = createRandom(1)
    const header = rtpHeader()
    let read = 0
    for (let i = 0; i < 20_000; i += 1) {
      const packet = Uint8Array.from({ length: random.below(60) }, () => random.below(256))
      if (i % 2 && packet.length) packet[0] = 0x80 | random.below(64)
      if (!readRtp(packet, header)) continue
      read += 1
      expect(header.from).toBeGreaterThanOrEqual(12)
      expect(header.from).toBeLessThanOrEqual(header.to)
      expect(header.to).toBeLessThanOrEqual(packet.length)
    }
    expect(read).toBeGreaterThan(1000)
  })

  it('tells RTCP from RTP by its packet type', () => {
    expect(isRtcp(hex('80 c8 0006'))).toBe(true)
    expect(isRtcp(hex('80 c9 0001'))).toBe(true)
    expect(isRtcp(hex('80 80 0001'))).toBe(false)
    expect(isRtcp(hex('80 e5 0001'))).toBe(false)
    expect(isRtcp(hex('80'))).toBe(false)
  })

  it('compares numbers that wrap', () => {
    expect(sequencesApart(0, 65_535)).toBe(1)
    expect(sequencesApart(65_535, 0)).toBe(-1)
    expect(timestampsApart(80, 0xffffffb0)).toBe(160)
    expect(timestampsApart(0xffffffb0, 80)).toBe(-160)
  })
})
