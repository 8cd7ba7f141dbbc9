import { describe, expect, it } from 'vitest'
import { joined, nothing, sine } from '../../test/signals.ts'
import { highPassAt, shelfAt } from './k-weighting.ts'
import { createLoudness } from './loudness.ts'

const loudness = (rate: number, ...channels: readonly Float64Array[]): number | null => {
  const meter = createLoudness(rate, channels.length)
  const frames = channels[0]?.length ?? 0
  for (let from = 0; from < frames; from += 4096) {
    const blocks = channels.map((channel) => channel.subarray(from, from + 4096))
    meter.push(blocks, Math.min(4096, frames - from))
  }
  return meter.finish()
}

const tones = (rate: number, ...parts: readonly (readonly [number, number])[]): Float64Array =>
  joined(...parts.map(([peakDb, seconds]) => sine({ hz: 1000, rate, seconds, peakDb })))

const stereo = (...parts: readonly (readonly [number, number])[]) => {
  const channel = tones(48_000, ...parts)
  return loudness(48_000, channel, channel)
}

describe('the weighting', () => {
  it('has the coefficients of BS.1770-4 at 48 kHz', () => {
    const table = [
      1.53512485958697, -2.69169618940638, 1.19839281085285, -1.69065929318241, 0.73248077421585,
    ]
    shelfAt(48_000).forEach((value, index) => expect(value).toBeCloseTo(table[index] ?? 0, 8))
    const [, , , a1, a2] = highPassAt(48_000)
    expect(a1).toBeCloseTo(-1.99004745483398, 8)
    expect(a2).toBeCloseTo(0.99007225036621, 8)
  })
})

describe('integrated loudness', () => {
  it('meets the cases 1 to 5 of EBU Tech 3341', () => {
    const cases = [
      stereo([-23, 20]),
      stereo([-33, 20]),
      stereo([-36, 10], [-23, 60], [-36, 10]),
      stereo([-72, 10], [-36, 10], [-23, 60], [-36, 10], [-72, 10]),
      stereo([-26, 20], [-20, 20.1], [-26, 20]),
    ]
    const expected = [-23, -33, -23, -23, -23]
    cases.forEach((value, index) =>
      expect(Math.abs((value ?? 0) - (expected[index] ?? 0)), `case ${index + 1}`).toBeLessThan(
        0.1,
      ),
    )
  })

  it('weighs surround channels, case 6 of EBU Tech 3341', () => {
    const at = (peakDb: number) => tones(48_000, [peakDb, 20])
    const value = loudness(48_000, at(-28), at(-28), at(-24), at(-30), at(-30))
    expect(Math.abs((value ?? 0) + 23)).toBeLessThan(0.1)
    const withBass = loudness(48_000, at(-28), at(-28), at(-24), at(0), at(-30), at(-30))
    expect(withBass).toBeCloseTo(value ?? 0, 6)
  })

  it.each([8000, 11_025, 16_000, 22_050, 44_100, 96_000])('is the same at %i Hz', (rate) => {
    const channel = sine({ hz: 997, rate, seconds: 5, peakDb: -23 })
    expect(Math.abs((loudness(rate, channel, channel) ?? 0) + 23)).toBeLessThan(0.1)
    expect(Math.abs((loudness(rate, channel) ?? 0) + 26.01)).toBeLessThan(0.1)
  })

  it('needs 400 ms, and something louder than the gate', () => {
    const tone = sine({ hz: 997, rate: 8000, seconds: 1, peakDb: -10 })
    expect(loudness(8000, tone.subarray(0, 3199))).toBeNull()
    expect(loudness(8000, tone.subarray(0, 3200))).not.toBeNull()
    expect(loudness(8000, nothing(8000, 2))).toBeNull()
    expect(stereo([-74, 2])).toBeNull()
  })
})
