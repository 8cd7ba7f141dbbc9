import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { startApp } from '../../test/app.ts'
import { startCallPhone } from '../../test/call-phone.ts'

it('brings a whole recording into the library when the application closes', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'patchbay-'))
  const app = await startApp({ dataDir })
  const account = `/v2/accounts/${app.accountId}`
  const put = (action: string, data: object) =>
    app.call('PUT', `${account}/conferences/standup`, { json: { action, data } })
  const phone = await startCallPhone(app.sip ?? '', { user: 'bob' })
  await put('dial', { endpoints: [phone.contact] })
  await put('record', { action: 'start' })
  const ticks = async () => (await app.engineHealth()).ticks
  const from = await ticks()
  await expect.poll(ticks, { timeout: 5_000 }).toBeGreaterThan(from + 50)
  const recorded = (await ticks()) - from
  await app.close()

  expect(await readdir(join(dataDir, 'recordings'))).toEqual([])
  const again = await startApp({ dataDir })
  const { envelope } = await again.call('GET', `${account}/media?filter_conference_id=standup`)
  const { id } = envelope.data[0]
  const facts = (await again.call('GET', `${account}/media/${id}`)).envelope.data._read_only.file
  expect(facts.audio.duration_ms).toBeGreaterThanOrEqual(recorded * 20)
  await again.close()
  await phone.close()
  await rm(dataDir, { recursive: true })
})
