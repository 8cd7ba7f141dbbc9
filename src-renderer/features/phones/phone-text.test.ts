import { expect, it } from 'vitest'
import type { DeviceSummary } from '#contract/devices'
import { fits, newSipPassword, nextUsername, rowsOf, serverText } from './phone-text.ts'

const device = (more: Partial<DeviceSummary>): DeviceSummary => ({
  id: 'd',
  name: 'Desk',
  enabled: true,
  registered: false,
  ...more,
})
const ada = {
  id: 'ada',
  first_name: 'Ada',
  last_name: 'Lovelace',
  priv_level: 'user',
  enabled: true,
}
const registration = {
  contact: 'sip:1001@10.0.0.7:5062',
  source: '10.0.0.7:5062',
  transport: 'udp',
  user_agent: 'baresip v1.0.0',
  registered: 1,
  expires: 2,
}

it('shows with a phone whose it is and where it is', () => {
  const rows = rowsOf(
    [device({ id: 'a', owner_id: 'ada' }), device({ id: 'b', owner_id: 'gone' }), device({})],
    [{ device_id: 'a', registered: true, registrations: [registration] }],
    [ada],
  )
  expect(rows.map(({ owner }) => owner)).toEqual(['Ada Lovelace', 'somebody who left', undefined])
  expect(rows.map(({ registrations }) => registrations.length)).toEqual([1, 0, 0])
})

it('lists phones by name, as people count', () => {
  const named = ['desk 10', 'Desk 2', 'attic'].map((name) => device({ id: name, name }))
  expect(rowsOf(named, [], []).map(({ name }) => name)).toEqual(['attic', 'Desk 2', 'desk 10'])
})

it.each([
  ['desk 1001', true],
  ['LOVELACE', true],
  ['10.0.0.7 bare', true],
  ['desk 1002', false],
])('finds %j: %s', (search, isFound) => {
  const [row] = rowsOf(
    [device({ id: 'a', username: '1001', owner_id: 'ada' })],
    [{ device_id: 'a', registered: true, registrations: [registration] }],
    [ada],
  )
  expect(row && fits(row, search)).toBe(isFound)
})

it('proposes the number after the highest, beginning with 1001', () => {
  expect(nextUsername([])).toBe('1001')
  expect(nextUsername([device({ username: 'desk' }), device({ username: '12' })])).toBe('1001')
  expect(nextUsername([device({ username: '1001' }), device({ username: '2300' })])).toBe('2301')
})

it('makes passwords that the API takes and nobody mistypes', () => {
  const made = new Set(Array.from({ length: 200 }, newSipPassword))
  expect(made.size).toBe(200)
  for (const password of made) expect(password).toMatch(/^[a-hjkmnp-z2-9]{16}$/)
})

it.each([
  ['127.0.0.1:5060', { host: '127.0.0.1', port: '5060', reach: 'here' }],
  ['[::1]:5060', { host: '::1', port: '5060', reach: 'here' }],
  ['192.168.1.5:5070', { host: '192.168.1.5', port: '5070', reach: 'named' }],
  ['0.0.0.0:5060', { host: '0.0.0.0', port: '5060', reach: 'any' }],
])('takes %s apart', (address, parts) => {
  expect(serverText(address)).toEqual(parts)
})
