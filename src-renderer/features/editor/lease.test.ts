import { expect, test } from 'vitest'
import { createLease, type LeaseAnswer } from './lease.ts'

const rig = (answers: (LeaseAnswer | Error)[]) => {
  const asked: boolean[] = []
  const changes: LeaseAnswer[] = []
  const timers: (() => void)[] = []
  let left = 0
  const lease = createLease({
    ask: ({ takeOver }) => {
      asked.push(takeOver)
      const answer = answers.shift() ?? { isMine: true }
      return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer)
    },
    leave: () => left++,
    wait: (_ms, run) => {
      timers.push(run)
      return () => timers.splice(timers.indexOf(run), 1)
    },
    onChange: (answer) => changes.push(answer),
  })
  const pass = async () => {
    for (const run of timers.splice(0)) run()
    await new Promise((resolve) => setTimeout(resolve))
  }
  return { lease, asked, changes, pass, left: () => left, timers }
}

const other: LeaseAnswer = { isMine: false, since: 63_000_000_000 }

test('a window renews its right and tells only of changes', async () => {
  const { lease, asked, changes, pass } = rig([])
  await lease.start()
  await pass()
  await pass()

  expect(asked).toEqual([false, false, false])
  expect(changes).toEqual([{ isMine: true }])
})

test('a window that lost its right hears it, and goes on when the other one leaves', async () => {
  const { lease, changes, pass } = rig([{ isMine: true }, other, other, { isMine: true }])
  await lease.start()
  for (let turn = 0; turn < 3; turn++) await pass()

  expect(changes).toEqual([{ isMine: true }, other, { isMine: true }])
})

test('taking over asks for it in so many words', async () => {
  const { lease, asked, changes } = rig([other, { isMine: true }])
  await lease.start()
  await lease.takeOver()

  expect(asked).toEqual([false, true])
  expect(changes.at(-1)).toEqual({ isMine: true })
})

test('no answer is no loss', async () => {
  const { lease, changes, pass, timers } = rig([{ isMine: true }, new Error('unreachable')])
  await lease.start()
  await pass()

  expect(changes).toEqual([{ isMine: true }])
  expect(timers).toHaveLength(1)
})

test('who leaves says so, but only who had the right', async () => {
  const held = rig([{ isMine: true }])
  await held.lease.start()
  held.lease.end()
  const refused = rig([other])
  await refused.lease.start()
  refused.lease.end()

  expect(held.left()).toBe(1)
  expect(refused.left()).toBe(0)
  expect(held.timers).toHaveLength(0)
})
