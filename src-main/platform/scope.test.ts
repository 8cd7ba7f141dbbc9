import { expect, it, vi } from 'vitest'
import { createScope } from './scope.ts'

it('stops children first, then its own entries, last in first out', async () => {
  const order: string[] = []
  const scope = createScope('app')
  scope.add(() => void order.push('first'))
  const child = scope.child('call')
  child.add(() => void order.push('child'))
  scope.add(() => void order.push('second'))

  await scope.dispose()

  expect(order).toEqual(['child', 'second', 'first'])
})

it('stops at once what is registered after it was disposed', async () => {
  const scope = createScope('app')
  await scope.dispose()
  const stop = vi.fn()

  scope.add(stop)
  await Promise.resolve()

  expect(stop).toHaveBeenCalledOnce()
})

it('runs the other stops when one fails, and says which scope failed', async () => {
  const scope = createScope('app')
  const stop = vi.fn()
  scope.add(stop)
  scope.add(() => {
    throw new Error('stuck')
  })

  await expect(scope.dispose()).rejects.toThrow('stopping "app" failed')
  expect(stop).toHaveBeenCalledOnce()
})

it('keeps timers from firing once disposed', async () => {
  vi.useFakeTimers()
  const scope = createScope('app')
  const run = vi.fn()
  scope.timeout(run, 10)
  scope.interval(run, 10)

  await scope.dispose()
  vi.advanceTimersByTime(100)

  expect(run).not.toHaveBeenCalled()
  vi.useRealTimers()
})

it('aborts its signal, so that work in flight can end', async () => {
  const scope = createScope('app')
  await scope.dispose()
  expect(scope.signal.aborted).toBe(true)
})
