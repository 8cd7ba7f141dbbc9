import { describe, expect, it } from 'vitest'
import { createReceiver } from './receiver.ts'
import { isRtcp, write16, write32 } from './rtp.ts'
import { createRandom } from './test/random.ts'
import { createRtpLine, largestStep, rms, sine } from './test/rtp-line.ts'

/** A tone of 400 Hz at 8 kHz: its largest step as PCMU has it, and its level. */
const TONE_STEP = 2492
const TONE_RMS = 5634

const tickLevels = (heard: Int16Array, rate = 8000): number[] => {
  const levels: number[] = []
  for (let at = 0; at < heard.length; at += rate / 50) {
    levels.push(rms(heard.subarray(at, at + rate / 50)))
  }
  return levels
}

describe('a receiver on a calm line', () => {
  it.each([10, 20, 30, 40, 50, 60])('plays packets of %i ms without a gap', (ptimeMs) => {
    const line = createRtpLine({ ptimeMs })
    line.hear(200)
    const heard = line.hear(10_000)
    expect(largestStep(heard)).toBeLessThanOrEqual(TONE_STEP)
    expect(Math.min(...tickLevels(heard))).toBeCloseTo(TONE_RMS, -2)
    expect(line.receiver.statistics()).toMatchObject({
      packetsLost: 0,
      packetsLate: 0,
      packetsRefused: 0,
      bufferMs: 20,
    })
  })

  it('plays exactly the samples that were sent, wideband too', () => {
    const voice = sine(1000, 16_000)
    const line = createRtpLine({ codec: 'L16', voice })
    line.hear(100)
    const heard = line.hear(1000)
    const from = Array.from({ length: 3000 }, (_, at) => at).find((at) =>
      heard.every((sample, i) => sample === voice(at + i)),
    )
    expect(from).toBeDefined()
  })

  it('goes on when sequence numbers and timestamps wrap', () => {
    const line = createRtpLine({ firstSequence: 65_500, firstTimestamp: 2 ** 32 - 8000 })
    line.hear(200)
    const heard = line.hear(3000)
    expect(largestStep(heard)).toBeLessThanOrEqual(TONE_STEP)
    expect(line.receiver.statistics()).toMatchObject({ packetsLost: 0, packetsReceived: 160 })
    expect(line.receiver.reception()).toMatchObject({
      highestSequence: 65_500 + 159,
      expected: 160,
    })
  })

  it('hears nothing before something came, and nothing long after it ended', () => {
    const line = createRtpLine({ delay: (at) => (at < 50 ? 5 : undefined) })
    expect(createReceiver().pull(new Int16Array(160).fill(9))).toBe(false)
    line.hear(1200)
    const { isHeard, samples } = line.tick()
    expect(isHeard).toBe(false)
    expect(Math.max(...samples)).toBe(0)
  })
})

