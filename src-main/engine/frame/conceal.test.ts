import { describe, expect, it } from 'vitest'
import { conceal, createConcealment, isFaded, remember, resume } from './conceal.ts'
import { createRandom } from './test/random.ts'
import { largestStep, rms, sine, type Voice } from './test/rtp-line.ts'

/** A voice, roughly: pulses of the vocal cords that ring. */
const vowel =
  (pitch: number, rate: number): Voice =>
  (at) => {
    const since = at % Math.round(rate / pitch)
    const seconds = since / rate
    return Math.round(
      9000 * Math.exp(-seconds * 400) * Math.sin(2 * Math.PI * 700 * seconds) +
        3000 * Math.exp(-seconds * 300) * Math.sin(2 * Math.PI * 1800 * seconds),
    )
  }

/** Ticks of a voice; those that are lost are concealed. */
const hearing = (
  voice: Voice,
  given: { rate?: 8000 | 16_000; ticks: number; lost: readonly number[] },
) => {
  const rate = given.rate ?? 8000
  const size = rate / 50
  const concealment = createConcealment(rate)
  const heard = new Int16Array(size * given.ticks)
  const fadedAt: number[] = []
  for (let tick = 0; tick < given.ticks; tick += 1) {
    const into = heard.subarray(tick * size, (tick + 1) * size)
    if (given.lost.includes(tick)) conceal(concealment, into, 0, size)
    else {
      for (let i = 0; i < size; i += 1) into[i] = voice(tick * size + i)
      resume(concealment, into, 0, size)
    }
    remember(concealment, into)
    if (isFaded(concealment)) fadedAt.push(tick)
  }
  return { heard, fadedAt, tick: (at: number) => heard.subarray(at * size, (at + 1) * size) }
}

describe('concealment', () => {
  it.each([8000, 16_000] as const)('goes on with a tone where it was, at %i Hz', (rate) => {
    const voice = sine(400, rate)
    const { heard, tick } = hearing(voice, { rate, ticks: 20, lost: [10] })
    const right = Int16Array.from({ length: heard.length }, (_, at) => voice(at))
    expect(largestStep(heard)).toBeLessThanOrEqual(largestStep(right) * 1.05)
    const wrong = tick(10).map((sample, i) => sample - voice((10 * rate) / 50 + i))
    // It fades by a fifth in 10 ms; in phase it is.
    expect(rms(wrong)).toBeLessThan(rms(right) * 0.15)
  })

  it.each([80, 120, 180, 260])('repeats a voice of %i Hz without a click', (pitch) => {
    const voice = vowel(pitch, 8000)
    for (let lost = 8; lost < 16; lost += 1) {
      const { heard, tick } = hearing(voice, { ticks: 24, lost: [lost, lost + 1] })
      const right = Int16Array.from({ length: heard.length }, (_, at) => voice(at))
      expect(largestStep(heard)).toBeLessThanOrEqual(largestStep(right) * 1.25)
      expect(rms(tick(lost))).toBeGreaterThan(rms(right) * 0.6)
      expect(rms(tick(lost))).toBeLessThan(rms(right) * 1.4)
    }
  })

  it('bridges the step where a wave has moved since its last period', () => {
    const tone = sine(400, 8000, 500)
    const voice: Voice = (at) => at * 10 + tone(at)
    const { heard } = hearing(voice, { ticks: 20, lost: [10] })
    const step = (heard[1600] ?? 0) - (heard[1599] ?? 0)
    expect(Math.abs(step - (voice(1600) - voice(1599)))).toBeLessThan(60)
  })

  it('fades from 10 to 60 ms, and is silent then', () => {
    const { tick, fadedAt } = hearing(sine(400, 8000), { ticks: 16, lost: [8, 9, 10, 11, 12] })
    const levels = [7, 8, 9, 10, 11].map((at) => rms(tick(at)))
    const [before = 0, first = 0, second = 0, third = 0, fourth = 0] = levels
    expect(first / before).toBeCloseTo(0.96, 1)
    expect(second / before).toBeCloseTo(0.6, 1)
    expect(third / before).toBeCloseTo(0.25, 1)
    expect(fourth).toBe(0)
    expect(fadedAt).toEqual([10, 11, 12])
  })

  it('fades in over 10 ms what comes after a long loss', () => {
    const { tick } = hearing(() => 8000, { ticks: 16, lost: [8, 9, 10, 11, 12] })
    const back = tick(13)
    expect(back[0]).toBeLessThan(200)
    expect(largestStep(back)).toBeLessThan(200)
    expect(back[80]).toBe(8000)
  })

  it('conceals a part of a tick', () => {
    const voice = sine(400, 8000)
    const concealment = createConcealment(8000)
    const heard = new Int16Array(1600)
    for (let tick = 0; tick < 10; tick += 1) {
      const into = heard.subarray(tick * 160, tick * 160 + 160)
      for (let i = 0; i < 160; i += 1) into[i] = voice(tick * 160 + i)
      if (tick === 6) {
        into.fill(0, 80)
        resume(concealment, into, 0, 80)
        conceal(concealment, into, 80, 160)
      } else resume(concealment, into, 0, 160)
      remember(concealment, into)
    }
    expect(largestStep(heard)).toBeLessThanOrEqual(2600)
    expect(rms(heard.subarray(1040, 1120))).toBeGreaterThan(5000)
  })

  it('is as loud as what it replaces, be it noise', () => {
    const random = createRandom(2)
    const noise = Array.from({ length: 4800 }, () => random.below(8000) - 4000)
    const { heard, tick } = hearing((at) => noise[at] ?? 0, { ticks: 30, lost: [15] })
    expect(rms(tick(15))).toBeGreaterThan(1500)
    expect(rms(tick(15))).toBeLessThan(3000)
    expect(Math.max(...heard)).toBeLessThan(9000)
  })

  it('has nothing to say before something was heard', () => {
    const { heard } = hearing(() => 0, { ticks: 3, lost: [0, 1, 2] })
    expect(rms(heard)).toBe(0)
  })

  it('stays within 16 bits', () => {
    const loud: Voice = (at) => (at % 40 < 20 ? 32_767 : -32_768)
    const { heard } = hearing(loud, { ticks: 40, lost: [10, 11, 20, 23, 24, 25, 30] })
    expect(rms(heard)).toBeGreaterThan(25_000)
    // Wrapping would turn the sign of what is loud.
    expect(heard.subarray(1600, 1640)).toSatisfy((samples: Int16Array) =>
      samples.every((sample, i) => Math.sign(sample) === Math.sign(loud(i))),
    )
  })
})
