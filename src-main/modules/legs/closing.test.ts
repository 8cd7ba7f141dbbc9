import { expect, it } from 'vitest'
import { startApp } from '../../test/app.ts'
import { startCallPhone } from '../../test/call-phone.ts'

it('hangs up everybody when the application closes, and frees what they had', async () => {
  const app = await startApp()
  const base = `/v2/accounts/${app.accountId}`
  const password = 'correct-horse'
  const add = (path: string, data: object) => app.call('PUT', base + path, { json: { data } })
  await add('/devices', { name: 'Ann', sip: { username: 'ann', password } })
  await add('/conferences', { name: 'Standup', conference_numbers: ['1234'] })
  const phone = await startCallPhone(app.sip ?? '', { user: 'ann', password })
  const call = await phone.call('1234')
  await app.dispose()

  expect((await call.ended)?.one('Reason')).toContain('SYSTEM_SHUTDOWN')
  await phone.close()
})

it('stops what rings, and answers at once who waits for it', async () => {
  const app = await startApp()
  const path = `/v2/accounts/${app.accountId}/conferences/standup`
  const phone = await startCallPhone(app.sip ?? '', { user: 'bob' })
  phone.onInvite({ status: null })
  const json = { action: 'dial', data: { endpoints: [phone.contact], timeout: 60 } }
  const dialling = app.call('PUT', path, { json })
  const methods = () => phone.received.map(({ method }) => method)
  await expect.poll(methods).toEqual(['INVITE'])
  const from = performance.now()
  await app.dispose()

  expect(performance.now() - from).toBeLessThan(2_500)
  expect(methods()).toEqual(['INVITE', 'CANCEL', 'ACK'])
  expect((await dialling).envelope.data.endpoint_responses).toMatchObject([
    { status: 'error', message: 'SYSTEM_SHUTDOWN' },
  ])
  await phone.close()
})
