import { Type } from 'typebox'
import { beforeEach, expect, it } from 'vitest'
import type { ObjectEvent } from '#contract/events'
import { createBus } from '../events/bus.ts'
import { createValidator } from '../http/validate.ts'
import { silentLog } from '../log.ts'
import { openDatabase } from '../sqlite/sqlite.ts'
import { createCollection, type Collection } from './collection.ts'
import { createDocuments } from './documents.ts'

const accountId = 'a'.repeat(32)
let collection: Collection
let events: string[]
/** What `content` waits for: work that takes its time, such as hashing. */
let work: Promise<void>

beforeEach(() => {
  const db = openDatabase({ path: ':memory:', log: silentLog })
  const bus = createBus<ObjectEvent>((error) => {
    throw error
  })
  events = []
  work = Promise.resolve()
  bus.on(({ event, rev = '' }) => void events.push(`${event} ${rev.split('-')[0] ?? ''}`))
  const documents = createDocuments({ db, clock: { nowMs: () => 0 } })
  const schema = Type.Object({ name: Type.String() })
  collection = createCollection(
    { db, documents, validator: createValidator(), events: bus },
    {
      type: 'device',
      schema,
      content: async (body) => {
        await work
        return { body, private: {} }
      },
      check: (_tx, { body }) => {
        if (body.name === 'forbidden') throw new Error('not that one')
      },
    },
  )
})

const created = async () => {
  const { id } = await collection.create(accountId, { name: 'first', id: 'mine' }, 'test')
  return { accountId, id, origin: 'test' }
}

it('lets every one of several changes take effect that work on the same revision', async () => {
  const change = await created()
  let finish = (): void => undefined
  work = new Promise((resolve) => (finish = resolve))
  const changes = ['a', 'b', 'c'].map((key) =>
    collection.patch({ ...change, patch: { [key]: true } }),
  )
  finish()
  await Promise.all(changes)

  expect(collection.get(accountId, change.id).body).toEqual({
    ...{ name: 'first' },
    ...{ a: true, b: true, c: true },
  })
  expect(events).toEqual(['doc_created 1', 'doc_edited 2', 'doc_edited 3', 'doc_edited 4'])
})

it('looks again at the revision a change was made on when it has taken its time', async () => {
  const change = await created()
  const seen = collection.get(accountId, change.id).revision
  const check = (revision: string) => {
    if (revision !== seen) throw new Error('changed meanwhile')
  }
  let finish = (): void => undefined
  work = new Promise((resolve) => (finish = resolve))
  const slow = collection.patch({ ...change, check, patch: { name: 'slow' } })
  work = Promise.resolve()
  await collection.patch({ ...change, patch: { name: 'quick' } })
  finish()

  await expect(slow).rejects.toThrow('changed meanwhile')
  expect(collection.get(accountId, change.id).body.name).toBe('quick')
})

it('changes nothing and tells nobody when a rule is broken', async () => {
  const change = await created()
  await expect(collection.patch({ ...change, patch: { name: 'forbidden' } })).rejects.toThrow()
  await expect(collection.patch({ ...change, patch: { name: 5 } })).rejects.toThrow(/validation/)
  await expect(collection.patch({ ...change, patch: { name: null } })).rejects.toThrow(/validation/)

  expect(collection.get(accountId, change.id).body).toEqual({ name: 'first' })
  expect(events).toEqual(['doc_created 1'])
})

it('deletes softly or for good, and either way nobody finds it', async () => {
  const soft = await created()
  const hard = await created()
  const shown = await collection.remove({ ...soft, hard: false })
  await collection.remove({ ...hard, hard: true })

  expect(shown).toMatchObject({ deleted: true, body: { name: 'first' } })
  expect(() => collection.get(accountId, soft.id)).toThrow(/bad identifier/)
  expect(() => collection.get(accountId, hard.id)).toThrow(/bad identifier/)
})
