import { describe, expect, it } from 'vitest'
import type { AudioFacts, MediaDocument } from '#contract/media'
import { asSentence, formatText, ratioText, samplesPerPixelOf, servedText } from './sound-facts.ts'

const facts: AudioFacts = {
  container: 'wav',
  content_type: 'audio/x-wav',
  playable: true,
  sample_rate_hz: 8000,
  channels: 1,
  duration_ms: 2686,
}

const document: MediaDocument = {
  id: 'fr-fr%2Fvm-deleted',
  name: 'vm-deleted',
  media_source: 'upload',
  streamable: true,
}

describe('sound facts', () => {
  it('says the format in one line', () => {
    expect(formatText(facts)).toBe('wav · 8 kHz · mono')
    expect(formatText({ ...facts, sample_rate_hz: 22050, channels: 2 })).toBe(
      'wav · 22.05 kHz · stereo',
    )
    expect(formatText({ container: 'unknown', content_type: '', playable: false })).toBe('unknown')
  })

  it('compares with the source where both can be heard', () => {
    expect(ratioText(2686, 2377)).toBe('1.13')
    expect(ratioText(2686, undefined)).toBeUndefined()
    expect(ratioText(2686, 0)).toBeUndefined()
  })

  it('says which file callers hear', () => {
    const stored = { content_type: 'audio/mpeg', content_length: 1, filename: 'a', audio: facts }

    expect(servedText(document)).toBe('the file as it came')
    expect(servedText({ ...document, _read_only: { original: stored } })).toBe(
      'the normalised file',
    )
    expect(servedText({ ...document, normalization_error: 'sox FAIL' })).toBe(
      'the original: normalising failed',
    )
  })

  it('knows that nobody hears a file without audio', () => {
    const audio = { container: 'unknown', content_type: 'text/plain', playable: false }
    const file = { content_type: 'text/plain', content_length: 8, filename: 'a', audio }

    expect(servedText({ ...document, _read_only: { file } })).toBe('nothing')
    expect(asSentence('the file is text, not audio')).toBe('The file is text, not audio.')
  })

  it('asks for peaks that fit the panel, within what the API takes', () => {
    expect(samplesPerPixelOf(facts)).toBe(15)
    expect(samplesPerPixelOf({ ...facts, duration_ms: 10 })).toBe(2)
    expect(samplesPerPixelOf({ ...facts, duration_ms: 4e9 })).toBe(1_000_000)
  })
})
