import { expect, it } from 'vitest'
import { isSamePlace, mediaIdOf, placeOf } from './media-id.ts'

it('names a translation and reads the name back', () => {
  const place = { promptId: 'vm-enter_pass', language: 'fr-fr' }

  expect(mediaIdOf(place)).toBe('fr-fr%2Fvm-enter_pass')
  expect(placeOf('fr-fr%2Fvm-enter_pass')).toEqual(place)
})

it('keeps a second separator in the prompt id', () => {
  expect(placeOf('en-us%2Fa%2Fb')).toEqual({ language: 'en-us', promptId: 'a%2Fb' })
})

it('knows that other media are no prompts', () => {
  expect(placeOf('5bc7f36c8c1a4a0c9b1d0a8f1c2d3e4f')).toBeUndefined()
  expect(placeOf('%2Fvm-enter_pass')).toBeUndefined()
})

it('compares places by what they name', () => {
  const place = { promptId: 'a', language: 'en-us' }

  expect(isSamePlace(place, { ...place })).toBe(true)
  expect(isSamePlace(place, null)).toBe(false)
  expect(isSamePlace(null, null)).toBe(true)
})
