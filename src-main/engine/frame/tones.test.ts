import { describe, expect, it } from 'vitest'
import type { Rate } from '../port.ts'
import { createToneGenerator } from './tone-generator.ts'
import { readTones, type Tones } from './tones.ts'

const read = (text: string): Tones => {
  const tones = readTones(text)
  if ('error' in tones) throw new Error(`${text}: ${tones.error}`)
  return tones
}

/** All of it, in ticks of 20 ms. */
const render = (text: string, rate: Rate = 8000): Int16Array => {
  const generator = createToneGenerator(read(text))
  const ticks: number[] = []
  const tick = new Int16Array(rate / 50)
  while (!generator.isOver()) ticks.push(...tick.subarray(0, generator.read(tick, 0, rate)))
  return Int16Array.from(ticks)
}

/** Amplitude of one frequency (Goertzel). */
const amplitude = (samples: Int16Array, hz: number, rate: Rate = 8000): number => {
  let [re, im] = [0, 0]
  samples.forEach((sample, at) => {
    re += sample * Math.cos((2 * Math.PI * hz * at) / rate)
    im += sample * Math.sin((2 * Math.PI * hz * at) / rate)
  })
  return (2 * Math.hypot(re, im)) / samples.length
}

const peak = (samples: Int16Array): number => samples.reduce((a, b) => Math.max(a, Math.abs(b)), 0)

/** The largest second difference: a click is a corner or a step, which no slow sine has. */
const roughness = (samples: Int16Array): number => {
  let most = 0
  for (let at = 2; at < samples.length; at += 1) {
    const bend = samples[at]! - 2 * samples[at - 1]! + samples[at - 2]!
    most = Math.max(most, Math.abs(bend))
  }
  return most
}

describe('reading tones', () => {
  it('reads KAZOO’s entry and exit tones', () => {
    expect(read('v=-7;>=2;+=.1;%(1000, 0, 640)').tones).toEqual([
      { onMs: 1000, offMs: 0, frequenciesHz: [640], level: -7, levelPerMs: -0.05, times: 1 },
    ])
    expect(read('v=-7;%(500,0,500.0)')).toMatchObject({
      durationMs: 500,
      tones: [{ frequenciesHz: [500], level: -7 }],
    })
  })

  it('repeats the next tone with l, and everything with L and loops', () => {
    const tones = read('L=2;l=3;%(100,50,440,480);%(200,0,620);loops=2')
    expect(tones).toMatchObject({ times: 4, durationMs: 4 * (3 * 150 + 200) })
    expect(tones.tones.map(({ times }) => times)).toEqual([3, 1])
  })

  it('gives what has no end the longest time', () => {
    expect(read('%(60000,0,450);loops=-1')).toMatchObject({ times: 60, durationMs: 3_600_000 })
    expect(read('l=-1;%(500,500,480,620);%(1,1,440)').tones).toHaveLength(1)
  })

  it('knows digits with the usual times, changed times and their own', () => {
    const { tones } = read('1 d*(1000,500);d=100;w=20;#')
    expect(tones.map(({ onMs, offMs, frequenciesHz }) => [onMs, offMs, ...frequenciesHz])).toEqual([
      [250, 62.5, 697, 1209],
      [250, 62.5, 941, 1633],
      [1000, 500, 941, 1209],
      [100, 20, 941, 1477],
    ])
  })

  it('lets a setting hold for what follows only', () => {
    expect(read('%(9,0,400);v=-20;%(9,0,400)').tones.map(({ level }) => level)).toEqual([-7, -20])
  })

  it('takes 0 Hz for no frequency', () => {
    expect(read('%(100,400,450,0)').tones[0]?.frequenciesHz).toEqual([450])
    expect(peak(render('%(100,100,0)'))).toBe(0)
  })

  it.each([
    ['', 0, 'no tone'],
    ['v=-7', 0, 'no tone'],
    ['%(0,0,440);loops=-1', 0, 'no tone'],
    ['%(500,0)', 0, 'written as %(on,off,frequency)'],
    ['%500', 0, 'follows (on,off,frequency)'],
    ['%(500,0,440', 1, 'never closed'],
    ['%(500,0,440);7(100)', 13, 'written as 7(on,off)'],
    ['%(500,,440)', 6, 'is missing'],
    ['%(500,x,440)', 6, '“x” is no number'],
    ['%(500,0,1e3)', 8, '“1e3” is no number'],
    ['%(500,0,440, 4000)', 12, 'below 4000 Hz'],
    ['%(500,0,0.5)', 8, 'a frequency is 1'],
    ['%(-5,0,440)', 2, 'a time in milliseconds'],
    ['v=3;%(500,0,440)', 2, 'a level is -63 to 0'],
    ['q=3;%(500,0,440)', 0, 'no setting “q=”'],
    ['%(500,0,440);welcome', 13, '“w” is neither'],
    ['>=0;%(500,0,440)', 2, 'a step in milliseconds'],
    ['L=8000;%(500,0,440)', 0, 'longer than an hour'],
    [`%(5,0${',440'.repeat(19)})`, 78, 'at most 18 frequencies'],
    ['1'.repeat(2001), 2000, 'more than 2000 characters'],
  ])('says what is wrong with %j, and where', (text, at, error) => {
    expect(readTones(text)).toEqual({ at, error: expect.stringContaining(error) })
  })
})

