import { describe, expect, it } from 'vitest'
import type { Member, Rate, Relationship } from '../port.ts'
import { member } from './room-rig.ts'
import { createRoom } from './room.ts'
import type { Seat } from './seat.ts'
import { samplesOf } from './sound.ts'

/** Numbers from 0 to 1, the same for the same seed. */
const createRandom = (seed: number) => {
  let state = seed
  return () => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 13), 0x297a2d39)
    mixed ^= mixed >>> 16
    return (mixed >>> 0) / 2 ** 32
  }
}

const clip = (value: number) => Math.max(-32_768, Math.min(32_767, value))

/** A person as somebody would write them down who never thought of speed. */
type Plain = {
  seat: Seat
  member: Member
  frame: number[]
  said: number[] | undefined
  alone: number[] | undefined
  relations: Map<Plain, Relationship>
}

const isUnheard = (speaker: Plain, listener: Plain) =>
  speaker.relations.get(listener) === 'mute' || listener.relations.get(speaker) === 'deaf'

/** All that a listener hears of one sample. */
const plainSample = (i: number, listener: Plain, people: readonly Plain[], played?: number[]) => {
  let sum = 0
  if (listener.member.hear) {
    sum += played?.[i] ?? 0
    for (const speaker of people) {
      if (speaker === listener || isUnheard(speaker, listener)) continue
      sum += speaker.said?.[i] ?? 0
    }
  }
  sum += listener.alone?.[i] ?? 0
  return clip(sum * 10 ** (listener.member.gainOutDb / 20))
}

describe.each([1, 2, 3, 4, 5, 6])('a random room, seed %i', (seed) => {
  it('gives everybody what a mix of each listener with each speaker gives, by one at most', () => {
    const random = createRandom(seed)
    const pick = <T>(choices: readonly T[]): T => choices[Math.floor(random() * choices.length)]!
    const rate: Rate = seed % 2 === 0 ? 16_000 : 8000
    const length = samplesOf(rate)
    const room = createRoom({ comfortNoise: 0, maximumRate: rate, onEvent: () => undefined })
    const people: Plain[] = []
    let differences = 0

    const sit = () => {
      // The level 0 lets everything be heard: who talks is tested elsewhere.
      const own = member({ energyLevel: 0 })
      const seat = room.seat(own, rate)
      people.push({
        seat,
        member: own,
        frame: [],
        said: undefined,
        alone: undefined,
        relations: new Map(),
      })
    }
    const leave = () => {
      const [gone] = people.splice(Math.floor(random() * people.length), 1)
      if (!gone) return
      room.unseat(gone.seat)
      for (const { relations } of people) relations.delete(gone)
    }
    const relate = () => {
      const [one, other, how] = [
        pick(people),
        pick(people),
        pick(['mute', 'deaf', 'clear'] as const),
      ]
      if (one === other) return
      room.relate(one.seat, other.seat, how)
      one.relations.set(other, how)
    }
    const change = () => {
      const person = pick(people)
      const changed: Partial<Member> = pick([
        { speak: random() < 0.7 },
        { hear: random() < 0.7 },
        { gainInDb: pick([0, 0, -7, 5, 12]) },
        { gainOutDb: pick([0, 0, -12, 3, 9]) },
      ])
      person.seat.set(changed)
      person.member = { ...person.member, ...changed }
    }
    const samples = (peak: number) =>
      Array.from({ length }, () => Math.round((random() * 2 - 1) * peak))
    const say = (person: Plain) => {
      person.said = undefined
      if (random() < 0.4) {
        person.seat.say(undefined)
        return
      }
      const frame = samples(pick([30, 3000, 32_767]))
      person.seat.say(Int16Array.from(frame))
      const factor = 10 ** (person.member.gainInDb / 20)
      if (person.member.speak) {
        person.said = frame.map((sample) => clip(Math.floor(sample * factor + 0.5)))
      }
    }
    const addAlone = (person: Plain) => {
      person.alone = random() < 0.1 ? samples(5000) : undefined
      if (person.alone) person.seat.addPrivate(Int16Array.from(person.alone), rate)
    }

    const stir = () => {
      if (random() < 0.1 && people.length < 12) sit()
      if (random() < 0.08 && people.length > 2) leave()
      if (random() < 0.4) relate()
      if (random() < 0.4) change()
    }
    const differencesOf = (listener: Plain, played: number[] | undefined) =>
      listener.seat.output.samples.filter(
        (heard, i) => Math.abs(heard - plainSample(i, listener, people, played)) > 1,
      ).length

    for (let i = 0; i < 6; i += 1) sit()
    for (let tick = 0; tick < 300; tick += 1) {
      stir()
      for (const person of people) say(person)
      for (const person of people) addAlone(person)
      const played = random() < 0.2 ? samples(8000) : undefined
      if (played) room.addSound(Int16Array.from(played), rate)
      room.tick()
      for (const listener of people) differences += differencesOf(listener, played)
    }
    expect(differences).toBe(0)
  })
})
