import { expect, test } from 'vitest'
import type { Operation } from '#contract/edit-list'
import { createJournal, type Entry, type Written } from './journal.ts'

const gain = (gain_db: number): Operation => ({ kind: 'gain', from: 0, to: 10, gain_db })
const step = (gain_db: number): Entry => ({ kind: 'step', operation: gain(gain_db) })

class Failure extends Error {
  readonly kind: 'lost' | 'conflict' | 'refused'
  constructor(kind: 'lost' | 'conflict' | 'refused', message: string) {
    super(message)
    this.kind = kind
  }
}

/** A backend that keeps a draft, and can lose calls on the way there or the answers on the way back. */
const rig = () => {
  let stored: Written = { revision: 1, position: 0, operations: [] }
  const failures: ('before' | 'after' | 'refuse')[] = []
  const delays: number[] = []
  const put = (entry: Entry) => {
    const revision = stored.revision + 1
    stored =
      entry.kind === 'position'
        ? { ...stored, revision, position: entry.position }
        : {
            revision,
            position: stored.position + 1,
            operations: [...stored.operations.slice(0, stored.position), entry.operation],
          }
  }
  const journal = createJournal(stored, {
    send: async (entry, revision) => {
      await Promise.resolve()
      const failure = failures.shift()
      if (failure === 'before') throw new Failure('lost', 'The backend does not answer.')
      if (failure === 'refuse') throw new Failure('refused', 'to: must be at most 5.')
      if (revision !== stored.revision) throw new Failure('conflict', 'It was changed.')
      put(entry)
      if (failure === 'after') throw new Failure('lost', 'The backend does not answer.')
      return { revision: stored.revision }
    },
    fetch: () => Promise.resolve(stored),
    kindOf: (error) => (error instanceof Failure ? error.kind : 'refused'),
    delay: (attempt) => {
      delays.push(attempt)
      return Promise.resolve()
    },
    now: () => 1000,
  })
  return { journal, failures, delays, put, stored: () => stored }
}

test('entries are written one after the other, in order', async () => {
  const { journal, stored } = rig()

  for (const db of [1, 2, 3]) journal.write(step(db))
  expect(journal.store.getState()).toEqual({ status: 'sending', waiting: 1 })
  await journal.settled()

  expect(stored().operations).toEqual([gain(1), gain(2), gain(3)])
  expect(journal.store.getState()).toEqual({ status: 'saved', at: 1000 })
})

test('a call that was lost on its way is sent again, and nothing overtakes it', async () => {
  const { journal, failures, delays, stored } = rig()
  failures.push('before', 'before')

  journal.write(step(1))
  journal.write(step(2))
  await journal.settled()

  expect(delays).toEqual([0, 1])
  expect(stored().operations).toEqual([gain(1), gain(2)])
})

test('a change that arrived although its answer was lost is not made twice', async () => {
  const { journal, failures, stored } = rig()
  failures.push('after')

  journal.write(step(1))
  journal.write(step(2))
  await journal.settled()

  expect(stored().operations).toEqual([gain(1), gain(2)])
})

test('going back many steps while one is on its way becomes one move', async () => {
  const { journal, stored } = rig()

  for (const db of [1, 2, 3]) journal.write(step(db))
  for (const position of [2, 1, 0]) journal.write({ kind: 'position', position })
  await journal.settled()

  expect(stored()).toMatchObject({ position: 0, revision: 5 })
  expect(stored().operations).toHaveLength(3)
})

test('a refusal stops everything behind it, says why, and loses nothing', async () => {
  const { journal, failures, stored } = rig()
  failures.push('refuse')

  journal.write(step(1))
  const settled = journal.settled()
  journal.write(step(2))
  await expect(settled).rejects.toThrow('to: must be at most 5.')
  journal.write(step(3))

  expect(journal.store.getState()).toEqual({
    status: 'refused',
    waiting: 3,
    reason: 'to: must be at most 5.',
  })
  expect(stored().operations).toEqual([])
  journal.retry()
  await journal.settled()
  expect(stored().operations).toEqual([gain(1), gain(2), gain(3)])
})

test('another revision of the same history is taken over', async () => {
  const { journal, put, stored } = rig()
  put({ kind: 'position', position: 0 })

  journal.write(step(1))
  await journal.settled()

  expect(stored().operations).toEqual([gain(1)])
})

test('somebody else’s change is never written over', async () => {
  const { journal, put, stored } = rig()
  put(step(9))

  journal.write(step(1))
  await expect(journal.settled()).rejects.toThrow('changed elsewhere')

  expect(stored().operations).toEqual([gain(9)])
})

test('who waits for it while the backend is away can give up, and nothing is lost', async () => {
  const { journal, failures, stored } = rig()
  failures.push('before')
  const giving = new AbortController()

  journal.write(step(1))
  const waiting = journal.settled(giving.signal)
  giving.abort()

  await expect(waiting).rejects.toThrow('Given up.')
  await journal.settled()
  expect(stored().operations).toEqual([gain(1)])
})
