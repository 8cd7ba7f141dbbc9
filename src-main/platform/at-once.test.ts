import { expect, it } from 'vitest'
import { forEachAtOnce } from './at-once.ts'

const items = [0, 1, 2, 3, 4, 5, 6, 7]

it('works on some at once, and on each exactly once', async () => {
  let running = 0
  let most = 0
  const seen: number[] = []
  await forEachAtOnce(items, 3, async (item) => {
    running += 1
    most = Math.max(most, running)
    seen.push(item)
    await Promise.resolve()
    running -= 1
  })
  expect(seen.sort()).toEqual(items)
  expect(most).toBe(3)
})

it('starts nothing after a failure, and fails when the others have ended', async () => {
  const started: number[] = []
  const { promise: slow, resolve: finish } = Promise.withResolvers<undefined>()
  let hasEnded = false
  const all = forEachAtOnce(items, 2, async (item) => {
    started.push(item)
    if (item === 0) throw new Error('the disk is full')
    await slow
  }).finally(() => {
    hasEnded = true
  })
  all.catch(() => undefined)

  await new Promise(setImmediate)
  expect(hasEnded).toBe(false)
  finish(undefined)

  await expect(all).rejects.toThrow('the disk is full')
  expect(started).toEqual([0, 1])
})