describe('a receiver on a bad line', () => {
  it.each([
    [30, 15, 50],
    [80, 60, 110],
    [150, 120, 190],
  ])('waits for packets that jitter by %i ms, and no longer', (jitterMs, least, most) => {
    const random = createRandom(jitterMs)
    const line = createRtpLine({ delay: () => random.unit() * jitterMs })
    line.hear(4000)
    const before = line.receiver.statistics()
    line.hear(20_000)
    const { bufferMs, packetsLate, jitterMs: measured } = line.receiver.statistics()
    expect(bufferMs).toBeGreaterThan(least)
    expect(bufferMs).toBeLessThan(most)
    expect(packetsLate - before.packetsLate).toBeLessThan(30)
    // The mean distance of two numbers of a uniform distribution is a third of its width.
    expect(measured).toBeGreaterThan(jitterMs / 5)
    expect(measured).toBeLessThan(jitterMs / 2)
  })

  it('becomes quick again when the network calms, without a click', () => {
    const random = createRandom(3)
    const line = createRtpLine({ delay: (at) => (at < 500 ? random.unit() * 120 : 5) })
    line.hear(9000)
    expect(line.receiver.statistics().bufferMs).toBeGreaterThan(80)
    const heard = line.hear(25_000)
    expect(line.receiver.statistics().bufferMs).toBeLessThanOrEqual(40)
    expect(largestStep(heard)).toBeLessThanOrEqual(TONE_STEP * 1.2)
  })

  it('waits 200 ms at most', () => {
    const random = createRandom(4)
    const line = createRtpLine({ delay: () => random.unit() * 600 })
    line.hear(20_000)
    expect(line.receiver.statistics().bufferMs).toBeLessThan(240)
  })

  it('follows a network that became slower, and one that became quicker', () => {
    const line = createRtpLine({ delay: (at) => (at < 100 ? 5 : at < 500 ? 305 : 5) })
    line.hear(3000)
    expect(Math.min(...tickLevels(line.hear(4000)))).toBeGreaterThan(TONE_RMS * 0.9)
    line.hear(20_000)
    expect(line.receiver.statistics().bufferMs).toBeLessThanOrEqual(40)
  })

  it('hears again what comes at once after a stall', () => {
    const line = createRtpLine({
      delay: (at) => (at >= 100 && at < 115 ? 305 - (at - 100) * 20 : 5),
    })
    line.hear(2400)
    expect(Math.min(...tickLevels(line.hear(2000)))).toBeGreaterThan(TONE_RMS * 0.9)
    line.hear(15_000)
    expect(line.receiver.statistics().bufferMs).toBeLessThanOrEqual(40)
  })

  it('puts packets in order, and plays what comes twice once', () => {
    const line = createRtpLine({ delay: () => undefined })
    const { receiver } = line
    const heard: Int16Array[] = []
    const tick = new Int16Array(160)
    for (let at = 0; at < 100; at += 2) {
      for (const one of [at + 1, at, at, at + 1]) receiver.receive(line.packet(one), one * 20)
      for (let i = 0; i < 2; i += 1) {
        receiver.pull(tick)
        heard.push(tick.slice())
      }
    }
    const after = Int16Array.from(heard.slice(10).flatMap((one) => [...one]))
    expect(largestStep(after)).toBeLessThanOrEqual(TONE_STEP)
    expect(receiver.statistics()).toMatchObject({ packetsLost: 0, packetsReceived: 200 })
  })

  it.each([1, 3, 10])(
    'conceals a loss of %i %% so that nobody hears a click or a gap',
    (percent) => {
      const random = createRandom(percent)
      let before: number | undefined = 5
      const line = createRtpLine({
        // One at a time: longer losses fade, as they should.
        delay: () => (before = before && random.unit() < percent / 100 ? undefined : 5),
      })
      line.hear(200)
      const heard = line.hear(20_000)
      expect(largestStep(heard)).toBeLessThanOrEqual(TONE_STEP * 1.2)
      expect(Math.min(...tickLevels(heard))).toBeGreaterThan(TONE_RMS * 0.5)
      const { packetsLost, packetsReceived } = line.receiver.statistics()
      expect(packetsLost + packetsReceived).toBeGreaterThan(1000)
      expect(packetsLost / 10).toBeGreaterThan(percent * 0.5)
      expect(packetsLost / 10).toBeLessThan(percent * 1.6)
    },
  )
})

