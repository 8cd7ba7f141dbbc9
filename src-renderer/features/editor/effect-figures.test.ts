import { expect, test } from 'vitest'
import { whyNothing } from './effect-figures.ts'

test('a conversion to the format that the audio has is no step', () => {
  const telephone = { sample_rate_hz: 8000, channels: 1 }
  expect(whyNothing({ kind: 'resample', sample_rate_hz: 8000 }, telephone)).toBe(
    'The audio has 8000 Hz already.',
  )
  expect(whyNothing({ kind: 'resample', sample_rate_hz: 16000 }, telephone)).toBeUndefined()
  expect(whyNothing({ kind: 'channels', channels: 1 }, telephone)).toBe(
    'The audio has 1 channel already.',
  )
  expect(whyNothing({ kind: 'channels', channels: 2 }, telephone)).toBeUndefined()
})
