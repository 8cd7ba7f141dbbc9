import { expect, it } from 'vitest'
import {
  createPinGuard,
  MEMORY_MS,
  MOST_OF_A_CALLER,
  MOST_OF_STRANGERS,
  type Guesser,
} from './pin-guard.ts'

const createTrial = () => {
  let nowMs = 0
  const guard = createPinGuard({ clock: { nowMs: () => nowMs } })
  const stranger: Guesser = { conferenceId: 'c', deviceId: undefined, number: '555' }
  const guess = (times: number, guesser: Partial<Guesser> = {}) => {
    for (let i = 0; i < times; i++) guard.wrong({ ...stranger, ...guesser })
  }
  const isBlocked = (guesser: Partial<Guesser> = {}) => guard.isBlocked({ ...stranger, ...guesser })
  return { guess, isBlocked, pass: (ms: number) => (nowMs += ms) }
}

it('blocks a caller after so many wrong PINs, for that conference', () => {
  const { guess, isBlocked } = createTrial()
  guess(MOST_OF_A_CALLER - 1)
  expect(isBlocked()).toBe(false)
  guess(1)
  expect(isBlocked()).toBe(true)
  expect(isBlocked({ number: '556' })).toBe(false)
  expect(isBlocked({ conferenceId: 'd' })).toBe(false)
})

it('forgets a wrong PIN after its time', () => {
  const { guess, isBlocked, pass } = createTrial()
  guess(1)
  pass(1000)
  guess(MOST_OF_A_CALLER - 1)
  pass(MEMORY_MS - 1001)
  expect(isBlocked()).toBe(true)
  pass(1)
  expect(isBlocked()).toBe(false)
})

it('blocks strangers who change their number, but not the phones of the account', () => {
  const { guess, isBlocked } = createTrial()
  for (let i = 0; i < MOST_OF_STRANGERS; i++) guess(1, { number: String(i) })
  expect(isBlocked({ number: 'new' })).toBe(true)
  expect(isBlocked({ deviceId: 'd1' })).toBe(false)
})

it('blocks a phone by itself, whatever number it says', () => {
  const { guess, isBlocked } = createTrial()
  for (let i = 0; i < MOST_OF_A_CALLER; i++) guess(1, { deviceId: 'd1', number: String(i) })
  expect(isBlocked({ deviceId: 'd1', number: 'new' })).toBe(true)
  expect(isBlocked({ deviceId: 'd2' })).toBe(false)
  expect(isBlocked()).toBe(false)
})
