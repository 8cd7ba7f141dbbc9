import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { failureOf, isAlive, node, sh, startWaiting, until } from '../../test/tools.ts'
import { isAbort } from '../errors.ts'
import { silentLog } from '../log.ts'
import { createScope, type Scope } from '../scope.ts'
import { createProcesses, type Processes } from './process.ts'

let scope: Scope
let processes: Processes

beforeEach(() => {
  scope = createScope('test')
  processes = createProcesses({ scope, log: silentLog, concurrency: 2 })
})
afterEach(() => scope.dispose())

const timers = (): number =>
  process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length

describe('limits', () => {
  it('stops a tool at its deadline', async () => {
    const error = await failureOf(processes.run(sh('sleep 60', { deadlineMs: 200 })))

    expect(error.message).toBe('sh: took longer than 0.2 s and was stopped')
  })

  it('ends a tool that ignores being asked to', { timeout: 10_000 }, async () => {
    const { pid, work } = await startWaiting(
      processes.run,
      node(
        `process.on('SIGTERM', () => {}); console.error(process.pid); setInterval(() => {}, 1000)`,
        {
          deadlineMs: 1000,
        },
      ),
    )

    await failureOf(work)

    expect(isAlive(pid)).toBe(false)
  })

  it('stops what the tool started, too', async () => {
    const { pid, work } = await startWaiting(
      processes.run,
      sh('sleep 60 & echo $! >&2; wait', { deadlineMs: 500 }),
    )

    await failureOf(work)

    await until(() => !isAlive(pid))
  })

  it('stops a tool that writes too much', async () => {
    const error = await failureOf(processes.run(sh('yes', { maxStdoutBytes: 100_000 })))

    expect(error.message).toBe('sh: wrote more than 100000 bytes and was stopped')
  })
})

describe('the queue', () => {
  it('runs so many at once and the others in order', async () => {
    const order: number[] = []
    const most: number[] = []
    const work = [0, 1, 2, 3, 4, 5].map((i) =>
      processes.run(sh('sleep 0.1', {})).then(() => {
        order.push(i)
        most.push(processes.stats().running)
      }),
    )
    expect(processes.stats()).toEqual({ running: 2, waiting: 4, limit: 2 })

    await Promise.all(work)

    expect(order.map((i) => Math.floor(i / 2))).toEqual([0, 0, 1, 1, 2, 2])
    expect(Math.max(...most)).toBeLessThanOrEqual(2)
    expect(processes.stats()).toEqual({ running: 0, waiting: 0, limit: 2 })
  })

  it('forgets a tool that is cancelled while it waits', async () => {
    const controller = new AbortController()
    const running = [processes.run(sh('sleep 0.3')), processes.run(sh('sleep 0.3'))]
    const waiting = processes.run(sh('exit 0', { signal: controller.signal }))

    controller.abort()

    await expect(waiting).rejects.toSatisfy(isAbort)
    expect(processes.stats()).toMatchObject({ running: 2, waiting: 0 })
    await Promise.all(running)
  })

  it('does not start what is cancelled already', async () => {
    await expect(processes.run(sh('exit 0', { signal: AbortSignal.abort() }))).rejects.toSatisfy(
      isAbort,
    )
  })

  it('does not count waiting against the deadline', async () => {
    const running = [processes.run(sh('sleep 0.5')), processes.run(sh('sleep 0.5'))]

    await processes.run(sh('sleep 0.1', { deadlineMs: 400 }))

    await Promise.all(running)
  })
})

describe('cancelling', () => {
  it('keeps nobody waiting before the screen for the long work of others', async () => {
    const long = [await startWaiting(processes.run), await startWaiting(processes.run)]

    const { stdout } = await processes.run(sh('printf now', { isAwaited: true }))

    expect(stdout.toString()).toBe('now')
    expect(long.every(({ pid }) => isAlive(pid))).toBe(true)
  })

  it('stops a running tool and rejects with an AbortError', async () => {
    const controller = new AbortController()
    const { pid, work } = await startWaiting((request) =>
      processes.run({ ...request, signal: controller.signal }),
    )

    controller.abort(new Error('the person changed their mind'))

    await expect(work).rejects.toSatisfy(isAbort)
    expect(isAlive(pid)).toBe(false)
  })
})

describe('disposing the scope', () => {
  it('leaves no child and no waiting caller', async () => {
    const own = createScope('own')
    const tools = createProcesses({ scope: own, log: silentLog, concurrency: 2 })
    const { pid, work } = await startWaiting(tools.run)
    const streamed = tools.stream(sh('exec yes'))
    const waiting = tools.run(sh('exit 0'))
    const outcomes = Promise.allSettled([work, streamed.ended, waiting])

    await own.dispose()

    expect(isAlive(pid)).toBe(false)
    expect(tools.stats()).toMatchObject({ running: 0, waiting: 0 })
    for (const outcome of await outcomes) {
      expect(outcome).toMatchObject({ status: 'rejected', reason: { name: 'AbortError' } })
    }
  })

  it('waits for a tool that does not want to stop', { timeout: 10_000 }, async () => {
    const own = createScope('own')
    const tools = createProcesses({ scope: own, log: silentLog })
    const { pid } = await startWaiting(
      tools.run,
      node(
        `process.on('SIGTERM', () => {}); console.error(process.pid); setInterval(() => {}, 1000)`,
      ),
    )

    await own.dispose()

    expect(isAlive(pid)).toBe(false)
  })

  it('starts nothing afterwards', async () => {
    await scope.dispose()

    await expect(processes.run(sh('exit 0'))).rejects.toSatisfy(isAbort)
  })

  it('leaves no timer and no handle after fifty rounds', async () => {
    const before = timers()
    for (let i = 0; i < 50; i += 1) {
      const own = createScope('own')
      const tools = createProcesses({ scope: own, log: silentLog })
      const work = Promise.allSettled([tools.run(sh('sleep 60')), tools.run(sh('exit 0'))])
      await own.dispose()
      await work
    }

    expect(timers()).toBeLessThan(before + 10)
    await until(() => !process.getActiveResourcesInfo().includes('ProcessWrap'))
  })
})
