import { expect, it } from 'vitest'
import type { SipSettingsReply } from '#contract/sip'
import { sipChangeOf } from './sip-draft.ts'

const saved: SipSettingsReply = {
  enabled: true,
  bind: '127.0.0.1',
  port: 5060,
  realm: '',
  authenticate_calls: true,
  allow_list: [],
  minimum_expires: 60,
  maximum_expires: 3600,
  failures_per_source: 20,
  failure_window: 60,
  trunk: { host: '', port: 5060, transport: 'udp', username: '', has_password: false },
}

it('saves nothing that is as it was', () => {
  const draft = { bind: '127.0.0.1', allow_list: [], trunk: { host: '' } }
  expect(sipChangeOf(saved, draft)).toBeUndefined()
})

it('saves what differs, inside the trunk too', () => {
  const draft = { port: 5070, bind: '127.0.0.1', trunk: { host: 'sip.example.com', port: 5060 } }
  expect(sipChangeOf(saved, draft)).toEqual({ port: 5070, trunk: { host: 'sip.example.com' } })
})

it('saves a trunk password that was typed', () => {
  expect(sipChangeOf(saved, { trunk: { password: 'secret' } })).toEqual({
    trunk: { password: 'secret' },
  })
})
