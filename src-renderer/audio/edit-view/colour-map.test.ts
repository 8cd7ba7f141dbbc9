import { decibelsOf } from '#sound/spectrum/spectrogram'
import { expect, test } from 'vitest'
import { colourMapOf } from './colour-map.ts'

const luminance = (abgr: number): number =>
  [abgr & 255, (abgr >> 8) & 255, (abgr >> 16) & 255]
    .map((value) => (value / 255) ** 2.2)
    .reduce((sum, value, index) => sum + value * [0.2126, 0.7152, 0.0722][index]!, 0)

test('a louder level is never darker in the dark, and never lighter in the light', () => {
  const dark = [...colourMapOf('dark', decibelsOf)].map(luminance)
  const light = [...colourMapOf('light', decibelsOf)].map(luminance)

  for (let byte = 1; byte < 256; byte++) {
    expect(dark[byte]).toBeGreaterThanOrEqual(dark[byte - 1]!)
    expect(light[byte]).toBeLessThanOrEqual(light[byte - 1]!)
  }
  expect(dark[255]! - dark[0]!).toBeGreaterThan(0.8)
  expect(light[0]! - light[255]!).toBeGreaterThan(0.8)
})
