import { expect, it } from 'vitest'
import type { LegQuality } from '#contract/board'
import { qualityRows, qualityVerdict } from './quality-text.ts'

const leg = (received: number, lost: number, more: Partial<LegQuality> = {}): LegQuality => ({
  ...{ participant_id: 1, codec: 'PCMU', jitter_ms: 4.4, buffer_ms: 60 },
  ...{ packets_received: received, packets_lost: lost, packets_late: 0, ...more },
})

const loss = (look: Parameters<typeof qualityRows>[0]) => Object.fromEntries(qualityRows(look)).Loss

it('says what was lost in all and what is lost now', () => {
  expect(loss({ now: leg(990, 10), before: undefined })).toBe('1.0 %')
  expect(loss({ now: leg(990, 10), before: leg(750, 0) })).toBe('1.0 %, 4.0 % now')
  expect(loss({ now: leg(0, 0), before: undefined })).toBe('nothing received yet')
  expect(loss({ now: leg(99_999, 1), before: undefined })).toBe('< 0.1 %')
})

it('counts what came too late as lost', () => {
  expect(loss({ now: leg(100, 0, { packets_late: 20 }), before: undefined })).toBe('20 %')
})

it('judges by what is heard now, not by a disturbance that is over', () => {
  expect(qualityVerdict({ now: leg(1000, 200), before: leg(750, 200) }).tone).toBe('ok')
  expect(qualityVerdict({ now: leg(1000, 20), before: leg(750, 0) })).toMatchObject({
    tone: 'bad',
    text: 'Breaks up',
  })
  expect(qualityVerdict({ now: leg(1000, 0, { jitter_ms: 50 }), before: undefined }).tone).toBe(
    'warn',
  )
})

it('leaves out what the other side never reported', () => {
  const rows = Object.fromEntries(qualityRows({ now: leg(1, 0), before: undefined }))
  expect(rows['Round trip']).toBeUndefined()
  expect(rows.Jitter).toBe('4 ms')
})
