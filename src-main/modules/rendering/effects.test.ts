import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Effect } from '#contract/effects'
import {
  createRenderBench,
  levelAt,
  rmsDb,
  sine,
  square,
  type Heard,
  type RenderBench,
  type Sound,
} from '../../test/render-bench.ts'
import { createRandom } from '../../test/random.ts'

let bench: RenderBench
beforeAll(async () => {
  bench = await createRenderBench()
})
afterAll(() => bench.dispose())

type Shape = { sampleRateHz?: number; channels?: number; bits?: 16 | 24 | 32; seconds?: number }

const after = async (effects: Effect[], sound: Sound, shape: Shape = {}): Promise<Heard> => {
  const frames = (shape.seconds ?? 1) * (shape.sampleRateHz ?? 8000)
  const list = await bench.list(frames, sound, shape)
  const path = bench.path('after.wav')
  const { frames: told } = await bench.rendering.render({ list, effects, path })
  const heard = await bench.hear(path)
  expect(told).toBe(heard.frames)
  return heard
}

/** How much a frequency loses, in dB, long after the effect has settled. */
const lossAt = async (effects: Effect[], hertz: number, sampleRateHz: number): Promise<number> => {
  const heard = await after(effects, sine(hertz), { sampleRateHz })
  expect(heard.frames).toBe(sampleRateHz)
  const middle = heard.channel(0).subarray(sampleRateHz / 4, (sampleRateHz * 3) / 4)
  return 20 * Math.log10(0.5) - levelAt(middle, hertz, sampleRateHz)
}

const noise = (level: number): Sound => {
  const random = createRandom(7)
  return () => (random.next() * 2 - 1) * level
}

const violations = (path: string, rule: string) => ({
  code: 'validation',
  details: { data: { [path]: { [rule]: expect.anything() as unknown } } },
})

describe('high pass', () => {
  const effects: Effect[] = [{ kind: 'high_pass', frequency_hz: 120 }]

  it('takes hum away and leaves speech', async () => {
    expect(await lossAt(effects, 50, 8000)).toBeGreaterThan(29)
    expect(await lossAt(effects, 120, 8000)).toBeCloseTo(3, 0)
    expect(await lossAt(effects, 300, 8000)).toBeLessThan(0.1)
  })

  it('refuses a frequency that the audio cannot have', async () => {
    const list = await bench.list(100, sine(440))
    const wrong: Effect[] = [{ kind: 'high_pass', frequency_hz: 4000 }]

    await expect(
      bench.rendering.render({ list, effects: wrong, path: bench.path('x.wav') }),
    ).rejects.toMatchObject(violations('effects.0.frequency_hz', 'maximum'))
  })
})

describe('band pass', () => {
  const effects: Effect[] = [{ kind: 'band_pass', low_hz: 300, high_hz: 3400 }]

  it.each([11_025, 16_000, 44_100, 192_000])(
    'leaves what a telephone does of %i Hz',
    async (rate) => {
      expect(await lossAt(effects, 100, rate)).toBeGreaterThan(30)
      for (const hertz of [500, 1000, 3000])
        expect(Math.abs(await lossAt(effects, hertz, rate))).toBeLessThan(0.6)
      expect(await lossAt(effects, 4500, rate)).toBeGreaterThan(50)
    },
  )

  it('works up to the end of what 8 kHz have', async () => {
    expect(await lossAt(effects, 3000, 8000)).toBeLessThan(0.1)
    expect(await lossAt(effects, 3900, 8000)).toBeGreaterThan(50)
  })

  it('needs no upper edge where nothing is above it', async () => {
    expect(await lossAt(effects, 2800, 6000)).toBeLessThan(0.1)
    const { command } = bench.rendering
    expect(command({ sampleRateHz: 6000, channels: 1, effects })).not.toContain('sinc')
  })

  it('refuses edges in the wrong order', () => {
    const wrong: Effect[] = [
      { kind: 'channels', channels: 2 },
      { kind: 'band_pass', low_hz: 3400, high_hz: 300 },
    ]

    expect(() =>
      bench.rendering.command({ sampleRateHz: 8000, channels: 1, effects: wrong }),
    ).toThrow(expect.objectContaining(violations('effects.1.low_hz', 'maximum')))
  })
})

