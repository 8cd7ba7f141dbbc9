import { expect, it } from 'vitest'
import { namesEtag } from './etag.ts'

it.each([
  ['"a"', true],
  ['W/"a"', true],
  ['"b", "a"', true],
  ['"b",W/"a"', true],
  ['*', true],
  ['"b"', false],
  ['a', false],
  ['', false],
  [undefined, false],
])('%j names the tag "a": %s', (header, isNamed) => {
  expect(namesEtag(header, '"a"')).toBe(isNamed)
})

it('is never true of what has no tag', () => {
  expect(namesEtag('*', undefined)).toBe(false)
})
