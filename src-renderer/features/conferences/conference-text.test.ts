import { expect, it } from 'vitest'
import type { ConferenceSummary } from '#contract/conferences'
import { byNumber, firstToOpen, fits, numbersOf, sorted } from './conference-text.ts'

const role = { join_deaf: false, join_muted: false, pins: [] }
const conference = (name: string, isRunning = false): ConferenceSummary => {
  const live = { members: 0, moderators: 0, admins: 0, duration: 0, is_locked: false }
  return {
    ...{ id: name, name, ...live },
    conference_numbers: ['4000'],
    member: { ...role, numbers: ['4000', '4002'] },
    moderator: { ...role, numbers: ['4001'] },
    _read_only: { ...live, is_running: isRunning, is_recording: false, is_ad_hoc: false },
  }
}

it('puts what runs first, then room 2 before room 10', () => {
  const names = sorted([conference('Room 10'), conference('room 2'), conference('Zoo', true)])
  expect(names.map(({ name }) => name)).toEqual(['Zoo', 'room 2', 'Room 10'])
})

it('opens first where most people are, then what runs, then the first of the list', () => {
  const crowd = { ...conference('Zoo', true), members: 4, moderators: 1 }
  const pair = { ...conference('Attic', true), members: 2 }
  const empty = conference('Bar', true)
  const idle = [conference('Room 10'), conference('room 2')]
  expect(firstToOpen([...idle, pair, crowd, empty])?.name).toBe('Zoo')
  expect(firstToOpen([...idle, { ...crowd, members: 1 }, pair])?.name).toBe('Attic')
  expect(firstToOpen([...idle, empty])?.name).toBe('Bar')
  expect(firstToOpen(idle)?.name).toBe('room 2')
  expect(firstToOpen<ConferenceSummary>([])).toBeUndefined()
})

it('names every number once', () => {
  expect(numbersOf(conference('Weekly'))).toBe('4000, 4002, 4001')
})

it('finds by words of the name and by numbers', () => {
  expect(fits(conference('Weekly sales'), 'sales week')).toBe(true)
  expect(fits(conference('Weekly sales'), '4001')).toBe(true)
  expect(fits(conference('Weekly sales'), '5')).toBe(false)
})

it('says what each number makes of who dials it', () => {
  const lines = byNumber(conference('Weekly')).map(
    ({ who, numbers }) => `${who} ${numbers.join(' ')}`,
  )
  expect(lines).toEqual([
    'To get in, dial 4000',
    'As a member, dial 4000 4002',
    'As a moderator, dial 4001',
  ])
  const none = { conference_numbers: [], member: { ...role, numbers: [] } }
  expect(byNumber({ ...conference('Weekly'), ...none, moderator: none.member })).toEqual([])
})