describe('a receiver of a clock that drifts', () => {
  it.each([
    [60, 1.0002],
    [60, 0.9998],
    [10, 1.001],
    [10, 0.999],
  ])(
    'neither grows nor runs dry in %i minutes (clock × %f)',
    (minutes, clock) => {
      // Silence with a breath: quiet enough to be cheap to compare, not zero.
      const line = createRtpLine({ clock, voice: (at) => ((at % 7) - 3) * 8 })
      line.hear(1000)
      const before = line.receiver.statistics()
      let most = 0
      let gaps = 0
      for (let tick = 0; tick < minutes * 60 * 50; tick += 1) {
        if (!line.tick().isHeard) gaps += 1
        if (tick % 500 === 0) most = Math.max(most, line.receiver.statistics().bufferMs)
      }
      expect(most).toBeLessThanOrEqual(60)
      expect(gaps).toBe(0)
      const after = line.receiver.statistics()
      expect(after.packetsLate - before.packetsLate).toBeLessThan(20)
      expect(after.packetsLost - before.packetsLost).toBeLessThan(20)
    },
    60_000,
  )

  it('adjusts a voice by whole periods, without a click', () => {
    const line = createRtpLine({ clock: 1.002 })
    line.hear(1000)
    const heard = line.hear(60_000)
    expect(largestStep(heard)).toBeLessThanOrEqual(TONE_STEP * 1.1)
    expect(Math.min(...tickLevels(heard))).toBeGreaterThan(TONE_RMS * 0.95)
    expect(line.receiver.statistics().bufferMs).toBeLessThan(60)
  })
})

