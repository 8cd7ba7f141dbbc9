import { describe, expect, it } from 'vitest'
import type { Rate } from '../port.ts'
import { createRig, levelOf, sineInto, type Person } from './room-rig.ts'
import { samplesOf } from './sound.ts'

/** Nothing of a tone: 45 dB below what it would be. What G.711 adds is lower than that. */
const NOTHING = -45

const rates: readonly Rate[] = [8000, 16_000]

describe.each(rates)('a room at %i Hz', (rate) => {
  const three = () => {
    const rig = createRig()
    const [a, b, c] = [350, 950, 1650].map((hz) => rig.sit({ hz, rate })) as [
      Person,
      Person,
      Person,
    ]
    return { rig, a, b, c }
  }
  type Three = ReturnType<typeof three>

  /** Who hears whom: `ab` where a hears b. Every other pair must not. */
  const expectHeard = ({ rig, ...people }: Three, pairs: readonly string[]) => {
    rig.listen()
    for (const [listener, one] of Object.entries(people)) {
      for (const [speaker, other] of Object.entries(people)) {
        const level = rig.hears(one, other)
        const pair = `${listener}${speaker}`
        if (pairs.includes(pair)) expect(level, pair).toBeCloseTo(0, 0)
        else expect(level, pair).toBeLessThan(NOTHING)
      }
    }
  }

  it('gives everybody all others, and not themselves', () => {
    expectHeard(three(), ['ab', 'ac', 'ba', 'bc', 'ca', 'cb'])
  })

  it('lets nobody hear who is muted, who goes on hearing', () => {
    const it = three()
    it.a.seat.set({ speak: false })
    expectHeard(it, ['ab', 'ac', 'bc', 'cb'])
    it.a.seat.set({ speak: true })
    expectHeard(it, ['ab', 'ac', 'ba', 'bc', 'ca', 'cb'])
  })

  it('gives the deaf nothing, who are heard', () => {
    const it = three()
    it.a.seat.set({ hear: false })
    expectHeard(it, ['ba', 'bc', 'ca', 'cb'])
    expect(it.a.seat.output.isSilent).toBe(true)
    it.b.seat.set({ speak: false, hear: false })
    expectHeard(it, ['ca'])
  })

  it('keeps people apart as they are related', () => {
    const it = three()
    const { room } = it.rig
    room.relate(it.a.seat, it.b.seat, 'mute')
    expectHeard(it, ['ab', 'ac', 'bc', 'ca', 'cb'])
    room.relate(it.b.seat, it.c.seat, 'deaf')
    expectHeard(it, ['ab', 'ac', 'ca', 'cb'])
    room.relate(it.c.seat, it.a.seat, 'mute')
    expectHeard(it, ['ab', 'ca', 'cb'])
    // Both say that b does not hear a: it is taken out once, and not twice.
    room.relate(it.b.seat, it.a.seat, 'deaf')
    expectHeard(it, ['ab', 'ca', 'cb'])
    room.relate(it.a.seat, it.b.seat, 'clear')
    expectHeard(it, ['ab', 'ca', 'cb'])
    room.relate(it.b.seat, it.a.seat, 'clear')
    expectHeard(it, ['ab', 'ba', 'ca', 'cb'])
    // The other relation of the same pair, in the same order, takes its place.
    room.relate(it.b.seat, it.c.seat, 'mute')
    expectHeard(it, ['ab', 'ba', 'bc', 'ca'])
  })

  it('forgets the relations of who left', () => {
    const it = three()
    const { rig, a, b, c } = it
    rig.room.relate(a.seat, b.seat, 'mute')
    rig.room.relate(b.seat, c.seat, 'deaf')
    rig.leave(a)
    rig.leave(c)
    const next = rig.sit({ hz: 2150, rate })
    rig.listen()
    expect(rig.hears(b, next)).toBeCloseTo(0, 0)
    expect(rig.hears(next, b)).toBeCloseTo(0, 0)
    expect(rig.hears(b, a)).toBeLessThan(NOTHING)
  })

  it.each([-12, -6, 6, 12])(
    'changes by %i dB what comes from a leg, and what goes to it',
    (gain) => {
      const { rig, a, b, c } = three()
      a.seat.set({ gainInDb: gain })
      c.seat.set({ gainOutDb: gain })
      for (const person of [a, b, c]) person.amplitude = 1500
      rig.listen()
      const said = 20 * Math.log10(1500 / 4000)
      expect(rig.hears(b, a)).toBeCloseTo(said + gain, 0)
      expect(rig.hears(b, c)).toBeCloseTo(said, 0)
      expect(rig.hears(a, b)).toBeCloseTo(said, 0)
      expect(rig.hears(c, b)).toBeCloseTo(said + gain, 0)
      expect(rig.hears(c, a)).toBeCloseTo(said + 2 * gain, 0)
    },
  )

  it('saturates where the sum has no room, and keeps the sum exact for who subtracts', () => {
    const rig = createRig()
    const loud = [0, 1, 2].map(() => rig.sit({ hz: 500, amplitude: 30_000, rate }))
    const listener = rig.sit({ hz: 1200, amplitude: 0, rate })
    rig.run(3)
    const [least, most] = [
      Math.min(...listener.seat.output.samples),
      Math.max(...listener.seat.output.samples),
    ]
    expect([least, most]).toEqual([-32_768, 32_767])
    rig.room.relate(loud[0]!.seat, listener.seat, 'mute')
    rig.room.relate(loud[1]!.seat, listener.seat, 'mute')
    rig.run(1)
    expect(Math.max(...listener.seat.output.samples)).toBe(30_000)
  })

  it('does not mix who is below their energy level', () => {
    const { rig, a, b, c } = three()
    a.amplitude = 100
    a.seat.set({ energyLevel: 100 })
    rig.listen()
    expect(rig.hears(b, a)).toBeLessThan(-70)
    a.seat.set({ energyLevel: 0 })
    rig.listen()
    expect(rig.hears(b, a)).toBeCloseTo(20 * Math.log10(100 / 4000), 0)
    expect(rig.hears(b, c)).toBeCloseTo(0, 0)
  })

  it('plays to everybody who is not deaf, and to one alone even if deaf', () => {
    const { rig, a, b, c } = three()
    const [everybody, alone] = [{ hz: 2350 }, { hz: 2850 }]
    const sound = new Int16Array(samplesOf(rate))
    const listen = () => {
      for (const person of [a, b, c]) person.heard = []
      rig.run(50, (tick) => {
        sineInto(sound, everybody.hz, 4000, tick)
        rig.room.addSound(sound, rate)
        sineInto(sound, alone.hz, 4000, tick)
        a.seat.addPrivate(sound, rate)
      })
    }
    b.seat.set({ speak: false })
    listen()
    for (const person of [a, b, c]) expect(rig.hears(person, everybody)).toBeCloseTo(0, 0)
    expect(rig.hears(a, alone)).toBeCloseTo(0, 0)
    expect(rig.hears(a, c)).toBeCloseTo(0, 0)
    expect(rig.hears(a, a)).toBeLessThan(NOTHING)
    for (const person of [b, c]) expect(rig.hears(person, alone)).toBeLessThan(NOTHING)

    a.seat.set({ hear: false })
    listen()
    expect(rig.hears(a, alone)).toBeCloseTo(0, 0)
    for (const other of [everybody, b, c]) expect(rig.hears(a, other)).toBeLessThan(NOTHING)
  })

  it('mixes several sounds that play at once, of both rates', () => {
    const { rig, a } = three()
    const other = rate === 8000 ? 16_000 : 8000
    const sounds = [2350, 2550, 2850, 3050].map((hz, i) => ({
      hz,
      rate: i % 2 === 0 ? rate : other,
    }))
    a.heard = []
    rig.run(52, (tick) => {
      if (tick === 2) a.heard = []
      for (const { hz, rate: own } of sounds) {
        const samples = new Int16Array(samplesOf(own))
        sineInto(samples, hz, 2000, tick)
        rig.room.addSound(samples, own)
        a.seat.addPrivate(samples, own)
      }
    })
    // Twice the half of what people say.
    for (const sound of sounds) expect(rig.hears(a, sound)).toBeCloseTo(0, 0)
  })

  it('taps everything said and played, as who hears everybody hears it', () => {
    const { rig, a, b, c } = three()
    a.seat.set({ hear: false })
    rig.room.relate(b.seat, c.seat, 'mute')
    rig.room.setTapped(true)
    const tapped: number[] = []
    const sound = new Int16Array(samplesOf(rate))
    for (let i = 0; i < 50; i += 1) {
      rig.run(1, (tick) => {
        sineInto(sound, 2350, 4000, tick)
        rig.room.addSound(sound, rate)
      })
      tapped.push(...rig.room.tapped.samples)
    }
    for (const hz of [a.hz, b.hz, c.hz, 2350]) {
      expect(levelOf(tapped.slice(rate / 10), hz, rate)).toBeCloseTo(0, 0)
    }
    rig.room.setTapped(false)
    for (const person of [a, b, c]) person.amplitude = 0
    rig.run(3)
    expect(rig.room.tapped.isSilent).toBe(true)
  })

  it('makes digits audible to others where they are distributed, of the muted too', () => {
    const { rig, a, b, c } = three()
    for (const person of [a, b, c]) person.amplitude = 0
    a.seat.set({ distributeDigits: true, speak: false })
    b.seat.addTone('5', 200)
    rig.run(5)
    expect(c.seat.output.isSilent).toBe(true)
    rig.room.relate(a.seat, b.seat, 'mute')
    for (const person of [a, b, c]) person.heard = []
    a.seat.addTone('5', 200)
    a.seat.addTone('9', 100)
    rig.run(20)
    const tone = (samples: number[], hz: number) => levelOf(samples, hz, rate)
    const [five, nine] = [c.heard.slice(0, rate / 5), c.heard.slice(rate * 0.24, rate * 0.34)]
    expect(tone(five, 770)).toBeGreaterThan(-3)
    expect(tone(five, 1336)).toBeGreaterThan(-3)
    expect(tone(nine, 852)).toBeGreaterThan(-3)
    expect(tone(nine, 1477)).toBeGreaterThan(-3)
    expect(tone(nine, 770)).toBeLessThan(-25)
    expect(c.heard.slice(rate * 0.385).every((sample) => sample === 0)).toBe(true)
    for (const { heard } of [a, b]) expect(heard.every((sample) => sample === 0)).toBe(true)
  })
})

