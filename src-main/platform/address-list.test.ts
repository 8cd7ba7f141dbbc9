import { expect, it } from 'vitest'
import { createAddressList, subnetOf } from './address-list.ts'

it.each([
  ['192.168.1.7', true],
  ['192.168.2.7', false],
  ['10.1.2.3', true],
  ['10.1.2.4', false],
  ['fd00::1', true],
  ['fe80::1', false],
  ['::ffff:10.1.2.3', true],
])('of a list with networks and an address, %s is in it: %s', (address, isIn) => {
  const has = createAddressList(['192.168.1.0/24', '10.1.2.3', 'fd00::/8'])
  expect(has(address)).toBe(isIn)
})

it('without entries has every address', () => {
  expect(createAddressList([])('203.0.113.5')).toBe(true)
})

it.each([
  '',
  'host',
  '10.0.0',
  '10.0.0.0/',
  '10.0.0.0/33',
  '10.0.0.0/-1',
  '10.0.0.0/8/8',
  '::/129',
])('takes %j for no network', (text) => {
  expect(subnetOf(text)).toBeUndefined()
})