describe('a receiver of streams that change', () => {
  /** A packet of µ-law bytes. */
  const packet = (given: {
    sequence: number
    timestamp: number
    ssrc?: number
    payload?: number
  }) => {
    const bytes = new Uint8Array(172).fill(0x90)
    bytes[0] = 0x80
    bytes[1] = given.payload ?? 0
    write16(bytes, 2, given.sequence)
    write32(bytes, 4, given.timestamp)
    write32(bytes, 8, given.ssrc ?? 1)
    return bytes
  }
  const agreed = () => {
    const receiver = createReceiver()
    receiver.agree({ codec: 'PCMU', payload: 0, eventsPayload: 101 })
    const tick = new Int16Array(160)
    let ms = 0
    return {
      receiver,
      tick,
      next: (given?: Parameters<typeof packet>[0]) => {
        ms += 20
        if (given) receiver.receive(packet(given), ms)
        return receiver.pull(tick)
      },
    }
  }

  it('takes a gap of timestamps without a gap of numbers for silence, not for a loss', () => {
    const { receiver, tick, next } = agreed()
    for (let at = 0; at < 20; at += 1) next({ sequence: at, timestamp: at * 160 })
    for (let at = 20; at < 40; at += 1) next()
    const heard: Int16Array[] = []
    for (let at = 40; at < 60; at += 1) {
      next({ sequence: at - 20, timestamp: at * 160 })
      heard.push(tick.slice())
    }
    const [silence, ...voice] = heard
    expect(new Set(silence)).toEqual(new Set([0]))
    // As loud from its first sample on: after a loss it would be faded in.
    for (const one of voice) expect(new Set(one).size).toBe(1)
    expect(voice[0]?.[0]).toBeGreaterThan(1000)
    expect(receiver.statistics()).toMatchObject({ packetsLost: 0, packetsLate: 0, bufferMs: 20 })
  })

  it('follows timestamps that jump, from the second packet on', () => {
    const { receiver, next } = agreed()
    for (let at = 0; at < 20; at += 1) next({ sequence: at, timestamp: at * 160 })
    for (let at = 20; at < 30; at += 1) next({ sequence: at, timestamp: 3e9 + at * 160 })
    expect(next({ sequence: 30, timestamp: 3e9 + 30 * 160 })).toBe(true)
    expect(receiver.statistics()).toMatchObject({ packetsLost: 1, bufferMs: 20 })
  })

  it('is not led astray by a single packet of another time, number or source', () => {
    const { receiver, next } = agreed()
    for (let at = 0; at < 20; at += 1) next({ sequence: at, timestamp: at * 160 })
    receiver.receive(packet({ sequence: 9, timestamp: 9 * 160, ssrc: 7 }), 401)
    receiver.receive(packet({ sequence: 99, timestamp: 10 * 160, ssrc: 7 }), 401)
    receiver.receive(packet({ sequence: 30_000, timestamp: 20 * 160 }), 401)
    receiver.receive(packet({ sequence: 20, timestamp: 1e9 }), 401)
    expect(receiver.statistics().packetsRefused).toBe(3)
    for (let at = 21; at < 40; at += 1) next({ sequence: at, timestamp: at * 160 })
    expect(next()).toBe(true)
    expect(receiver.statistics()).toMatchObject({ packetsLost: 1, packetsReceived: 40 })
  })

  it('follows a source that changes, from the second packet on, and counts both', () => {
    const { receiver, next } = agreed()
    for (let at = 0; at < 20; at += 1) next({ sequence: at, timestamp: at * 160 })
    for (let at = 0; at < 20; at += 1)
      next({ sequence: 500 + at, timestamp: 77 + at * 160, ssrc: 2 })
    expect(next()).toBe(true)
    expect(receiver.reception()).toMatchObject({ ssrc: 2, expected: 39, received: 39 })
    expect(receiver.statistics()).toMatchObject({ packetsRefused: 1, packetsLost: 0 })
  })

  it('refuses what was not agreed on', () => {
    const { receiver, next } = agreed()
    next({ sequence: 0, timestamp: 0 })
    expect(receiver.receive(packet({ sequence: 1, timestamp: 160, payload: 8 }), 0)).toBe(false)
    expect(receiver.receive(packet({ sequence: 1, timestamp: 160 }).subarray(0, 9), 0)).toBe(false)
    expect(receiver.receive(new Uint8Array(1500).fill(0x80), 0)).toBe(false)
    expect(receiver.statistics().packetsRefused).toBe(3)
    expect(createReceiver().receive(packet({ sequence: 1, timestamp: 160 }), 0)).toBe(false)
  })

  it('survives a flood: it takes a hundred packets between ticks, and keeps half a second', () => {
    const { receiver, next } = agreed()
    let taken = 0
    for (let at = 0; at < 100_000; at += 1) {
      if (receiver.receive(packet({ sequence: at & 0xffff, timestamp: at * 160 }), 5)) taken += 1
    }
    expect(taken).toBe(100)
    for (let i = 0; i < 30; i += 1) next()
    expect(next()).toBe(false)
  })

  it('goes on with another codec', () => {
    const { receiver, next } = agreed()
    for (let at = 0; at < 20; at += 1) next({ sequence: at, timestamp: at * 160 })
    receiver.agree({ codec: 'PCMA', payload: 8, eventsPayload: undefined })
    for (let at = 20; at < 40; at += 1) next({ sequence: at, timestamp: at * 160, payload: 8 })
    expect(next()).toBe(true)
    receiver.agree({ codec: 'L16', payload: 96, eventsPayload: undefined })
    const wide = new Int16Array(320).fill(3)
    expect(receiver.pull(wide)).toBe(false)
    expect(Math.max(...wide)).toBe(0)
  })

  it('takes whatever comes', () => {
    const random = createRandom(11)
    const line = createRtpLine({ delay: () => undefined })
    const tick = new Int16Array(160)
    for (let at = 0; at < 20_000; at += 1) {
      const bytes = line.packet(at).slice(0, random.below(3) ? 172 : random.below(173))
      for (let i = random.below(4); i > 0; i -= 1) bytes[random.below(16)] = random.below(256)
      if (!isRtcp(bytes)) line.receiver.receive(bytes, at * 20)
      if (random.below(4)) line.receiver.pull(tick)
    }
    const { bufferMs, jitterMs, packetsLost } = line.receiver.statistics()
    for (const number of [bufferMs, jitterMs, packetsLost]) expect(number).toBeGreaterThanOrEqual(0)
    for (let at = 20_000; at < 20_100; at += 1) {
      line.receiver.receive(line.packet(at), at * 20)
      line.receiver.pull(tick)
    }
    expect(rms(tick)).toBeGreaterThan(TONE_RMS * 0.9)
  })
})
