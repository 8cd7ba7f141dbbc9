import { describe, expect, it } from 'vitest'
import type { DeviceSummary } from '#contract/devices'
import type { UserSummary } from '#contract/users'
import { knownTargets, suggestions, typedTarget } from './dial-endpoint.ts'

const device = (id: string, name: string, more: Partial<DeviceSummary> = {}) => ({
  id,
  name,
  enabled: true,
  registered: true,
  ...more,
})
const ada = { id: 'u1', first_name: 'Ada', last_name: 'Lovelace' } as UserSummary
const known = knownTargets(
  [device('d1', 'Reception', { username: '1001', owner_id: 'u1' }), device('d2', 'Lab')],
  [ada],
)

describe('whom to call', () => {
  it.each([
    ['1001', '1001'],
    ['+46 (8) 905-10', '+46890510'],
    ['sip:ada@example.com', 'sip:ada@example.com'],
    ['ada@example.com', 'sip:ada@example.com'],
  ])('takes %s', (typed, endpoint) => {
    expect(typedTarget(typed)?.endpoint).toBe(endpoint)
  })

  it.each(['', 'Ada', 'ada lovelace@', 'http://example.com', '+', 'sip:'])(
    'refuses “%s”',
    (typed) => {
      expect(typedTarget(typed)).toBeUndefined()
    },
  )

  it('knows people with all their phones, and each phone by what tells it apart', () => {
    expect(known).toEqual([
      { endpoint: 'u1', label: 'Ada Lovelace', detail: '1 phone' },
      { endpoint: 'd2', label: 'Lab', detail: 'registered' },
      { endpoint: 'd1', label: 'Reception', detail: '1001 · Ada Lovelace · registered' },
    ])
  })

  it('finds by every word, leaves out who is chosen, and offers what is typed last', () => {
    const found = (typed: string, chosen: readonly (typeof known)[number][] = []) =>
      suggestions(typed, known, chosen).map(({ label }) => label)
    expect(found('lovelace')).toEqual(['Ada Lovelace', 'Reception'])
    expect(found('ada rec')).toEqual(['Reception'])
    expect(found('1001')).toEqual(['Reception', '1001'])
    expect(found('', [known[0]!])).toEqual(['Lab', 'Reception'])
    expect(found('nobody')).toEqual([])
  })
})