describe('what is shared', () => {
  it('is one sound for all who say nothing and hear everybody', () => {
    const rig = createRig()
    const [talker, ...listeners] = [400, 500, 600, 700, 800].map((hz, i) =>
      rig.sit({ hz, amplitude: i === 0 ? 4000 : 0 }),
    ) as [Person, Person, Person, Person, Person]
    const [first, second, third, fourth] = listeners
    rig.run(3)
    expect(first.seat.output.isSilent).toBe(false)
    for (const { seat } of listeners) expect(seat.output).toBe(first.seat.output)
    expect(talker.seat.output.isSilent).toBe(true)

    third.seat.set({ gainOutDb: 3 })
    rig.room.relate(talker.seat, fourth.seat, 'mute')
    rig.run(1)
    expect(second.seat.output).toBe(first.seat.output)
    expect(third.seat.output).not.toBe(first.seat.output)
    expect(fourth.seat.output.samples.every((sample) => sample === 0)).toBe(true)

    talker.amplitude = 0
    rig.run(60)
    for (const { seat } of listeners) {
      expect(seat.output).toBe(first.seat.output)
      expect(seat.output.isSilent).toBe(true)
    }
  })

  it('is the noise too: everybody hears it but the deaf, whoever talks, and no recording has it', () => {
    const rig = createRig({ comfortNoise: 1000 })
    const [a, b, c, deaf] = [0, 0, 0, 0].map(() => rig.sit({ hz: 500, amplitude: 0 })) as [
      Person,
      Person,
      Person,
      Person,
    ]
    deaf.seat.set({ hear: false })
    rig.room.setTapped(true)
    rig.run(2)
    expect(a.seat.output).toBe(b.seat.output)
    expect(a.seat.output.isSilent).toBe(false)
    expect(Math.max(...a.seat.output.samples)).toBeGreaterThan(20)
    expect(Math.max(...a.seat.output.samples)).toBeLessThan(34)
    expect(deaf.seat.output.isSilent).toBe(true)
    expect(rig.room.tapped.isSilent).toBe(true)

    a.amplitude = 4000
    rig.run(3)
    // Who talks alone hears the line, and not themselves.
    expect(Math.max(...a.seat.output.samples)).toBeLessThan(34)
    expect(Math.max(...a.seat.output.samples)).toBeGreaterThan(20)
    expect(b.seat.output).toBe(c.seat.output)
    const noise = b.seat.output.samples.map((sample, i) => sample - rig.room.tapped.samples[i]!)
    expect(noise).toEqual(a.seat.output.samples)
  })

  it('is nothing where nobody talks, though something comes from everybody', () => {
    const rig = createRig()
    const people = [400, 500, 600].map((hz) => rig.sit({ hz, amplitude: 10 }))
    rig.run(10)
    for (const { seat } of people) {
      expect(seat.output.isSilent).toBe(true)
      expect(seat.output).toBe(people[0]!.seat.output)
    }
  })
})
