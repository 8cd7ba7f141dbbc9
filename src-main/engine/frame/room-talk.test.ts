import { describe, expect, it } from 'vitest'
import { createRig, type Person } from './room-rig.ts'
import type { RoomEvent } from './room.ts'

/** What happened in which tick, from 0. */
const timeline = (rig: ReturnType<typeof createRig>, ticks: number) => {
  const happened: [number, RoomEvent['event'], RoomEvent['seat']][] = []
  for (let tick = 0; tick < ticks; tick += 1) {
    rig.events.length = 0
    rig.run(1)
    for (const { event, seat } of rig.events) happened.push([tick, event, seat])
  }
  return happened
}
const ofTalk = (happened: ReturnType<typeof timeline>) =>
  happened.filter(([, event]) => event !== 'floor-change').map(([tick, event]) => [tick, event])

// A sine scores 2/π of its amplitude.
const LOUD = 4000
const LOW = 60

describe('talking', () => {
  it('starts at once when it is loud, and stops in the 40th quiet frame', () => {
    const rig = createRig()
    const person = rig.sit({ hz: 350, amplitude: 0 })
    expect(timeline(rig, 3)).toEqual([])
    person.amplitude = LOUD
    expect(ofTalk(timeline(rig, 10))).toEqual([[0, 'start-talking']])
    expect(person.seat.talking).toBe(true)
    person.amplitude = 5
    expect(ofTalk(timeline(rig, 60))).toEqual([[39, 'stop-talking']])
    expect(person.seat.talking).toBe(false)
  })

  it('starts in the fifth frame when it is low, and is heard from that one on', () => {
    const rig = createRig()
    const [person, listener] = [
      rig.sit({ hz: 350, amplitude: LOW }),
      rig.sit({ hz: 450, amplitude: 0 }),
    ]
    expect(ofTalk(timeline(rig, 10))).toEqual([[4, 'start-talking']])
    expect(listener.heard.slice(0, 4 * 160).every((sample) => sample === 0)).toBe(true)
    expect(listener.heard.slice(4 * 160, 5 * 160).some((sample) => sample !== 0)).toBe(true)
    expect(person.seat.talkedMs).toBe(120)
  })

  it('stops where nothing comes any more, as it does where it is quiet', () => {
    const rig = createRig()
    const person = rig.sit({ hz: 350, amplitude: LOUD })
    rig.run(5)
    person.amplitude = 0
    expect(ofTalk(timeline(rig, 60))).toEqual([[39, 'stop-talking']])
    expect(person.seat.energy).toBe(0)
    expect(person.seat.talkedMs).toBe((5 + 39) * 20)
  })

  it('is judged by what is left after the gain', () => {
    const rig = createRig()
    const [low, loud] = [
      rig.sit({ hz: 350, amplitude: LOW, member: { gainInDb: 30 } }),
      rig.sit({ hz: 450, amplitude: LOUD, member: { gainInDb: -30 } }),
    ]
    const happened = timeline(rig, 8).filter(([, event]) => event === 'start-talking')
    expect(happened).toEqual([
      [0, 'start-talking', low.seat],
      [4, 'start-talking', loud.seat],
    ])
  })

  it('follows an energy level that changes', () => {
    const rig = createRig()
    const person = rig.sit({ hz: 350, amplitude: 700 })
    rig.run(10)
    person.seat.set({ energyLevel: 1800 })
    expect(ofTalk(timeline(rig, 60))).toEqual([[39, 'stop-talking']])
    person.seat.set({ energyLevel: 100 })
    expect(ofTalk(timeline(rig, 10))).toEqual([[4, 'start-talking']])
  })
})

