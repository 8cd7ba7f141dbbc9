import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { failureOf, isAlive, sh, startWaiting, until } from '../../test/tools.ts'
import { isAbort } from '../errors.ts'
import { silentLog } from '../log.ts'
import { createScope, type Scope } from '../scope.ts'
import { createProcesses, type Processes } from './process.ts'

let scope: Scope
let processes: Processes

beforeEach(() => {
  scope = createScope('test')
  processes = createProcesses({ scope, log: silentLog })
})
afterEach(() => scope.dispose())

const size = 100_000

/** Blocks without end unless `count` ends them; tells how many were pulled and whether it was closed. */
const counting = (count = Infinity) => {
  const seen = { pulled: 0, closed: false }
  async function* make() {
    try {
      for (; seen.pulled < count;) {
        seen.pulled += 1
        await Promise.resolve()
        yield Buffer.alloc(size, seen.pulled % 256)
      }
    } finally {
      seen.closed = true
    }
  }
  return { seen, blocks: make() }
}

it('feeds blocks one after the other, and their end', async () => {
  const { seen, blocks } = counting(50)

  const { stdout } = await processes.run({ ...sh(''), command: 'cat', args: [], input: { blocks } })

  const expected = Array.from({ length: 50 }, (_, i) => Buffer.alloc(size, i + 1))
  expect(stdout.equals(Buffer.concat(expected))).toBe(true)
  expect(seen.closed).toBe(true)
})

it('feeds no block at all as an end of file', async () => {
  const { stdout } = await processes.run(sh('wc -c', { input: counting(0) }))

  expect(stdout.toString().trim()).toBe('0')
})

it('pulls no more than the tool takes', async () => {
  const { seen, blocks } = counting()
  const { work } = await startWaiting((request) =>
    processes.run({ ...request, input: { blocks }, deadlineMs: 500 }),
  )

  await failureOf(work)

  expect(seen.pulled).toBeLessThan(20)
  await until(() => seen.closed)
})

it('stops the tool when the blocks fail, and fails with their error', async () => {
  let pid = 0
  async function* failing() {
    yield Buffer.alloc(size)
    await until(() => pid > 0)
    throw new Error('the disk is gone')
  }
  const onStderr = (line: string) => (pid = Number(line))

  const work = processes.run(
    sh('echo $$ >&2; exec cat', { input: { blocks: failing() }, onStderr }),
  )

  await expect(work).rejects.toThrow('the disk is gone')
  expect(isAlive(pid)).toBe(false)
})

it('fails as a tool does that dies half-way, and closes the blocks', async () => {
  const { seen, blocks } = counting()

  const error = await failureOf(
    processes.run(sh('head -c 150000 >/dev/null; echo enough >&2; exit 4', { input: { blocks } })),
  )

  expect(error.message).toBe('sh: failed with exit code 4: enough')
  expect(seen.closed).toBe(true)
})

it('ends with a tool that needs no more', async () => {
  const { seen, blocks } = counting()

  const { stdout } = await processes.run(sh('head -c 3 | wc -c', { input: { blocks } }))

  expect(stdout.toString().trim()).toBe('3')
  expect(seen.closed).toBe(true)
})

it('does not wait for a block when the tool is gone', async () => {
  const waiting = new AbortController()
  async function* blocks() {
    await sleep(60_000, undefined, { signal: waiting.signal })
    yield Buffer.alloc(1)
  }

  const error = await failureOf(processes.run(sh('exit 4', { input: { blocks: blocks() } })))
  waiting.abort()

  expect(error.message).toBe('sh: failed with exit code 4')
})

it('tells that a tool is missing that it should feed', async () => {
  const { blocks } = counting()

  const error = await failureOf(
    processes.run({ ...sh(''), command: '/nowhere/tool', input: { blocks } }),
  )

  expect(error.message).toContain('is not installed')
})

it('is cancelled with its tool', async () => {
  const controller = new AbortController()
  const { seen, blocks } = counting()
  const { pid, work } = await startWaiting((request) =>
    processes.run({ ...request, input: { blocks }, signal: controller.signal }),
  )

  controller.abort()

  await expect(work).rejects.toSatisfy(isAbort)
  await until(() => !isAlive(pid) && seen.closed)
})

it('gives a tool time as long as it takes blocks', async () => {
  async function* slow() {
    for (let i = 0; i < 8; i += 1) {
      await sleep(100)
      yield Buffer.alloc(1)
    }
  }

  const { stdout } = await processes.run(
    sh('wc -c', { input: { blocks: slow() }, deadlineMs: 400 }),
  )

  expect(stdout.toString().trim()).toBe('8')
})

it('stops a tool that takes nothing', async () => {
  const { blocks } = counting()

  const error = await failureOf(
    processes.run(sh('sleep 60', { input: { blocks }, deadlineMs: 300 })),
  )

  expect(error.message).toBe('sh: got no further for 0.3 s and was stopped')
})
