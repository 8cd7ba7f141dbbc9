import { describe, expect, it } from 'vitest'
import { DIGIT_TIMEOUT_MS, POUND_TIMEOUT_MS } from './entry.ts'
import { call, plays, rejected, type Call } from './test/call.ts'

describe('the PIN', () => {
  const both = { member: ['1234', '77'], moderator: ['9876', '77'] }

  it.each<[string, Call, string, string]>([
    ['a member’s', both, 'answered played 1234# played', 'admit member'],
    ['a moderator’s', both, 'answered played 9876#', 'admit moderator'],
    ['one of both, as a member', both, 'answered played 77# played', 'admit member'],
    [
      'one of the role that was called',
      { ...both, roleByNumber: 'moderator' },
      'answered 77#',
      'admit moderator',
    ],
    [
      'the member’s of a member number',
      { ...both, roleByNumber: 'member' },
      'answered 77# played',
      'admit member',
    ],
    [
      'nothing, where only moderators have one',
      { moderator: ['1'] },
      'answered played # played',
      'admit member',
    ],
    [
      'nothing for five seconds, likewise',
      { moderator: ['1'] },
      'answered played timer played',
      'admit member',
    ],
    [
      'a moderator’s, where only they have one',
      { moderator: ['1'] },
      'answered 1#',
      'admit moderator',
    ],
    ['one without #, after a pause', both, 'answered played 1234 timer played', 'admit member'],
    ['the second try', both, 'answered played 1111# played 1234# played', 'admit member'],
    ['the third try', both, 'answered 1# 2# 1234# played', 'admit member'],
    ['digits during the welcome', both, 'answered 1234# played', 'admit member'],
    ['digits while the wrong one is talked about', both, 'answered 5# 9876#', 'admit moderator'],
    ['one begun anew with *', both, 'answered 99*1234# played', 'admit member'],
    ['one with letters between, which no PIN has', both, 'answered 1A2B34# played', 'admit member'],
    [
      'the longest',
      { member: ['1'.repeat(16)] },
      `answered ${'1'.repeat(16)} played`,
      'admit member',
    ],
  ])('lets in with %s', (_what, facts, script, end) => {
    expect(call(facts, script).end).toBe(end)
  })

  it.each<[string, Call, string]>([
    ['a wrong one', both, 'answered played 1# played 2# played 3# played'],
    ['nothing at all', both, 'answered played timer played timer played timer played'],
    ['the begin of a right one', both, 'answered 123# 123# 123# played'],
    ['more than a right one', both, 'answered 12345# 12345# 12345# played'],
    ['the other role’s', { ...both, roleByNumber: 'member' }, 'answered 9876# 9876# 9876# played'],
    [
      'nothing for a number whose role has one',
      { moderator: ['1'], roleByNumber: 'moderator' },
      'answered # # # played',
    ],
    ['nothing, where only members have one', { member: ['1'] }, 'answered # # # played'],
    ['a right one after three wrong ones', both, 'answered 1# 2# 3# 1234# played'],
    ['sixteen digits, three times', both, `answered ${'0'.repeat(48)} played`],
  ])('keeps out %s, after three tries', (_what, facts, script) => {
    const { said, end } = call(facts, script)
    expect(end).toBe(rejected)
    expect(plays(said).at(-1)).toBe('play too_many_attempts')
  })

  it('is asked for after the welcome, in one breath', () => {
    expect(call(both, 'answered played').said).toEqual([
      'play welcome enter_conf_pin',
      `timer ${DIGIT_TIMEOUT_MS}`,
    ])
  })

  it('silences the prompt with its first digit, and waits for the next', () => {
    expect(call(both, 'answered 1').said.slice(1)).toEqual(['hush', `timer ${DIGIT_TIMEOUT_MS}`])
  })

  it('waits less for # when it is right and cannot be longer', () => {
    expect(call(both, 'answered 1234').end).toBe(`timer ${POUND_TIMEOUT_MS}`)
    expect(call({ member: ['12', '1234'] }, 'answered 12').end).toBe(`timer ${DIGIT_TIMEOUT_MS}`)
    expect(call(both, 'answered 4321').end).toBe(`timer ${DIGIT_TIMEOUT_MS}`)
  })

  it('is said to be wrong, and asked for again', () => {
    expect(call(both, 'answered 5#').said.slice(-3)).toEqual([
      'wrong-pin',
      'timer off',
      'play bad_pin enter_conf_pin',
    ])
  })

  it('counts as a guess only when something was typed', () => {
    expect(call(both, 'answered # 5#').said.filter((line) => line === 'wrong-pin')).toHaveLength(1)
  })

  it('counts for nothing any more once others guessed too much, were it right', () => {
    const { said, phase } = call(both, 'answered 123 blocked 4#')
    expect(said.at(-2)).toBe('play too_many_attempts')
    expect(phase).toBe('refused')
  })

  it('is in no note', () => {
    const { notes } = call(both, 'answered 4711# # 0815#')
    expect(notes).toEqual([
      'A wrong PIN (try 1 of 3)',
      'No PIN (try 2 of 3)',
      'A wrong PIN (try 3 of 3)',
      'Turned away: too many wrong PINs',
    ])
  })
})
