import { expect, it } from 'vitest'
import type { DeviceDocument } from '#contract/devices'
import { changeOf } from './device-change.ts'

const device: DeviceDocument = {
  id: 'd',
  name: 'Desk',
  owner_id: 'ada',
  enabled: true,
  sip: {
    username: '1001',
    password: 'open sesame',
    method: 'password',
    expire_seconds: 300,
    invite_format: 'contact',
  },
}

it('says nothing when what was typed is what is there', () => {
  expect(changeOf(device, {})).toBeUndefined()
  expect(changeOf(device, { name: 'Desk', password: 'open sesame', owner: 'ada' })).toBeUndefined()
})

it('says what differs and nothing else', () => {
  expect(changeOf(device, { name: 'Hall', password: 'shut sesame' })).toEqual({
    name: 'Hall',
    sip: { password: 'shut sesame' },
  })
  expect(changeOf(device, { enabled: false })).toEqual({ enabled: false })
})

it('takes the owner out with null', () => {
  expect(changeOf(device, { owner: '' })).toEqual({ owner_id: null })
})
