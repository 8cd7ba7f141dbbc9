import { expect, test } from 'vitest'
import { formatText, sourceText } from './sound-text.ts'

const wav = { container: 'wav', content_type: 'audio/wav', playable: true }

test.each([
  [{ ...wav, sample_rate_hz: 8000, channels: 1 }, 'wav · 8 kHz · mono'],
  [{ ...wav, sample_rate_hz: 22_050, channels: 2 }, 'wav · 22.05 kHz · stereo'],
  [{ ...wav, sample_rate_hz: 48_000, channels: 6 }, 'wav · 48 kHz · 6 channels'],
  [wav, 'wav'],
])('describes %j as %s', (audio, text) => {
  expect(formatText(audio)).toBe(text)
})

test('names where media come from, and keeps names it does not know', () => {
  expect(sourceText('tts')).toBe('spoken text')
  expect(sourceText('fax')).toBe('fax')
})
