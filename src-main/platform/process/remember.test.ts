import { expect, it } from 'vitest'
import { remember } from './remember.ts'

const counting = () => {
  let nowMs = 0
  let asked = 0
  const get = remember(
    1000,
    (key) => {
      asked += 1
      return key === 'bad' ? Promise.reject(new Error('bad')) : Promise.resolve(`${key}${asked}`)
    },
    () => nowMs,
  )
  return { get, pass: (ms: number) => (nowMs += ms), asked: () => asked }
}

it('asks once for callers at the same time, and again when the time is up', async () => {
  const { get, pass } = counting()

  expect(await Promise.all([get('a'), get('a')])).toEqual(['a1', 'a1'])
  pass(999)
  expect(await get('a')).toBe('a1')
  pass(1)
  expect(await get('a')).toBe('a2')
})

it('asks again for another key', async () => {
  const { get } = counting()

  expect(await get('a')).toBe('a1')
  expect(await get('b')).toBe('b2')
})

it('does not remember failures', async () => {
  const { get, asked } = counting()

  await expect(get('bad')).rejects.toThrow('bad')
  await expect(get('bad')).rejects.toThrow('bad')
  expect(asked()).toBe(2)
})
