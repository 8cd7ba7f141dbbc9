import { describe, expect, it } from 'vitest'
import type { Rate } from '../port.ts'
import { encodeInto, silence } from './codec.ts'
import { createSound, type SoundMaker } from './make-sound.ts'

/** 20 ms of a sine that goes on from tick to tick. */
const sineInto = (samples: Int16Array, { hz = 700, tick = 0 }, amplitude = 8000) => {
  const rate = samples.length * 50
  for (let i = 0; i < samples.length; i += 1) {
    const at = (tick * samples.length + i) / rate
    samples[i] = Math.round(amplitude * Math.sin(2 * Math.PI * hz * at))
  }
}

const fill = (sound: SoundMaker, tick: number, hz = 700) => {
  sineInto(sound.next(false), { hz, tick })
}

const greatestStep = (samples: readonly number[]) =>
  Math.max(...samples.slice(1).map((sample, i) => Math.abs(sample - samples[i]!)))

describe('a sound', () => {
  it('is silence before the first tick, in every codec', () => {
    const sound = createSound(8000)
    expect(sound.isSilent).toBe(true)
    expect(sound.encoded('PCMU')).toEqual(silence.PCMU)
    expect(sound.encoded('PCMA')).toEqual(silence.PCMA)
    expect(sound.encoded('L16')).toEqual(silence.L16)
  })

  it('is encoded once in a tick, however often it is asked for', () => {
    const sound = createSound(8000)
    fill(sound, 0)
    const bytes = sound.encoded('PCMA')
    const expected = new Uint8Array(160)
    encodeInto('PCMA', sound.samples, expected)
    expect(bytes).toEqual(expected)
    bytes[0] = 99
    expect(sound.encoded('PCMA')).toBe(bytes)
    expect(sound.encoded('PCMA')[0]).toBe(99)
    fill(sound, 1)
    expect(sound.encoded('PCMA')[0]).not.toBe(99)
  })

  it.each([
    [8000, 16_000],
    [16_000, 8000],
  ] as const)(
    'goes on at %i Hz without a gap between ticks when it is heard at %i Hz',
    (rate, heard) => {
      const sound = createSound(rate)
      const all: number[] = []
      for (let tick = 0; tick < 20; tick += 1) {
        fill(sound, tick)
        if (tick > 0) all.push(...sound.at(heard))
      }
      const slope = (2 * Math.PI * 700 * 8000) / heard
      expect(greatestStep(all)).toBeLessThan(slope * 1.02)
      expect(Math.max(...all)).toBeGreaterThan(7900)
    },
  )

  it('rings out when it falls silent, and costs nothing after that', () => {
    const sound = createSound(8000)
    fill(sound, 0)
    sound.next(true)
    expect(sound.isSilent).toBe(true)
    expect(sound.at(16_000).some((sample) => sample !== 0)).toBe(true)
    sound.next(true)
    expect(sound.encoded('L16')).toEqual(silence.L16)
    sound.next(true)
    sound.next(true)
    // Nothing is encoded anew: the bytes are still those that somebody spoiled.
    sound.encoded('L16')[0] = 1
    sound.next(true)
    expect(sound.encoded('L16')[0]).toBe(1)
  })

  it('goes on from what its listeners heard before', () => {
    const [shared, own] = [createSound(16_000), createSound(16_000)]
    const all: number[] = []
    for (let tick = 0; tick < 3; tick += 1) {
      fill(shared, tick)
      all.push(...shared.at(8000))
    }
    fill(shared, 3)
    sineInto(own.next(false, shared), { tick: 3 })
    all.push(...own.at(8000))
    expect(greatestStep(all)).toBeLessThan(((2 * Math.PI * 700 * 8000) / 8000) * 1.02)
  })

  it.each([
    [8000, 8000],
    [8000, 16_000],
    [16_000, 8000],
    [16_000, 16_000],
  ] as const)(
    'changes its rate from %i Hz without a click, heard at %i Hz',
    (rate: Rate, heard: Rate) => {
      let sound = createSound(rate)
      const all: number[] = []
      for (let tick = 0; tick < 12; tick += 1) {
        if (tick === 6) sound = createSound(rate === 8000 ? 16_000 : 8000, sound)
        fill(sound, tick, 440)
        all.push(...sound.at(heard))
      }
      const slope = (2 * Math.PI * 440 * 8000) / heard
      // The greatest step there can be, from one peak to the other, spread over the joint.
      expect(greatestStep(all)).toBeLessThan(slope * 1.05 + 16_000 / 40)
    },
  )

  it('falls silent without a click where its rate changes at the same time', () => {
    const former = createSound(8000)
    sineInto(former.next(false), { hz: 1010 })
    const last = former.samples.at(-1)!
    expect(Math.abs(last)).toBeGreaterThan(1000)
    const sound = createSound(16_000, former)
    sound.next(true)
    expect(sound.isSilent).toBe(false)
    expect(Math.abs(sound.at(8000)[0]! - last)).toBeLessThan(Math.abs(last) / 20)
    sound.next(true)
    expect(sound.isSilent).toBe(true)
    expect(sound.samples.every((sample) => sample === 0)).toBe(true)
  })
})
