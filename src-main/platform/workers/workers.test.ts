import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { until } from '../../test/tools.ts'
import { isAbort } from '../errors.ts'
import { silentLog } from '../log.ts'
import { createScope, type Scope } from '../scope.ts'
import { createWorkers, type Workers } from './workers.ts'

const entry = new URL('../../test/worker.ts', import.meta.url)
let scope: Scope
let workers: Workers

beforeEach(() => {
  scope = createScope('test')
  workers = createWorkers({ scope, log: silentLog, entry, concurrency: 2 })
})
afterEach(() => scope.dispose())

/** Something a task can be held up with: counts who waits, and lets everybody go. */
const createGate = () => {
  const shared = new SharedArrayBuffer(8)
  const view = new Int32Array(shared)
  return {
    shared,
    waiting: () => Atomics.load(view, 0),
    open: () => {
      Atomics.store(view, 1, 1)
      Atomics.notify(view, 1)
    },
  }
}

describe('workers', () => {
  it('run a task and answer with what it returns', async () => {
    expect(await workers.run('double', 21)).toBe(42)
  })

  it('pass on what a task posts, in order, before it ends', async () => {
    const told: unknown[] = []

    const end = await workers.run('count', 3, { onMessage: (message) => told.push(message) })

    expect([...told, end]).toEqual([1, 2, 3, 'counted'])
  })

  it('run as many tasks at once as there are threads, and the others after them', async () => {
    const gate = createGate()
    const three = [1, 2, 3].map(() => workers.run('wait', gate.shared))

    await until(() => gate.waiting() === 2)
    gate.open()

    await Promise.all(three)
    expect(gate.waiting()).toBe(3)
  })

  it('pass on refusals as refusals', async () => {
    await expect(workers.run('refuse', 0)).rejects.toMatchObject({
      name: 'AppError',
      code: 'tool_missing',
      message: 'no sox here',
    })
  })

  it('pass on the name, the words and the code of other errors', async () => {
    await expect(workers.run('fail', 0)).rejects.toMatchObject({
      name: 'TypeError',
      code: 'ENOSPC',
      message: 'broken',
    })
  })

  it('go on after a task that failed and a thread that died', async () => {
    await expect(workers.run('die', 0)).rejects.toThrow('ended with 3')
    await expect(workers.run('nothing', 0)).rejects.toThrow('no task is called "nothing"')

    expect(await workers.run('double', 1)).toBe(2)
  })

  it('end the thread of a task that is cancelled', async () => {
    const gate = createGate()
    const stop = new AbortController()
    const held = [1, 2].map(() => workers.run('wait', gate.shared, { signal: stop.signal }))
    const next = workers.run('double', 4)
    await until(() => gate.waiting() === 2)

    stop.abort()

    for (const each of held) await expect(each).rejects.toSatisfy(isAbort)
    expect(await next).toBe(8)
  })

  it('reject what runs and what waits when their scope ends', async () => {
    const gate = createGate()
    const three = [1, 2, 3].map(() => workers.run('wait', gate.shared))
    const ends = Promise.allSettled(three)
    await until(() => gate.waiting() === 2)

    await scope.dispose()

    expect((await ends).every((end) => end.status === 'rejected' && isAbort(end.reason))).toBe(true)
  })
})
