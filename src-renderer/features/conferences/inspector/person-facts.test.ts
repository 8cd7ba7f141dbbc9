import { expect, it } from 'vitest'
import type { DeviceSummary } from '#contract/devices'
import type { UserSummary } from '#contract/users'
import type { BoardRow } from '../board/board-state.ts'
import { personFacts } from './person-facts.ts'

const row = {
  ...{
    key: 'k',
    participantId: 20,
    name: 'Ann',
    number: '1001',
    isModerator: true,
    isGhost: false,
  },
  ...{ joinedMs: new Date(2026, 10, 21, 10, 32, 4).getTime(), deviceId: 'd', userName: '1001' },
  more: { gainInDb: -6, gainOutDb: 0, onHold: false, direction: 'incoming' },
} as BoardRow
const desk = { id: 'd', name: 'Desk 4', owner_id: 'u' } as DeviceSummary
const ada = { id: 'u', first_name: 'Ada', last_name: 'Lovelace' } as UserSummary

it('says who calls from which phone of whom, since when', () => {
  expect(personFacts(row, [desk], [ada])).toEqual({
    roles: ['moderator', 'participant 20'],
    sentence: '1001 · called in 10:32:04 · Desk 4 of Ada Lovelace · speaks at −6 dB',
  })
})

it('says what it knows while phones and people are not loaded, or are gone', () => {
  const unknown = { ...row, name: '', more: undefined, isModerator: false, isGhost: true }
  expect(personFacts(unknown, [], [])).toEqual({
    roles: ['hidden', 'participant 20'],
    sentence: 'joined 10:32:04 · 1001',
  })
})
