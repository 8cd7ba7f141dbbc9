import { beforeEach, describe, expect, it } from 'vitest'
import { silentLog } from '../log.ts'
import { openDatabase, type Database } from '../sqlite/sqlite.ts'
import { createDocuments, type Documents } from './documents.ts'

const accountId = 'a'.repeat(32)
const at = Date.parse('2026-11-21T10:00:00Z')

let db: Database
let documents: Documents
let nowMs = at

const add = (id: string, body: Record<string, unknown>) =>
  db.write((tx) => documents.create(tx, { accountId, type: 'media', id }, { body, private: {} }))

const found = (query: Record<string, string>) =>
  documents
    .page({ accountId, type: 'media', query })
    .items.map(({ id }) => id)
    .sort()

beforeEach(async () => {
  nowMs = at
  db = openDatabase({ path: ':memory:', log: silentLog })
  documents = createDocuments({ db, clock: { nowMs: () => nowMs } })
  await add('welcome', {
    name: 'Welcome',
    language: 'en-US',
    streamable: true,
    tags: ['a', 'b'],
    ui_metadata: { origin: 'callflows' },
  })
  await add('bye', { name: 'Bye', language: 'en', streamable: false, note: '', size: 5 })
  nowMs += 3_600_000
  await add('none', { name: 'None', streamable: true })
})

describe('list filters', () => {
  it('compare a value exactly and on the full document', () => {
    expect(found({ filter_name: 'Welcome' })).toEqual(['welcome'])
    expect(found({ filter_name: 'welcome' })).toEqual([])
    expect(found({ 'filter_ui_metadata.origin': 'callflows' })).toEqual(['welcome'])
  })

  it('compare languages without case, and keep en apart from en-US', () => {
    expect(found({ filter_language: 'EN-us' })).toEqual(['welcome'])
    expect(found({ filter_language: 'en' })).toEqual(['bye'])
  })

  it('compare booleans and numbers by their JSON text', () => {
    expect(found({ filter_streamable: 'true' })).toEqual(['none', 'welcome'])
    expect(found({ filter_size: '5' })).toEqual(['bye'])
  })

  it('take a JSON list as alternatives', () => {
    expect(found({ filter_name: '["Bye","None"]' })).toEqual(['bye', 'none'])
  })

  it('exclude with filter_not, keeping documents without the key', () => {
    expect(found({ filter_not_language: 'en' })).toEqual(['none', 'welcome'])
  })

  it('tell a present key from a missing one and an empty value from a filled one', () => {
    expect(found({ has_key: 'language' })).toEqual(['bye', 'welcome'])
    expect(found({ key_missing: 'language' })).toEqual(['none'])
    expect(found({ has_key: 'note' })).toEqual(['bye'])
    expect(found({ has_value: 'note' })).toEqual([])
    expect(found({ missing_value: 'note' })).toEqual(found({ value_missing: 'note' }))
  })

  it('look into arrays', () => {
    expect(found({ filter_any_tags: '["b","z"]' })).toEqual(['welcome'])
    expect(found({ filter_none_tags: 'a' })).toEqual(['bye', 'none'])
    expect(found({ filter_array_intersect_tags: '["a"]' })).toEqual(['welcome'])
  })

  it('bound creation and change in Gregorian seconds', () => {
    const border = String(at / 1000 + 62_167_219_200 + 1800)
    expect(found({ created_from: border })).toEqual(['none'])
    expect(found({ created_to: border })).toEqual(['bye', 'welcome'])
    expect(found({ modified_from: 'yesterday' })).toEqual([])
  })

  it('hold all at once, and treat hostile keys as ordinary ones', () => {
    expect(found({ filter_streamable: 'true', has_key: 'language' })).toEqual(['welcome'])
    expect(found({ 'filter_a"); DROP TABLE documents; --': 'x' })).toEqual([])
    expect(found({ "filter_name') OR 1=1 --": 'x' })).toEqual([])
    expect(found({})).toHaveLength(3)
  })
})

