import { describe, expect, it } from 'vitest'
import { createRig, levelOf, sineInto, stepOf } from './room-rig.ts'

const NOTHING = -45

describe('the rate of a room', () => {
  it('is the best of its codecs, and 8 kHz while it is empty', () => {
    const rig = createRig()
    expect(rig.room.rate).toBe(8000)
    const narrow = rig.sit({ hz: 350 })
    expect(rig.room.rate).toBe(8000)
    const wide = rig.sit({ hz: 950, rate: 16_000 })
    expect(rig.room.rate).toBe(16_000)
    rig.leave(narrow)
    expect(rig.room.rate).toBe(16_000)
    rig.leave(wide)
    expect(rig.room.rate).toBe(8000)
  })

  it('is not above its maximum', () => {
    const rig = createRig({ maximumRate: 8000 })
    const wide = rig.sit({ hz: 950, rate: 16_000 })
    const narrow = rig.sit({ hz: 350 })
    expect(rig.room.rate).toBe(8000)
    rig.listen()
    expect(rig.hears(wide, narrow)).toBeCloseTo(0, 0)
    expect(rig.hears(narrow, wide)).toBeCloseTo(0, 0)
  })

  it('follows a codec that is agreed on anew', () => {
    const rig = createRig()
    const { seat } = rig.sit({ hz: 350 })
    rig.run(1)
    rig.room.setCodecRate(seat, 16_000)
    expect(rig.room.rate).toBe(16_000)
    rig.room.setTapped(true)
    const wide = new Int16Array(320)
    sineInto(wide, 5000, 4000, 0)
    seat.say(wide)
    rig.room.tick()
    // Behind the joint with what was said before.
    expect([...rig.room.tapped.at(16_000)].slice(40)).toEqual([...wide].slice(40))
  })
})

describe('legs of both rates in a room', () => {
  it('hear each other, and not themselves', () => {
    const rig = createRig()
    const people = [
      rig.sit({ hz: 350 }),
      rig.sit({ hz: 950, rate: 16_000 }),
      rig.sit({ hz: 1650, codec: 'PCMA' }),
      rig.sit({ hz: 3100, rate: 16_000 }),
    ]
    rig.listen()
    for (const listener of people) {
      for (const speaker of people) {
        if (listener === speaker) expect(rig.hears(listener, speaker)).toBeLessThan(NOTHING)
        else expect(rig.hears(listener, speaker)).toBeCloseTo(0, 0)
      }
    }
  })

  it('keep what 8 kHz cannot carry among those of 16 kHz, and out of all others', () => {
    const rig = createRig()
    const narrow = rig.sit({ hz: 350, amplitude: 0 })
    const speaker = rig.sit({ hz: 6000, rate: 16_000 })
    const wide = rig.sit({ hz: 950, rate: 16_000, amplitude: 0 })
    rig.listen()
    expect(rig.hears(wide, speaker)).toBeCloseTo(0, 0)
    expect(levelOf(narrow.heard, 2000, 8000)).toBeLessThan(-40)
    expect(narrow.heard.every((sample) => Math.abs(sample) < 20)).toBe(true)
  })

  it('hear no click where they get a sound of their own instead of the shared one', () => {
    const rig = createRig()
    rig.sit({ hz: 440, rate: 16_000 })
    const listener = rig.sit({ hz: 700, amplitude: 0 })
    rig.run(3)
    listener.heard = []
    for (const gainOutDb of [0, 0.1, 0, 0.1]) {
      listener.seat.set({ gainOutDb })
      rig.run(3)
    }
    const slope = (2 * Math.PI * 440 * 4000) / 8000
    expect(stepOf(listener.heard)).toBeLessThan(slope * 1.05 + 130)
  })

  it('leave nothing behind for when they are heard again', () => {
    const rig = createRig()
    const listener = rig.sit({ hz: 700, rate: 16_000, amplitude: 0 })
    const person = rig.sit({ hz: 440, member: { energyLevel: 0 } })
    rig.run(3)
    expect(listener.heard.some((sample) => sample !== 0)).toBe(true)
    person.seat.set({ speak: false })
    rig.run(3)
    person.seat.set({ speak: true })
    // So soft that every sample is 0, and yet packets come.
    person.amplitude = 0.1
    listener.heard = []
    rig.run(3)
    expect(listener.heard.every((sample) => sample === 0)).toBe(true)
  })

  it('tap at any rate', () => {
    const rig = createRig()
    const speaker = rig.sit({ hz: 350, rate: 16_000 })
    rig.room.setTapped(true)
    const tapped: number[] = []
    for (let i = 0; i < 50; i += 1) {
      rig.run(1)
      tapped.push(...rig.room.tapped.at(8000))
    }
    expect(levelOf(tapped.slice(800), speaker.hz, 8000)).toBeCloseTo(0, 0)
  })
})

