import { afterAll, beforeAll, expect, it } from 'vitest'
import { startApp, type TestApp } from '../../test/app.ts'

let app: TestApp

beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.dispose())

it('gives a new account its own id and key, whatever the client calls them', async () => {
  const data = { name: 'Second', id: 'mine', api_key: 'made up', note: 'kept' }
  const created = (await app.call('PUT', '/v2/accounts', { json: { data } })).envelope.data
  const read = (await app.call('GET', `/v2/accounts/${created.id}`)).envelope.data

  expect(created.id).toMatch(/^[0-9a-f]{32}$/)
  expect(created.api_key).toMatch(/^[0-9a-f]{64}$/)
  expect(read).toMatchObject({ id: created.id, name: 'Second', note: 'kept' })
  expect(read).not.toHaveProperty('api_key')
})

it('turns to the system library only where an operation says it can', async () => {
  const account = `/v2/accounts/${app.accountId}`
  await app.call('PUT', `${account}/media`, { json: { data: { name: 'Own' } } })

  expect((await app.call('GET', `${account}?target=system`)).status).toBe(200)
  expect((await app.call('GET', `${account}/media?target=system`)).envelope.data).toHaveLength(1)
  expect((await app.call('GET', '/studio/media?target=system')).envelope.data).toEqual([])
})
