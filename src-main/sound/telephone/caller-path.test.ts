import { describe, expect, it } from 'vitest'
import { noise, sine } from '../../test/signals.ts'
import { createCallerPath } from './caller-path.ts'

type Options = { rate: number; law?: 'ulaw' | 'alaw'; cut?: number; channels?: number }

const heard = (samples: Float64Array, { rate, law = 'ulaw', cut = 960, channels = 1 }: Options) => {
  const path = createCallerPath({ sampleRateHz: rate, channels, law })
  const output = Array.from({ length: channels }, () => new Float32Array(samples.length))
  const input = Float32Array.from(samples)
  for (let from = 0; from < samples.length; from += cut) {
    const part = (all: Float32Array) => all.subarray(from, from + cut)
    path.process(
      output.map(() => part(input)),
      output.map(part),
    )
  }
  return { output, latency: path.latency }
}

/** Gain of a steady tone, dB. */
const gainAt = (hz: number, rate: number): number => {
  const tone = sine({ hz, rate, seconds: 1, peakDb: -10 })
  const { output, latency } = heard(tone, { rate })
  const from = latency + Math.round(rate / 10)
  const [out = new Float32Array()] = output
  const power = (values: ArrayLike<number>, start: number, end: number) => {
    let sum = 0
    for (let i = start; i < end; i += 1) sum += (values[i] ?? 0) ** 2
    return sum / (end - start)
  }
  return 10 * Math.log10(power(out, from, out.length) / power(tone, 0, tone.length))
}

describe('the caller’s path', () => {
  it.each([8000, 16_000, 22_050, 44_100, 48_000])('is a telephone channel at %i Hz', (rate) => {
    expect(gainAt(100, rate)).toBeLessThan(-30)
    for (const hz of [300, 1000, 2000, 3400]) expect(Math.abs(gainAt(hz, rate))).toBeLessThan(0.5)
    if (rate === 8000) return
    expect(gainAt(3900, rate)).toBeLessThan(-30)
    expect(gainAt(4000, rate)).toBeLessThan(-30)
    expect(gainAt(6000, rate)).toBeLessThan(-45)
  })

  it.each([8000, 11_025, 44_100, 48_000, 6000, 11_127])(
    'is late by what it says at %i Hz',
    (rate) => {
      const hz = 800
      const tone = sine({ hz, rate, seconds: 0.5, peakDb: -10 })
      const { output, latency } = heard(tone, { rate })
      const [out = new Float32Array()] = output
      let [same, quadrature] = [0, 0]
      for (let i = latency + 800; i < out.length - 800; i += 1) {
        const angle = (2 * Math.PI * hz * (i - latency)) / rate
        same += (out[i] ?? 0) * Math.sin(angle)
        quadrature += (out[i] ?? 0) * Math.cos(angle)
      }
      // In samples: what is left of the delay.
      const off = (Math.atan2(quadrature, same) / (2 * Math.PI * hz)) * rate
      expect(Math.abs(off)).toBeLessThan(0.05)
    },
  )

  it('gives the same samples however they are cut, also into its own input', () => {
    const rate = 44_100
    const samples = noise({ rate, seconds: 0.4, rmsDb: -20 })
    const whole = heard(samples, { rate, cut: samples.length }).output[0]
    for (const cut of [1, 128, 777, 5000])
      expect(heard(samples, { rate, cut }).output[0]).toEqual(whole)
    const own = Float32Array.from(samples)
    createCallerPath({ sampleRateHz: rate, channels: 1, law: 'ulaw' }).process([own], [own])
    expect(own).toEqual(whole)
  })

  it('mixes channels to one and gives it to all', () => {
    const path = createCallerPath({ sampleRateHz: 8000, channels: 2, law: 'alaw' })
    const left = Float32Array.from(sine({ hz: 1000, rate: 8000, seconds: 0.2, peakDb: -6 }))
    const right = left.map((value) => -value)
    const output = [new Float32Array(left.length), new Float32Array(left.length)]
    path.process([left, right], output)
    expect(Math.max(...(output[0] ?? []))).toBeLessThan(0.001)
    expect(output[0]).toEqual(output[1])
  })

  it('leaves the noise of G.711: about 38 dB below the sound', () => {
    const rate = 48_000
    const tone = sine({ hz: 1017, rate, seconds: 1, peakDb: -7 })
    const { output, latency } = heard(tone, { rate })
    const [out = new Float32Array()] = output
    let [signal, rest] = [0, 0]
    for (let i = latency + 4800; i < out.length - 4800; i += 1) {
      const clean = tone[i - latency] ?? 0
      signal += clean * clean
      rest += ((out[i] ?? 0) - clean) ** 2
    }
    const ratio = 10 * Math.log10(signal / rest)
    expect(ratio).toBeGreaterThan(34)
    expect(ratio).toBeLessThan(42)
  })
})