describe('pages', () => {
  it('follow each other by opaque keys, newest first, without overlap', () => {
    const first = documents.page({ accountId, type: 'media', query: { page_size: '2' } })
    const second = documents.page({
      accountId,
      type: 'media',
      query: { page_size: '2', start_key: first.nextStartKey },
    })

    expect(first.items.map(({ id }) => id)).toEqual(['none', 'bye'])
    expect(second.items.map(({ id }) => id)).toEqual(['welcome'])
    expect(second.nextStartKey).toBeUndefined()
  })

  it('turn around with ascending, and accept an id as a key', () => {
    const page = documents.page({
      accountId,
      type: 'media',
      query: { ascending: 'true', start_key: 'bye' },
    })
    expect(page.items.map(({ id }) => id)).toEqual(['bye', 'none'])
  })

  it('come whole with paginate=false', () => {
    const page = documents.page({
      accountId,
      type: 'media',
      query: { paginate: 'false', page_size: '1' },
    })
    expect(page.items).toHaveLength(3)
    expect(page.paginated).toBe(false)
  })

  it('refuse a size that is no number and a key that is none of this list', () => {
    expect(() => documents.page({ accountId, type: 'media', query: { page_size: 'x' } })).toThrow(
      /validation/,
    )
    expect(() =>
      documents.page({ accountId, type: 'media', query: { start_key: 'nope' } }),
    ).toThrow(/validation/)
  })
})

describe('documents', () => {
  const key = { accountId, type: 'media', id: 'bye' }

  it('get a new revision with every change and refuse one made on an old revision', async () => {
    const before = documents.get(key)
    const after = await db.write((tx) =>
      documents.change(tx, before, { body: { name: 'Goodbye' } }),
    )

    expect(before.revision).toMatch(/^1-[0-9a-f]{32}$/)
    expect(after.revision).toMatch(/^2-[0-9a-f]{32}$/)
    await expect(db.write((tx) => documents.change(tx, before, { body: {} }))).rejects.toThrow(
      /conflict/,
    )
    expect(documents.get(key).body).toEqual({ name: 'Goodbye' })
  })

  it('are gone when softly deleted, and can be created again or restored', async () => {
    await db.write((tx) => documents.softDelete(tx, documents.get(key)))
    expect(() => documents.get(key)).toThrow(/bad identifier/)
    expect(found({})).not.toContain('bye')

    const revived = await add('bye', { name: 'Bye again' })
    expect(revived.revision).toMatch(/^3-/)
    expect(documents.get(key).body).toEqual({ name: 'Bye again' })
  })

  it('refuse a second creation under a living id', async () => {
    await expect(add('bye', {})).rejects.toThrow(/conflict/)
  })
})

describe('transactions', () => {
  it('roll back only the failing one of several that share a commit', async () => {
    const good = add('good', { name: 'Good' })
    const bad = db.write((tx) => {
      documents.create(tx, { accountId, type: 'media', id: 'half' }, { body: {}, private: {} })
      throw new Error('changed my mind')
    })
    const also = add('also', { name: 'Also' })

    await expect(bad).rejects.toThrow('changed my mind')
    await Promise.all([good, also])
    expect(found({})).toEqual(['also', 'bye', 'good', 'none', 'welcome'])
  })
})

describe('hostile filters', () => {
  it('find keys of any spelling, and fail on none', async () => {
    const keys = [
      'constructor',
      '__proto__',
      'toString',
      'a"b',
      'a\\',
      '\\',
      '\u0000',
      'a\u0000b',
      "'",
      '[0]',
    ]
    for (const [index, key] of keys.entries()) {
      const body = Object.fromEntries([[key, 'here']])
      await add(`odd-${index}`, body)
      for (const parameter of [`filter_${key}`, `filter_any_${key}`]) {
        expect([key, found({ [parameter]: 'here' })]).toEqual([key, [`odd-${index}`]])
      }
      expect([key, found({ has_key: key })]).toEqual([key, [`odd-${index}`]])
      expect(found({ value_missing: key })).not.toContain(`odd-${index}`)
    }
  })

  it('find a document by its id', () => {
    expect(found({ filter_id: 'bye' })).toEqual(['bye'])
  })

  it('are refused by the hundreds', () => {
    const query = { filter_a: Array.from({ length: 1300 }, () => 'x') }
    expect(() => documents.page({ accountId, type: 'media', query })).toThrow(
      expect.objectContaining({ code: 'validation' }),
    )
  })
})
