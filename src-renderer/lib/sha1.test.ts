import { expect, test } from 'vitest'
import { sha1 } from './sha1.ts'

test.each([
  ['', 'da39a3ee5e6b4b0d3255bfef95601890afd80709'],
  ['abc', 'a9993e364706816aba3e25717850c26c9cd0d89d'],
  [
    'abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq',
    '84983e441c3bd26ebaae4aa1f95129e5e54670f1',
  ],
  ['a'.repeat(1000), '291e9a6c66994949b57ba5e650361e98fc36b1ba'],
  ['größe:Paßwort', '3fc314389ce9bbf0fa1ca97c60b64bb1446eef77'],
])('hashes %j as the standard does', (text, hash) => {
  expect(sha1(text)).toBe(hash)
})