describe('noise reduction', () => {
  it.each([1, 2, 3])('takes noise away and leaves a tone, with %i channels', async (channels) => {
    const hiss = noise(0.01)
    const tone = sine(1000, 0.25)
    const sound: Sound = (seconds) => hiss(seconds, 0) + (seconds < 1 ? 0 : tone(seconds, 0))
    const effects: Effect[] = [
      { kind: 'noise_reduction', amount: 0.3, profile: { from: 0, to: 8000 } },
    ]

    const heard = await after(effects, sound, { channels, seconds: 2 })

    const last = heard.channel(channels - 1)
    expect(heard.frames).toBe(16_000)
    expect(rmsDb(last.subarray(2000, 5500))).toBeLessThan(-45 - 20) // before the windows that hold the tone
    expect(Math.abs(levelAt(last.subarray(9000, 15_000), 1000, 8000) + 12)).toBeLessThan(1)
    expect(rmsDb(last.subarray(15_500))).toBeGreaterThan(-17) // nothing is cut off at the end
  })

  it('makes the profile of what effects before it leave', async () => {
    const hiss = noise(0.01)
    const effects: Effect[] = [
      { kind: 'channels', channels: 2 },
      { kind: 'resample', sample_rate_hz: 16_000 },
      { kind: 'noise_reduction', amount: 0.5, profile: { from: 0, to: 8000 } },
    ]

    const heard = await after(effects, hiss)

    expect(heard).toMatchObject({ frames: 16_000, channels: 2 })
    expect(rmsDb(heard.channel(1))).toBeLessThan(-65)
  })

  it.each([
    [{ from: 0, to: 8001 }, 'effects.0.profile.to'],
    [{ from: 10, to: 10 }, 'effects.0.profile.from'],
  ])('refuses the profile %o of 8000 frames', async (profile, path) => {
    const list = await bench.list(8000, sine(440))
    const effects: Effect[] = [{ kind: 'noise_reduction', amount: 0.2, profile }]

    await expect(bench.rendering.preview({ list, effects })).rejects.toMatchObject(
      violations(path, 'maximum'),
    )
  })
})

describe('compressor', () => {
  const effect = {
    kind: 'compressor',
    threshold_db: -20,
    ratio: 4,
    attack_ms: 5,
    release_ms: 50,
    makeup_db: 3,
  } as const
  const level = (db: number) => 10 ** (db / 20)

  it.each([1, 2, 8])('follows its curve, with %i channels', async (channels) => {
    const steps = [-40, -8, -24]
    const sound: Sound = (seconds) =>
      square(100, level(steps[Math.floor(seconds)] ?? 0))(seconds, 0)

    const heard = await after([effect], sound, { channels, seconds: 3 })

    const settled = steps.map((_, second) => {
      const end = (second + 1) * 8000
      return rmsDb(heard.channel(channels - 1).subarray(end - 2000, end))
    })
    expect(heard.frames).toBe(24_000)
    expect(settled[0]).toBeCloseTo(-40 + 3, 1)
    expect(settled[1]).toBeCloseTo(-20 + 12 / 4 + 3, 1)
    expect(settled[2]).toBeCloseTo(-24 + 3, 1)
  })

  it('begins with a quiet sound at its level', async () => {
    const heard = await after([effect], square(100, level(-40)))

    expect(rmsDb(heard.channel(0).subarray(0, 80))).toBeCloseTo(-37, 1)
  })

  it('lets everything pass at a threshold of 0', async () => {
    const heard = await after([{ ...effect, threshold_db: 0, makeup_db: 0 }], square(100, 0.9))

    expect(rmsDb(heard.channel(0))).toBeCloseTo(rmsDb(Float64Array.of(0.9)), 2)
  })

  it('tells how many samples its gain cut off', async () => {
    const list = await bench.list(8000, square(100, level(-21)))
    const effects = [{ ...effect, makeup_db: 40 }]

    const { clippedSamples } = await bench.rendering.render({
      list,
      effects,
      path: bench.path('loud.wav'),
    })

    expect(clippedSamples).toBe(8000)
  })
})

