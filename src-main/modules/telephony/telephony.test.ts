import { expect, it } from 'vitest'
import type { ObjectEvent } from '#contract/events'
import type { SipSettings } from '#contract/sip'
import { systemClock } from '../../platform/clock.ts'
import { createBus } from '../../platform/events/bus.ts'
import { silentLog } from '../../platform/log.ts'
import { createScope } from '../../platform/scope.ts'
import type { Sip } from '../../sip/sip.ts'
import { startCallPhone } from '../../test/call-phone.ts'
import { startTelephony } from './telephony.ts'

it('lets those who take part say goodbye before a stack stops, whether it restarts or ends', async () => {
  const scope = createScope('telephony')
  const events = createBus<ObjectEvent>(() => undefined)
  let settings: SipSettings = {
    ...{ enabled: true, bind: '127.0.0.1', port: 0, realm: '', allow_list: [] },
    ...{ authenticate_calls: true, minimum_expires: 60, maximum_expires: 3600 },
    ...{ failures_per_source: 20, failure_window: 60 },
    trunk: { host: '', port: 5060, transport: 'udp', username: '' },
  }
  const phone = await startCallPhone('127.0.0.1:9', { user: 'ann' })
  const answers: number[] = []
  const sayGoodbye = (sip: Sip) => async () => {
    const { status } = await sip.request({
      ...{ method: 'OPTIONS', uri: phone.contact, from: '<sip:us@127.0.0.1>' },
    })
    answers.push(status)
  }
  const telephony = await startTelephony({
    ...{ scope, log: silentLog, clock: systemClock, events, settings: () => settings },
    ...{ realm: () => 'one.example', product: 'Patchbay', port: undefined },
    participants: [() => undefined, sayGoodbye],
  })
  const former = telephony.address()
  settings = { ...settings, realm: 'two.example' }
  events.emit({ event: 'doc_edited', type: 'settings', id: 'sip', account_id: '*' })
  await telephony.settled()
  expect(answers).toHaveLength(1)
  expect(telephony.address()).not.toBe(former)

  await scope.dispose()
  expect(answers).toHaveLength(2)
  expect(phone.received.map(({ method }) => method)).toEqual(['OPTIONS', 'OPTIONS'])
  await phone.close()
})
