import { expect, it } from 'vitest'
import type { LegQuality } from '#contract/board'
import { qualityFacts, qualityVerdict } from './quality-text.ts'

const leg = (received: number, lost: number, more: Partial<LegQuality> = {}): LegQuality => ({
  ...{ participant_id: 1, codec: 'PCMU', jitter_ms: 4.4, buffer_ms: 60 },
  ...{ packets_received: received, packets_lost: lost, packets_late: 0, ...more },
})

const loss = (look: Parameters<typeof qualityFacts>[0]) => qualityFacts(look)[1]

it('says what was lost in all and what is lost now', () => {
  expect(loss({ now: leg(990, 10), before: undefined })).toBe('1.0 % lost')
  expect(loss({ now: leg(990, 10), before: leg(750, 0) })).toBe('1.0 % lost, 4.0 % now')
  expect(loss({ now: leg(0, 0), before: undefined })).toBe('nothing received yet')
  expect(loss({ now: leg(99_999, 1), before: undefined })).toBe('< 0.1 % lost')
})

it('counts what came too late as lost', () => {
  expect(loss({ now: leg(100, 0, { packets_late: 20 }), before: undefined })).toBe('20 % lost')
})

it('judges by what is heard now, not by a disturbance that is over', () => {
  expect(qualityVerdict({ now: leg(1000, 200), before: leg(750, 200) }).tone).toBe('ok')
  expect(qualityVerdict({ now: leg(1000, 20), before: leg(750, 0) })).toMatchObject({
    tone: 'bad',
    text: 'Poor: breaks up',
  })
  expect(qualityVerdict({ now: leg(1000, 0, { jitter_ms: 50 }), before: undefined }).tone).toBe(
    'warn',
  )
})

it('leaves out what the other side never reported', () => {
  const facts = (more: Partial<LegQuality>) =>
    qualityFacts({ now: leg(1, 0, more), before: undefined })
  expect(facts({})).toEqual(['PCMU', '0.0 % lost', 'jitter 4 ms', 'buffer 60 ms'])
  expect(facts({ round_trip_ms: 31.6, remote_lost: 3 }).slice(4)).toEqual([
    ...['round trip 32 ms', '3 packets to it lost'],
  ])
})
