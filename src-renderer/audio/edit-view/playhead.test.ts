import { expect, test } from 'vitest'
import { followed } from './playhead.ts'

const extent = { frames: 100_000, width: 1000 }
const view = { from: 20_000, framesPerPixel: 10 }

test('by pages the view turns when the playhead leaves it', () => {
  expect(followed(view, { frame: 29_999, follow: 'page' }, extent)).toBe(view)
  expect(followed(view, { frame: 30_001, follow: 'page' }, extent).from).toBe(29_501)
  expect(followed(view, { frame: 100, follow: 'page' }, extent).from).toBe(0)
})

test('smoothly the playhead stays in the middle once it is there', () => {
  expect(followed(view, { frame: 22_000, follow: 'smooth' }, extent)).toBe(view)
  expect(followed(view, { frame: 26_000, follow: 'smooth' }, extent).from).toBe(21_000)
  expect(followed(view, { frame: 99_000, follow: 'smooth' }, extent).from).toBe(90_000)
})

test('without following the view stays', () => {
  expect(followed(view, { frame: 99_000, follow: 'off' }, extent)).toBe(view)
})
