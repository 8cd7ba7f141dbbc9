import type { CodecName, Member, Rate } from '../port.ts'
import { decodeInto } from './codec.ts'
import { createRoom, type RoomEvent } from './room.ts'
import type { Seat } from './seat.ts'
import { samplesOf } from './sound.ts'

/** For tests: a room whose people each say a tone of their own, and what each of them hears on the wire. */

export const member = (change: Partial<Member> = {}): Member => ({
  speak: true,
  hear: true,
  gainInDb: 0,
  gainOutDb: 0,
  energyLevel: 20,
  distributeDigits: false,
  canHaveFloor: true,
  ...change,
})

type PersonOptions = {
  readonly hz: number
  readonly amplitude?: number
  readonly rate?: Rate
  readonly codec?: CodecName
  readonly member?: Partial<Member>
}

export type Person = {
  readonly seat: Seat
  readonly hz: number
  /** 0: nothing comes from it at all. */
  amplitude: number
  /** Since the last `listen`. */
  heard: number[]
}

/** Decibels of a tone in samples against an amplitude; −99 is nothing. */
export const levelOf = (samples: readonly number[], hz: number, rate: number): number => {
  let [real, imaginary] = [0, 0]
  samples.forEach((sample, i) => {
    real += sample * Math.cos((2 * Math.PI * hz * i) / rate)
    imaginary += sample * Math.sin((2 * Math.PI * hz * i) / rate)
  })
  const amplitude = (2 * Math.hypot(real, imaginary)) / samples.length
  return Math.max(-99, 20 * Math.log10(amplitude / 4000))
}

/** The greatest step between two samples. */
export const stepOf = (samples: readonly number[]): number =>
  samples.reduce(
    (step, sample, i) => Math.max(step, Math.abs(sample - (samples[i - 1] ?? sample))),
    0,
  )

export const sineInto = (samples: Int16Array, hz: number, amplitude: number, tick: number) => {
  const rate = samples.length * 50
  for (let i = 0; i < samples.length; i += 1) {
    const at = (tick * samples.length + i) / rate
    samples[i] = Math.round(amplitude * Math.sin(2 * Math.PI * hz * at))
  }
}

export const createRig = ({
  comfortNoise = 0,
  maximumRate = 16_000,
}: { comfortNoise?: number; maximumRate?: Rate } = {}) => {
  const events: RoomEvent[] = []
  const room = createRoom({ comfortNoise, maximumRate, onEvent: (event) => events.push(event) })
  const people = new Map<Person, { rate: Rate; codec: CodecName }>()
  let tick = 0

  const sit = (options: PersonOptions): Person => {
    const { hz, amplitude = 4000, rate = 8000 } = options
    const codec = options.codec ?? (rate === 8000 ? 'PCMU' : 'L16')
    const person = { seat: room.seat(member(options.member), rate), hz, amplitude, heard: [] }
    people.set(person, { rate, codec })
    return person
  }

  const run = (ticks: number, before: (tick: number) => void = () => undefined) => {
    for (let i = 0; i < ticks; i += 1) {
      for (const [{ seat, hz, amplitude }, { rate }] of people) {
        const said = new Int16Array(samplesOf(rate))
        sineInto(said, hz, amplitude, tick)
        seat.say(amplitude === 0 ? undefined : said)
      }
      before(tick)
      room.tick()
      for (const [person, { rate, codec }] of people) {
        const samples = new Int16Array(samplesOf(rate))
        decodeInto(codec, person.seat.output.encoded(codec), samples)
        person.heard.push(...samples)
      }
      tick += 1
    }
  }

  return {
    room,
    events,
    sit,
    run,
    leave: (person: Person) => {
      people.delete(person)
      room.unseat(person.seat)
    },
    /** Runs a second, and says how loud somebody hears whom, in decibels against what was said. */
    listen: () => {
      run(2)
      for (const person of people.keys()) person.heard = []
      run(50)
    },
    hears: (listener: Person, speaker: { hz: number }): number =>
      levelOf(listener.heard, speaker.hz, people.get(listener)?.rate ?? 0),
  }
}
