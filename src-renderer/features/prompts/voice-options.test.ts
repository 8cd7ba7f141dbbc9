import { expect, it } from 'vitest'
import type { VoiceMapping } from '#contract/studio'
import { voiceOptions } from './voice-options.ts'

const mapping = (voice: VoiceMapping['voice'], language: string): VoiceMapping => ({
  voice,
  language,
  gender: 'female',
  engine: 'espeak',
  engine_voice: language,
})

const mappings = [
  mapping('female/en-US', 'en-US'),
  mapping('female/fr-FR', 'fr-FR'),
  mapping('male/fr-FR', 'fr-FR'),
  mapping('female/fr-CA', 'fr-CA'),
]
const voicesFor = (language: string) =>
  voiceOptions(mappings, language).options.map(({ value }) => value)

it('offers the voices of the language', () => {
  expect(voicesFor('fr-fr')).toEqual(['female/fr-FR', 'male/fr-FR'])
})

it('offers the same tongue from elsewhere when the language has no voice', () => {
  expect(voicesFor('fr-be')).toEqual(['female/fr-FR', 'male/fr-FR', 'female/fr-CA'])
  expect(voiceOptions(mappings, 'fr-be').hasOwnVoice).toBe(true)
})

it('offers all voices and says so when nobody speaks the language', () => {
  expect(voicesFor('eu-es')).toHaveLength(4)
  expect(voiceOptions(mappings, 'eu-es').hasOwnVoice).toBe(false)
})
