import { describe, expect, it } from 'vitest'
import { gapText, momentLine, says, sentenceOf, timeText } from './moment-text.ts'
import type { Gap, Moment } from './moment.ts'
import type { Names } from './names.ts'

const names: Names = {
  ...{ participant: (_, id) => `P${id}`, media: String, endpoint: String },
  isYou: ({ kind }) => kind === 'application',
}
const at = (hour: number, minute: number, second = 0) =>
  new Date(2026, 10, 21, hour, minute, second).getTime()
const gap: Gap = {
  ...{ kind: 'gap', id: 'g', fromMs: at(10, 41, 7), atMs: at(10, 41, 22) },
  ...{ reason: 'missed', missed: 12, gone: [] },
}
const gone = Array.from({ length: 7 }, (_, i) => ({ key: `${i}`, name: `N${i}`, number: '' }))

describe('moments in words', () => {
  it('says who removed somebody, and that somebody left by themselves', () => {
    const left = {
      ...{ kind: 'event', id: '1', atMs: 0 },
      event: { event: 'del-member', caller_id_name: 'Ann', caller_id_number: '' },
      asked: undefined,
    } as unknown as Moment
    const by = { kind: 'user', user_id: 'u', name: 'Ada' }
    const kick = { event: 'command', application_name: 'kick', participant_id: 1 }
    const removed = (asked: object) => sentenceOf(momentLine({ ...left, asked } as Moment, names))
    expect(sentenceOf(momentLine(left, names))).toBe('Ann left')
    expect(removed({ ...kick, by })).toBe('Ann was removed by Ada')
    expect(removed(kick)).toBe('Ann was removed on request')
  })

  it('are found by who they are about, who asked, and what they say', () => {
    const removed = {
      ...{ kind: 'event', id: '1', atMs: 0, times: 1 },
      event: { event: 'del-member', caller_id_name: 'Ann', caller_id_number: '' },
      asked: {
        ...{ event: 'command', application_name: 'kick', participant_id: 1 },
        by: { kind: 'application' },
      },
    } as unknown as Moment
    for (const words of ['ann', ' Ann was', 'by you'])
      expect(says(removed, names, words)).toBe(true)
    expect(says(removed, names, 'Bob')).toBe(false)
  })

  it('says what may be missing, and who is gone since', () => {
    expect(gapText(gap)).toBe(
      '12 events may have been missed between 10:41:07 and 10:41:22. Everything was read again.',
    )
    expect(gapText({ ...gap, missed: undefined, gone: gone.slice(0, 2) })).toMatch(
      /^Events may .* Not there any more: N0, N1\.$/,
    )
    expect(gapText({ ...gap, gone })).toMatch(/N4 and 2 more\.$/)
    expect(gapText({ ...gap, reason: 'restart' })).toMatch(/started anew .* calls ended with it/)
  })

  it('shows the day of what was not today', () => {
    const today = new Date(at(12, 0)).toDateString()
    expect(timeText(at(9, 5, 3), today)).toBe('09:05:03')
    expect(timeText(at(9, 5) - 24 * 3_600_000, today)).toBe('20 Nov 09:05')
  })
})