describe('generating tones', () => {
  it.each([8000, 16_000] as const)(
    'has the level and times that were asked for at %i Hz',
    (rate) => {
      const samples = render('v=-10;%(500,500,480,620)', rate)

      expect(samples).toHaveLength(rate)
      const heard = samples.subarray(0, rate / 2)
      const each = (32_767 * 10 ** (-13.14 / 20)) / 2
      expect(amplitude(heard, 480, rate) / each).toBeCloseTo(1, 1)
      expect(amplitude(heard, 620, rate) / each).toBeCloseTo(1, 1)
      expect(amplitude(heard, 550, rate) / each).toBeLessThan(0.02)
      expect(peak(samples.subarray(rate / 2))).toBe(0)
    },
  )

  it('never clips, however many frequencies are loud', () => {
    const many = Array.from({ length: 18 }, (_, index) => 1000 + index).join(',')
    const loudest = peak(render(`v=0;%(2000,0,${many})`))
    expect(loudest).toBeLessThan(32_767)
    expect(loudest).toBeGreaterThan(15_000)
  })

  it('starts and ends without a click', () => {
    const steady = roughness(render('%(1000,0,440)').subarray(800, 4000))
    expect(roughness(render('%(103,57,440);%(101,0,450);%(99,0,440)'))).toBeLessThan(steady * 1.3)
  })

  it('goes through from one tone to the same tone', () => {
    const whole = render('%(600,0,450)')
    expect(render('l=3;%(101,0,450);%(297,0,450)')).toEqual(whole)
    expect(render('%(150,0,450);loops=4')).toEqual(whole)
  })

  it('keeps the phase when the rate changes', () => {
    const generator = createToneGenerator(read('%(1000,0,400)'))
    const narrow = new Int16Array(160)
    const wide = new Int16Array(320)
    generator.read(narrow, 0, 8000)
    generator.read(wide, 0, 16_000)
    generator.read(narrow, 0, 8000)

    expect(wide).toEqual(render('%(1000,0,400)', 16_000).subarray(320, 640))
    expect(narrow).toEqual(render('%(1000,0,400)').subarray(320, 480))
  })

  it('fades as KAZOO’s entry tone does, and stops at the lowest level', () => {
    const samples = render('v=-7;>=2;+=.1;%(1000,0,640)')
    const at = (ms: number) => amplitude(samples.subarray(ms * 8, ms * 8 + 200), 640)
    expect(20 * Math.log10(at(500) / at(100))).toBeCloseTo(-20, 0)
    expect(20 * Math.log10(at(900) / at(500))).toBeCloseTo(-20, 0)
    const floor = render('v=-60;>=1;+=63;%(1000,0,640)')
    expect(peak(floor.subarray(4000))).toBeGreaterThan(10)
  })

  it('does not matter in which portions it is read', () => {
    const generator = createToneGenerator(read('1;%(33,7,500);#'))
    const into = new Int16Array(8000)
    let at = 0
    for (let portion = 1; !generator.isOver(); portion = (portion % 37) + 1) {
      at += generator.read(into.subarray(0, at + portion), at, 8000)
    }
    expect(into.subarray(0, at)).toEqual(render('1;%(33,7,500);#'))
  })
})