describe('talking while muted', () => {
  it('is detected once in a stretch of it, is no talking, and shows its energy', () => {
    const rig = createRig()
    const person = rig.sit({ hz: 350, amplitude: LOUD, member: { speak: false } })
    expect(timeline(rig, 30)).toEqual([[0, 'mute-detect', person.seat]])
    expect(person.seat.talking).toBe(false)
    expect(person.seat.talkedMs).toBe(0)
    expect(person.seat.energy).toBeGreaterThan(2000)
    person.amplitude = 5
    expect(timeline(rig, 50)).toEqual([])
    person.amplitude = LOUD
    expect(timeline(rig, 10)).toEqual([[0, 'mute-detect', person.seat]])
  })

  it('begins when who talks is muted, which stops their talking', () => {
    const rig = createRig()
    const person = rig.sit({ hz: 350, amplitude: LOUD })
    rig.run(5)
    rig.events.length = 0
    person.seat.set({ speak: false })
    expect(rig.events.map(({ event }) => event)).toEqual(['stop-talking'])
    expect(ofTalk(timeline(rig, 5))).toEqual([[0, 'mute-detect']])
    person.seat.set({ speak: true })
    expect(ofTalk(timeline(rig, 5))).toEqual([[0, 'start-talking']])
  })

  it('says nothing of a change that changes nothing', () => {
    const rig = createRig()
    const person = rig.sit({ hz: 350, amplitude: LOUD })
    rig.run(5)
    person.seat.set({ speak: true, gainInDb: 1 })
    expect(timeline(rig, 5)).toEqual([])
  })
})

describe('the floor of a room', () => {
  const floorsOf = (happened: RoomEvent[]) => happened.filter((one) => one.event === 'floor-change')

  const two = () => {
    const rig = createRig()
    const [a, b] = [rig.sit({ hz: 350, amplitude: LOUD }), rig.sit({ hz: 450, amplitude: 0 })]
    rig.run(10)
    return { rig, a, b }
  }

  it('is nobody’s until somebody talks, and goes to who does', () => {
    const rig = createRig()
    const person = rig.sit({ hz: 350, amplitude: 0 })
    rig.run(5)
    expect(rig.room.floor).toBeUndefined()
    person.amplitude = LOUD
    rig.run(1)
    expect(rig.room.floor).toBe(person.seat)
    expect(floorsOf(rig.events)).toEqual([
      { event: 'floor-change', seat: person.seat, former: undefined },
    ])
  })

  it('stays through a quarrel, and through pauses nobody uses', () => {
    const { rig, a, b } = two()
    for (let i = 0; i < 50; i += 1) {
      ;[a.amplitude, b.amplitude] = i % 2 === 0 ? [1500, 20_000] : [20_000, 1500]
      rig.run(2)
    }
    b.amplitude = 0
    rig.run(30)
    a.amplitude = 0
    rig.run(100)
    expect(rig.room.floor).toBe(a.seat)
    expect(floorsOf(rig.events)).toHaveLength(1)
  })

  it('goes over once to who talks when who had it stopped', () => {
    const { rig, a, b } = two()
    b.amplitude = LOUD
    rig.run(20)
    expect(rig.room.floor).toBe(a.seat)
    a.amplitude = 0
    rig.run(30)
    a.amplitude = LOUD
    rig.run(30)
    expect(rig.room.floor).toBe(b.seat)
    expect(floorsOf(rig.events).slice(1)).toEqual([
      { event: 'floor-change', seat: b.seat, former: a.seat },
    ])
  })

  it.each([
    ['is muted', (person: Person) => person.seat.set({ speak: false })],
    ['cannot have it any more', (person: Person) => person.seat.set({ canHaveFloor: false })],
  ])('is lost by who %s', (_, change) => {
    const { rig, a, b } = two()
    change(a)
    rig.run(1)
    expect(rig.room.floor).toBeUndefined()
    b.amplitude = LOUD
    rig.run(1)
    expect(rig.room.floor).toBe(b.seat)
    rig.run(50)
    expect(floorsOf(rig.events).slice(1)).toEqual([
      { event: 'floor-change', seat: undefined, former: a.seat },
      { event: 'floor-change', seat: b.seat, former: undefined },
    ])
  })

  it('is lost by who leaves, at once', () => {
    const { rig, a } = two()
    rig.leave(a)
    expect(rig.room.floor).toBeUndefined()
    expect(rig.events.at(-1)).toEqual({ event: 'floor-change', seat: undefined, former: a.seat })
  })
})
