import { afterAll, beforeAll, expect, it } from 'vitest'
import { listen } from './test/listen.ts'
import { startSeed, type SeedStage } from './test/seed-stage.ts'

let stage: SeedStage
beforeAll(async () => {
  stage = await startSeed()
}, 30_000)
afterAll(() => stage.dispose())

const remove = async (id: string, query = '') =>
  expect((await stage.app.call('DELETE', `${stage.base}/${id}${query}`)).status).toBe(200)
const restore = (id: string) =>
  stage.app.call('POST', `/studio/conferences/${id}/restore`, { json: { data: {} } })
const idsInList = async () =>
  (await stage.get('')).envelope.data.map(({ id }: { id: string }) => id) as string[]

it('brings back what was deleted, and tells of it', async () => {
  const { id, number } = await stage.newConference({ name: 'Weekly', member: { pins: ['123456'] } })
  const before = (await stage.get(id)).envelope
  const told = await listen(stage.app, 'object.*.conference')
  await remove(id)
  expect([(await stage.get(id)).status, (await idsInList()).includes(id)]).toEqual([404, false])

  const { status, envelope } = await restore(id)
  expect([status, envelope.status]).toEqual([200, 'success'])
  expect(envelope.data).toEqual({
    ...before.data,
    _read_only: { ...before.data._read_only, modified: expect.any(Number) },
  })
  expect(envelope.revision).toMatch(/^3-/)
  expect((await stage.get(id)).envelope.data).toEqual(envelope.data)
  expect(await idsInList()).toContain(id)
  const events = () => told.events().map(({ data }) => [data.event, data.id, data.rev])
  await expect.poll(events).toEqual([
    ['doc_deleted', id, expect.stringMatching(/^2-/)],
    ['doc_created', id, envelope.revision],
  ])
  told.close()

  // Its numbers are its own again.
  const other = await stage.put('', { data: { conference_numbers: [number] } })
  expect(other.envelope.data).toHaveProperty('numbers.unique.cause', number)
})

it('is refused, and changes nothing, where a number was taken meanwhile', async () => {
  const { id, number } = await stage.newConference()
  await remove(id)
  const other = await stage.created(stage.base, { moderator: { numbers: [number] } })
  const refused = await restore(id)
  expect([refused.status, refused.envelope.data]).toEqual([
    400,
    { numbers: { unique: { message: 'Numbers already in use', cause: number } } },
  ])
  expect((await stage.get(id)).status).toBe(404)

  await remove(other)
  expect((await restore(id)).status).toBe(200)
})

it('is refused where nothing is deleted, or nothing is left', async () => {
  const { id } = await stage.newConference()
  expect((await restore(id)).envelope.data).toHaveProperty('id.invalid')
  await remove(id, '?should_soft_delete=false')
  expect([(await restore(id)).status, (await restore('f'.repeat(32))).status]).toEqual([404, 404])
})

it('leaves who is in it where they are, and lets others call again', async () => {
  const conference = await stage.newConference({ name: 'Weekly' })
  const { id, number } = conference
  const { leave } = await stage.fill(conference)
  const [phone] = stage.phones
  const run = async () =>
    (await stage.get(`${id}/participants`)).envelope.data as { conference_uuid: string }[]
  const [{ conference_uuid: uuid } = { conference_uuid: '' }] = await run()

  await remove(id)
  expect((await stage.get(id)).envelope.data._read_only).toMatchObject({ members: 2 })
  await expect(phone!.call(number)).rejects.toMatchObject({ status: 404 })

  const { envelope } = await restore(id)
  expect(envelope.data).toMatchObject({
    name: 'Weekly',
    _read_only: { members: 2, is_running: true },
  })
  expect((await idsInList()).filter((each) => each === id)).toHaveLength(1)
  const back = await phone!.call(number)
  await expect
    .poll(async () => (await run()).map((each) => each.conference_uuid))
    .toEqual([uuid, uuid, uuid])
  await back.hangUp()
  await leave()
  await expect.poll(async () => (await run()).length).toBe(0)
  expect((await stage.get(id)).envelope.data._read_only).toMatchObject({ is_running: false })
})

it('is the only way back into one: dialling its id opens none of the same id without its PINs', async () => {
  const { id } = await stage.newConference({ member: { pins: ['123456'] } })
  await remove(id)
  const endpoints = [stage.phones[0]!.contact]
  const dial = () => stage.put(id, { action: 'dial', data: { endpoints, timeout: 1 } })
  const refused = await dial()
  expect([refused.status, refused.envelope.data]).toEqual([
    404,
    { message: 'the conference was deleted; restore it first', cause: id },
  ])
  expect((await stage.get(`${id}/participants`)).status).toBe(404)

  await restore(id)
  expect((await dial()).status).toBe(200)
})
