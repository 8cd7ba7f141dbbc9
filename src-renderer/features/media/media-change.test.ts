import { expect, test } from 'vitest'
import { changeOf } from './media-change.ts'

const document = {
  id: 'm1',
  name: 'Hold',
  description: 'Piano',
  media_source: 'upload' as const,
  streamable: true,
}

test('what was not touched or is as before is no change', () => {
  expect(changeOf(document, {})).toEqual({})
  expect(changeOf(document, { name: 'Hold', language: '', streamable: true })).toEqual({})
})

test('sends only what differs', () => {
  expect(changeOf(document, { name: 'Wait', description: 'Piano', language: 'en-us' })).toEqual({
    name: 'Wait',
    language: 'en-us',
  })
})

test('an emptied description is taken out, an emptied name is refused by the backend', () => {
  expect(changeOf(document, { name: '', description: '' })).toEqual({ name: '', description: null })
})
