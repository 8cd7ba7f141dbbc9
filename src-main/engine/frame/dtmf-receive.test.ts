import { describe, expect, it } from 'vitest'
import { createReceiver } from './receiver.ts'
import { hex } from './test/bytes.ts'
import { write16, write32 } from './rtp.ts'

const EVENTS = 101

const listening = () => {
  const told: string[] = []
  const receiver = createReceiver({ onDigit: (digit, ms) => told.push(`${digit} ${String(ms)}`) })
  receiver.agree({ codec: 'PCMU', payload: 0, eventsPayload: EVENTS })
  const tick = new Int16Array(160)
  let sequence = 0
  const send = (
    event: number,
    given: { timestamp: number; duration: number; end?: boolean; marker?: boolean },
  ) => {
    const bytes = new Uint8Array(16)
    bytes[0] = 0x80
    bytes[1] = EVENTS | (given.marker ? 128 : 0)
    write16(bytes, 2, sequence)
    write32(bytes, 4, given.timestamp)
    write32(bytes, 8, 5)
    bytes[12] = event
    bytes[13] = 10 | (given.end ? 128 : 0)
    write16(bytes, 14, given.duration)
    sequence += 1
    return receiver.receive(bytes, sequence * 20)
  }
  return {
    told,
    receiver,
    send,
    lose: () => (sequence += 1),
    pass: (ticks: number) => {
      let isHeard = false
      for (let i = 0; i < ticks; i += 1) isHeard = receiver.pull(tick) || isHeard
      return isHeard
    },
    /** A press as phones send it. */
    press: (event: number, timestamp: number, ticks = 6) => {
      for (let i = 1; i <= ticks; i += 1) {
        send(event, { timestamp, duration: i * 160, marker: i === 1 })
        receiver.pull(tick)
      }
      for (let i = 0; i < 3; i += 1) send(event, { timestamp, duration: ticks * 160, end: true })
    },
  }
}

describe('keys', () => {
  it('tells each of the sixteen once, as soon as it is down for 40 ms', () => {
    const { told, press } = listening()
    for (let event = 0; event < 16; event += 1) press(event, 8000 * event)
    expect(told.map((one) => one.split(' ')[0]).join('')).toBe('0123456789*#ABCD')
    expect(new Set(told.map((one) => one.split(' ')[1]))).toEqual(new Set(['40']))
  })

  it('reads the bytes of RFC 4733 §2.3: a 9 of 50 ms', () => {
    const told: unknown[] = []
    const receiver = createReceiver({ onDigit: (digit, ms) => told.push([digit, ms]) })
    receiver.agree({ codec: 'PCMU', payload: 0, eventsPayload: 97 })
    receiver.receive(hex('80 e1 0012 00002bf2 00005234  09 0a 0190'), 0)
    expect(told).toEqual([['9', 50]])
    receiver.receive(hex('80 61 0013 00002bf2 00005234  09 8a 0320'), 50)
    receiver.receive(hex('80 61 0014 00002bf2 00005234  09 8a 0320'), 50)
    expect(told).toHaveLength(1)
  })

  it('tells a short press at its end', () => {
    const { told, send } = listening()
    send(5, { timestamp: 0, duration: 160, marker: true })
    expect(told).toEqual([])
    send(5, { timestamp: 0, duration: 240, end: true })
    expect(told).toEqual(['5 30'])
  })

  it('tells a press of which only its first packet came after 100 ms, or with the next', () => {
    const { told, send, pass } = listening()
    send(5, { timestamp: 0, duration: 160, marker: true })
    pass(4)
    expect(told).toEqual([])
    pass(1)
    expect(told).toEqual(['5 20'])
    send(6, { timestamp: 1600, duration: 160, marker: true })
    send(7, { timestamp: 3200, duration: 160, marker: true })
    expect(told).toEqual(['5 20', '6 20'])
  })

  it('tells a press whose beginning was lost', () => {
    const { told, send, lose } = listening()
    send(1, { timestamp: 0, duration: 160, end: true })
    lose()
    send(2, { timestamp: 8000, duration: 640, end: true })
    expect(told).toEqual(['1 20', '2 80'])
  })

  it('tells the same key twice if it was pressed twice, however quickly', () => {
    const { told, press, send } = listening()
    press(3, 0)
    press(3, 1100)
    // Of the next, all ends and the beginning of the one after are lost.
    send(3, { timestamp: 4000, duration: 320 })
    send(3, { timestamp: 6000, duration: 320 })
    expect(told).toHaveLength(4)
  })

  it('tells a key once that is held until its duration wraps', () => {
    const { told, send, pass } = listening()
    send(8, { timestamp: 100, duration: 160, marker: true })
    for (let duration = 320; duration < 65_535; duration += 160) {
      send(8, { timestamp: 100, duration })
      pass(1)
    }
    send(8, { timestamp: 100, duration: 65_535 })
    for (let duration = 160; duration < 4000; duration += 160) {
      send(8, { timestamp: 100 + 65_535, duration })
      pass(1)
    }
    send(8, { timestamp: 100 + 65_535, duration: 4000, end: true })
    expect(told).toEqual(['8 40'])
  })

  it('does not tell again what comes late or once more', () => {
    const { told, press, send } = listening()
    press(3, 0)
    press(4, 3000)
    send(3, { timestamp: 0, duration: 960, end: true })
    send(4, { timestamp: 3000, duration: 480 })
    expect(told).toHaveLength(2)
  })

  it('tells 20 in a second at most, and counts the rest', () => {
    const { told, send, receiver, pass } = listening()
    for (let i = 0; i < 90; i += 1) send(1, { timestamp: i * 1000, duration: 800, end: true })
    expect(told).toHaveLength(20)
    expect(receiver.digitsDropped()).toBe(70)
    pass(50)
    send(2, { timestamp: 500_000, duration: 800, end: true })
    expect(told).toHaveLength(21)
  })

  it('passes over other events, and refuses half of one', () => {
    const { told, send, receiver } = listening()
    expect(send(16, { timestamp: 0, duration: 800, end: true })).toBe(true)
    expect(receiver.receive(hex('80 65 0002 00000000 00000005 05 8a'), 0)).toBe(false)
    expect(told).toEqual([])
  })

  it('makes silence of a press, not a loss of audio', () => {
    const { receiver, pass, press } = listening()
    const audio = new Uint8Array(172).fill(0x90)
    audio.set(hex('80 00 ffff 00000000 00000005'))
    receiver.receive(audio, 0)
    pass(2)
    press(1, 160)
    expect(receiver.statistics().packetsLost).toBe(0)
  })
})
