import { expect, it } from 'vitest'
import { silentLog } from '../log.ts'
import { openDatabase } from './sqlite.ts'

const open = () => openDatabase({ path: ':memory:', log: silentLog })

const insert = 'INSERT INTO settings (key, value) VALUES (?, 1)'

it('takes nobody else along when one write of a batch fails', async () => {
  const db = open()

  const outcomes = await Promise.allSettled([
    db.write((tx) => tx.run(insert, 'kept')),
    db.write((tx) => {
      tx.run(insert, 'undone')
      throw new Error('no')
    }),
    db.write((tx) => tx.run(insert, 'also kept')),
  ])

  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  expect(db.all('SELECT key FROM settings ORDER BY key')).toMatchObject([
    { key: 'also kept' },
    { key: 'kept' },
  ])
  await db.close()
})

it('commits what waits when it closes, and refuses what comes later', async () => {
  const db = open()
  const waiting = db.write((tx) => tx.run(insert, 'waiting'))

  await db.close()

  expect(await waiting).toMatchObject({ changes: 1 })
  await expect(db.write((tx) => tx.run(insert, 'late'))).rejects.toMatchObject({
    code: 'datastore_fault',
  })
})

it('answers statements it has long forgotten', async () => {
  const db = open()
  for (let count = 0; count < 1000; count += 1) {
    expect(db.get(`SELECT ${count} AS n`)).toMatchObject({ n: count })
  }
  expect(db.get('SELECT 0 AS n')).toMatchObject({ n: 0 })
  await db.close()
})
