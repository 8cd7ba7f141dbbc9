import { afterEach, beforeEach, expect, it } from 'vitest'
import type { ConferenceHappening } from '#contract/live-conferences'
import { silentLog } from '../../platform/log.ts'
import { createScope, type Scope } from '../../platform/scope.ts'
import { openDatabase, type Database } from '../../platform/sqlite/sqlite.ts'
import { createHistory } from './history.ts'

let scope: Scope
let db: Database
let nowMs: number
const of = { accountId: 'account', conferenceId: 'c' }
const page = { before: Number.MAX_SAFE_INTEGER, limit: 1000, talking: true }

beforeEach(() => {
  scope = createScope('history')
  db = openDatabase({ path: ':memory:', log: silentLog })
  nowMs = 1_000_000_000
})
afterEach(async () => {
  await scope.dispose()
  await db.close()
})

const start = (limits = { entries: 100_000, ageMs: 1_000_000 }) =>
  createHistory({
    ...{ scope, db, limits, clock: { nowMs: () => nowMs }, log: silentLog },
    told: (happening) => ({ ...happening, seq: 1, node: 'host', custom_channel_vars: {} }),
    instanceOf: () => undefined,
  })
const happening = (event = 'lock', conferenceId = 'c') =>
  ({
    event,
    ...{ account_id: 'account', conference_id: conferenceId, instance_id: 'run' },
  }) as ConferenceHappening
const stored = () => Number(db.get('SELECT count(*) AS n FROM conference_history')?.n)

it('writes what comes together in one go, within half a second', async () => {
  const history = start()
  for (let i = 0; i < 300; i += 1) history.record(happening())
  expect(stored()).toBe(0)
  await expect.poll(stored, { timeout: 500 }).toBe(300)
})

it('writes what waits when it is stopped', async () => {
  start().record(happening())
  await scope.dispose()
  expect(stored()).toBe(1)
})

it('shows what was not yet written, without what is the same in every event', async () => {
  const history = start()
  history.record(happening())
  history.record({ event: 'note', account_id: 'account', conference_id: 'c', text: 'hm' })
  expect(await history.before(of, page)).toEqual([
    {
      ...{ entry_id: 2, at_ms: nowMs, instance_id: '' },
      event: { event: 'note', account_id: 'account', conference_id: 'c', text: 'hm', seq: 1 },
    },
    {
      ...{ entry_id: 1, at_ms: nowMs, instance_id: 'run' },
      event: {
        ...{ event: 'lock', account_id: 'account', conference_id: 'c', instance_id: 'run' },
        seq: 1,
      },
    },
  ])
})

it('keeps the newest of a conference, however much is talked, and all of the others', async () => {
  const history = start({ entries: 100, ageMs: 1_000_000 })
  history.record(happening('lock', 'other'))
  for (let i = 0; i < 200; i += 1) history.record(happening('unlock'))
  for (let i = 0; i < 750; i += 1) {
    history.record(happening('start-talking'))
    history.record(happening('floor-change'))
  }
  history.record(happening('conference-destroy'))
  const kept = await history.before(of, page)
  const count = (name: string) => kept.filter(({ event }) => event.event === name).length
  expect([count('start-talking'), count('floor-change'), count('unlock')]).toEqual([50, 50, 99])
  expect(kept[0]?.event.event).toBe('conference-destroy')
  expect(await history.before({ ...of, conferenceId: 'other' }, page)).toHaveLength(1)
})

it('removes what is too old when it starts', async () => {
  const history = start()
  for (let i = 0; i < 6000; i += 1) history.record(happening())
  await history.before(of, page)
  nowMs += 900_000
  history.record(happening('unlock'))
  await history.before(of, page)
  nowMs += 200_000
  start()
  await expect.poll(stored).toBe(1)
})

it('is read to its end in portions', async () => {
  const history = start()
  for (let i = 0; i < 2500; i += 1) history.record(happening())
  const sizes: number[] = []
  for await (const portion of history.all(of)) sizes.push(portion.length)
  expect(sizes).toEqual([1000, 1000, 500])
})

it('fails a bookmark that is not on disk', async () => {
  const history = start()
  const lost = happening()
  history.record(lost)
  await db.close()
  await expect(history.entryOf(lost)).rejects.toThrow()
  db = openDatabase({ path: ':memory:', log: silentLog })
})
