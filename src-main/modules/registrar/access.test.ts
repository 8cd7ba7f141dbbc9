import { expect, it } from 'vitest'
import { createLog } from '../../platform/log.ts'
import { startApp } from '../../test/app.ts'
import { serverAfter, startPhone } from '../../test/sip-phone.ts'

it('looks at no more wrong passwords of one address after a while', async () => {
  const own = await startApp()
  try {
    const server = await serverAfter(own, { failures_per_source: 3, failure_window: 60 })
    const phone = await startPhone(server, 'udp')
    const contacts = [`<${phone.contact('x')}>`]
    const statuses = []
    for (let i = 0; i < 6; i += 1) {
      const { status } = await phone.register({ user: 'x', password: 'guess', contacts })
      statuses.push(status)
    }
    phone.close()
    expect(statuses.at(-1)).toBe(503)
    expect(statuses.slice(0, 2)).not.toContain(503)
  } finally {
    await own.dispose()
  }
})

it('logs who could not prove to be whom, and no password, right or wrong', async () => {
  const lines: string[] = []
  const own = await startApp({ log: createLog({ write: (line) => void lines.push(line) }) })
  try {
    const sip = { username: 'desk', password: 'the right one' }
    const path = `/v2/accounts/${own.accountId}/devices`
    await own.call('PUT', path, { json: { data: { name: 'Desk', sip } } })
    const phone = await startPhone(own.sip ?? '', 'udp')
    const request = { user: 'desk', contacts: [`<${phone.contact('desk')}>`] }
    await phone.register({ ...request, password: 'a wrong one' })
    await phone.register({ ...request, password: 'the right one' })
    phone.close()

    const log = lines.join('')
    expect(log).toMatch(/not authenticated.*"user":"desk","source":"127\.0\.0\.1:\d+"/)
    expect(log).toContain('"event":"doc_created"')
    expect(log).not.toMatch(/right one|wrong one/)
  } finally {
    await own.dispose()
  }
})

it('answers nobody who is not on the list of addresses', async () => {
  const own = await startApp()
  try {
    const server = await serverAfter(own, { allow_list: ['10.0.0.0/8'] })
    const phone = await startPhone(server, 'udp')
    const answer = await phone.send({ user: 'x', contacts: [`<${phone.contact('x')}>`] })
    phone.close()
    expect(answer.status).toBe(403)
  } finally {
    await own.dispose()
  }
})