describe('trimming silence', () => {
  const trim = { kind: 'silence_trim', threshold_dbfs: -48, head_ms: 100, tail_ms: 200 } as const
  /** Hiss of −60 dBFS, and a sound in [from, to) of 8000 frames. */
  const between =
    (from: number, to: number): Sound =>
    (seconds) => {
      const frame = Math.round(seconds * 8000)
      return frame >= from && frame < to ? 0.5 : 0.001
    }
  const half = 2 ** 30
  const ends = ({ samples }: Heard) => ({
    head: samples.findIndex((sample) => sample > half * 0.9),
    tail: samples.length - 1 - samples.findLastIndex((sample) => sample > half * 0.9),
  })

  it('leaves as much as is wanted of what there is, to the frame', async () => {
    const heard = await after([trim], between(3001, 5000))

    expect(heard.frames).toBe(800 + 1999 + 1600)
    expect(ends(heard)).toEqual({ head: 800, tail: 1600 })
    expect(heard.samples[0]).toBeGreaterThan(0) // hiss, not digital silence
  })

  it('puts silence where there is less', async () => {
    const heard = await after([trim], between(13, 7999))

    expect(ends(heard)).toEqual({ head: 800, tail: 1600 })
    expect([...heard.samples.subarray(0, 787)].every((sample) => sample === 0)).toBe(true)
    expect(heard.samples[787]).toBeGreaterThan(0)
  })

  it('listens to what effects before it leave, in their frames', async () => {
    const sound: Sound = (seconds) => (seconds >= 0.25 && seconds < 0.5 ? 0.5 : 0)
    const effects: Effect[] = [
      { kind: 'resample', sample_rate_hz: 16_000 },
      { kind: 'channels', channels: 2 },
      { ...trim, threshold_dbfs: -12, head_ms: 10, tail_ms: 0 },
    ]

    const heard = await after(effects, sound)

    expect(heard).toMatchObject({ sampleRateHz: 16_000, channels: 2 })
    expect(heard.frames).toBeGreaterThan(160 + 3998)
    expect(heard.frames).toBeLessThan(160 + 4002)
  })

  it('trims twice', async () => {
    const effects: Effect[] = [trim, { ...trim, head_ms: 0, tail_ms: 0 }]

    expect((await after(effects, between(3001, 5000))).frames).toBe(1999)
  })

  it('refuses to leave nothing', async () => {
    const list = await bench.list(8000, () => 0.001)

    await expect(
      bench.rendering.render({ list, effects: [trim], path: bench.path('x.wav') }),
    ).rejects.toMatchObject(violations('effects.0.threshold_dbfs', 'maximum'))
    expect(await bench.files()).not.toContain('x.wav')
  })
})

describe('speed', () => {
  it.each([0.25, 0.8, 1, 1.5, 4])('makes it %f times as fast at the same pitch', async (factor) => {
    const heard = await after([{ kind: 'speed', factor }], sine(1000), { seconds: 2 })

    expect(heard.frames).toBe(Math.round(16_000 / factor))
    const middle = heard.channel(0).subarray(heard.frames / 4, (heard.frames * 3) / 4)
    const [below, at, above] = [800, 1000, 1200].map((hertz) => levelAt(middle, hertz, 8000))
    expect(at).toBeGreaterThan(-12)
    expect(Math.max(below ?? 0, above ?? 0)).toBeLessThan((at ?? 0) - 15)
  })
})

describe('resampling', () => {
  it('keeps a tone and its level, and nothing above', async () => {
    const both: Sound = (seconds) => sine(1000, 0.4)(seconds, 0) + sine(6000, 0.4)(seconds, 0)

    const heard = await after([{ kind: 'resample', sample_rate_hz: 8000 }], both, {
      sampleRateHz: 44_100,
    })

    expect(heard).toMatchObject({ sampleRateHz: 8000, frames: 8000 })
    const middle = heard.channel(0).subarray(1000, 7000)
    expect(levelAt(middle, 1000, 8000)).toBeCloseTo(20 * Math.log10(0.4), 1)
    expect(levelAt(middle, 2000, 8000)).toBeLessThan(-90) // where 6 kHz would be folded to
  })
})

describe('channels', () => {
  it('averages them, and copies one', async () => {
    const sound: Sound = (_, channel) => [0.5, 0.25][channel] ?? 0

    const one = await after([{ kind: 'channels', channels: 1 }], sound, { channels: 2 })
    const three = await after([{ kind: 'channels', channels: 3 }], () => 0.5)

    expect(one.channel(0)[10]).toBeCloseTo(0.375, 4)
    expect([0, 1, 2].map((index) => three.channel(index)[10])).toEqual(
      [0.5, 0.5, 0.5].map(() => expect.closeTo(0.5, 4)),
    )
  })
})

describe('anything', () => {
  const every: Effect[] = [
    { kind: 'high_pass', frequency_hz: 120 },
    { kind: 'band_pass', low_hz: 300, high_hz: 3400 },
    {
      kind: 'compressor',
      threshold_db: -20,
      ratio: 3,
      attack_ms: 5,
      release_ms: 100,
      makeup_db: 0,
    },
    { kind: 'speed', factor: 1.25 },
    { kind: 'resample', sample_rate_hz: 16_000 },
    { kind: 'channels', channels: 2 },
  ]

  it.each([0, 1, 2, 1000])('works on %i frames', async (frames) => {
    for (const effect of every) {
      const list = await bench.list(frames, sine(440))
      const path = bench.path('short.wav')
      const { frames: told } = await bench.rendering.render({ list, effects: [effect], path })
      expect((await bench.hear(path)).frames, effect.kind).toBe(told)
    }
  })

  it('works on 8 channels of 24 bits at 192 kHz', async () => {
    const heard = await after(
      [...every.slice(0, 3), { kind: 'silence_trim', threshold_dbfs: -60, head_ms: 1, tail_ms: 1 }],
      sine(1000),
      {
        sampleRateHz: 192_000,
        channels: 8,
        bits: 24,
        seconds: 0.25,
      },
    )

    expect(heard).toMatchObject({ sampleRateHz: 192_000, channels: 8 })
  })
})
