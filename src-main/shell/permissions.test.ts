import { expect, it } from 'vitest'
import { isAllowed } from './permissions.ts'

const own = 'http://127.0.0.1:4000'
const asks = (permission: string, mediaTypes?: string[], origin = own) =>
  isAllowed({ permission, origin, mediaTypes }, own)

it('lets the own page copy and record from the microphone', () => {
  expect(asks('clipboard-sanitized-write')).toBe(true)
  expect(asks('media', ['audio'])).toBe(true)
})

it('gives nobody the camera, alone or with the microphone', () => {
  expect(asks('media', ['video'])).toBe(false)
  expect(asks('media', ['audio', 'video'])).toBe(false)
  expect(asks('media')).toBe(false)
})

it('gives other pages and other wishes nothing', () => {
  expect(asks('media', ['audio'], 'http://localhost:4000')).toBe(false)
  expect(asks('clipboard-read')).toBe(false)
  expect(asks('geolocation')).toBe(false)
})