describe('a change of the rate', () => {
  // What a sine itself steps at most, and the worst step there can be between two places of it, spread over the joint.
  const bound = (hz: number, rate: number) => ((2 * Math.PI * hz * 4000) / rate) * 1.1 + 8000 / 40

  it.each([350, 440, 1000, 2210])('is no click for who hears %i Hz', (hz) => {
    for (let at = 3; at < 9; at += 1) {
      const rig = createRig()
      rig.sit({ hz })
      const listener = rig.sit({ hz: 700, amplitude: 0, codec: 'PCMA' })
      rig.run(2)
      listener.heard = []
      rig.run(at)
      const wide = rig.sit({ hz: 950, amplitude: 0, rate: 16_000 })
      rig.run(5)
      const heard = wide.heard.slice(100)
      rig.leave(wide)
      rig.run(5)
      // What PCMA adds: an eighth of the amplitude in 16 steps.
      expect(stepOf(listener.heard)).toBeLessThan(bound(hz, 8000) + 130)
      expect(stepOf(heard)).toBeLessThan(bound(hz, 16_000))
      // Nothing is missing: there is no stretch of silence where the tone should be.
      const quietest = Array.from({ length: Math.floor(listener.heard.length / 40) }, (_, i) =>
        Math.max(...listener.heard.slice(i * 40, i * 40 + 40).map(Math.abs)),
      )
      expect(Math.min(...quietest)).toBeGreaterThan(2500)
    }
  })

  it('is no click for who talks too, and keeps mutes, relations and the floor', () => {
    const rig = createRig()
    const [a, b, c] = [rig.sit({ hz: 350 }), rig.sit({ hz: 440 }), rig.sit({ hz: 1650 })]
    rig.room.relate(c.seat, a.seat, 'mute')
    rig.run(2)
    const floor = rig.room.floor
    a.heard = []
    rig.run(5)
    const wide = rig.sit({ hz: 950, amplitude: 0, rate: 16_000 })
    rig.run(5)
    rig.leave(wide)
    rig.run(5)
    expect(stepOf(a.heard)).toBeLessThan(bound(b.hz, 8000) + 130)
    expect(rig.room.floor).toBe(floor)
    expect(rig.events.filter(({ event }) => event === 'stop-talking')).toHaveLength(0)
    rig.sit({ hz: 950, rate: 16_000 })
    rig.listen()
    expect(rig.hears(a, c)).toBeLessThan(NOTHING)
    expect(rig.hears(a, b)).toBeCloseTo(0, 0)
    expect(rig.hears(c, a)).toBeCloseTo(0, 0)
  })

  it('does not disturb a room where they come and go with every tick', () => {
    const rig = createRig({ comfortNoise: 1000 })
    const [a, b] = [rig.sit({ hz: 350 }), rig.sit({ hz: 950 })]
    for (let i = 0; i < 40; i += 1) {
      const guest = rig.sit({ hz: 1650, rate: i % 2 === 0 ? 16_000 : 8000 })
      rig.run(1)
      rig.leave(guest)
    }
    rig.listen()
    expect(rig.hears(a, b)).toBeCloseTo(0, 0)
    expect(rig.hears(a, a)).toBeLessThan(NOTHING)
  })
})
