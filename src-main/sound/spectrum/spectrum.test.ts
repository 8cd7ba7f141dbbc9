import { describe, expect, it } from 'vitest'
import { noise, sine } from '../../test/signals.ts'
import { createPowerSpectrum } from './fft.ts'
import { decibelsOf, spectrogramColumns } from './spectrogram.ts'

const byDefinition = (samples: Float64Array): number[] =>
  Array.from({ length: samples.length / 2 + 1 }, (_, bin) => {
    let [re, im] = [0, 0]
    samples.forEach((value, i) => {
      const angle = (2 * Math.PI * bin * i) / samples.length
      re += value * Math.cos(angle)
      im -= value * Math.sin(angle)
    })
    return re * re + im * im
  })

describe('a power spectrum', () => {
  it.each([4, 8, 64, 512])('of %i samples is what its definition says', (size) => {
    const samples = noise({ rate: size, seconds: 1, rmsDb: -3 })
    const power = createPowerSpectrum(size)(samples)
    byDefinition(samples).forEach((value, bin) => expect(power[bin]).toBeCloseTo(value, 8))
  })
})

describe('a spectrogram', () => {
  const rate = 8000
  const samples = Float32Array.from(sine({ hz: 1000, rate, seconds: 1, peakDb: -20 }))

  it('shows a sine at its frequency with its level', () => {
    const picture = spectrogramColumns(samples, {
      size: 256,
      hop: 128,
      sampleRateHz: rate,
      maxHz: 4000,
    })
    expect(picture).toMatchObject({ columns: 63, bins: 129, hzPerBin: 31.25 })
    const column = picture.data.subarray(30 * 129, 31 * 129)
    const loudest = column.indexOf(Math.max(...column))
    expect(loudest * picture.hzPerBin).toBe(1000)
    expect(Math.abs(decibelsOf(column[loudest] ?? 0) + 20)).toBeLessThan(0.5)
    expect(decibelsOf(column[loudest + 20] ?? 0)).toBeLessThan(-90)
  })

  it('ends at the highest frequency that is wanted', () => {
    const { bins } = spectrogramColumns(samples, {
      size: 256,
      hop: 500,
      sampleRateHz: rate,
      maxHz: 1000,
    })
    expect(bins).toBe(33)
  })

  it('takes what lies outside for silence', () => {
    const { data, bins } = spectrogramColumns(samples.subarray(0, 64), {
      size: 1024,
      hop: 64,
      sampleRateHz: rate,
      maxHz: 4000,
    })
    expect(data).toHaveLength(bins)
    expect(Math.max(...data)).toBeGreaterThan(0)
  })
})
