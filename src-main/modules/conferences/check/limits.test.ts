import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Finding } from '#contract/conference-check'
import { startApp, type TestApp } from '../../../test/app.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.dispose())

describe('a check is quick, and says what people read,', () => {
  const checked = async (conference: object) => {
    const startedMs = performance.now()
    const json = { data: { conference } }
    const { status, envelope } = await app.call('POST', '/studio/conferences/check', { json })
    expect([status, performance.now() - startedMs < 3000]).toEqual([200, true])
    return envelope.data.findings as Finding[]
  }

  it('with as much as a conference may have', async () => {
    const many = (from: number) => Array.from({ length: 1000 }, (_, index) => `${from + index}`)
    await checked({
      conference_numbers: many(100_000),
      member: { numbers: many(200_000), pins: many(1_000_000) },
      moderator: { numbers: many(300_000), pins: many(10_000_000) },
      ...{ play_name: true, wait_for_moderator: true, max_participants: 100 },
    })
  })

  it.each([
    ['a list of what is none', { flags: Array(10_000).fill(1) }, 'invalid', 20],
    [
      'a list that is wrong as a whole too',
      { conference_numbers: ['x', 'x', 'y', '5000'] },
      'invalid',
      4,
    ],
    [
      'a group of keys that do nothing',
      { controls: { default: Array.from({ length: 15_000 }, (_, at) => ({ action: `a${at}` })) } },
      'controls',
      20,
    ],
  ])('with %s', async (_what, draft, kind, count) => {
    const found = await checked({ conference_numbers: ['5000'], ...draft })
    expect(found.filter(({ code }) => code === kind)).toHaveLength(count)
  })

  it('with names that nobody would give', async () => {
    const long = 'x'.repeat(100_000)
    const found = await checked({
      conference_numbers: ['5000'],
      profile_name: long,
      language: long,
    })
    expect(found.length).toBeGreaterThan(1)
    expect(JSON.stringify(found).length).toBeLessThan(10_000)
  })
})
