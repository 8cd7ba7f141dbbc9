import { expect, it } from 'vitest'
import { listenedId } from './sound-reference.ts'

it('listens to media as they are, and to prompts in the language of the conference', () => {
  const id = '0123456789abcdef0123456789abcdef'
  expect(listenedId(id, undefined)).toBe(id)
  expect(listenedId('fr-fr%2Fconf-muted', 'en-us')).toBe('fr-fr%2Fconf-muted')
  expect(listenedId('conf-muted', 'en-us')).toBe('en-us%2Fconf-muted')
})

it('has no way to listen to tones, addresses and what is of another account', () => {
  for (const text of ['%(200,0,500)', 'https://example.com/a.wav', '/other/media', ''])
    expect(listenedId(text, 'en-us')).toBeUndefined()
})
