import { createSocket } from 'node:dgram'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { HistoryEntry } from '#contract/board'
import type { EndpointResponse } from '#contract/dialling'
import { startCallPhone, type CallPhone, type InviteAnswer } from '../../../test/call-phone.ts'
import { startSeed, type SeedStage } from '../test/seed-stage.ts'

const patient = { timeout: 10_000 }

let stage: SeedStage
let id: string
const phones: CallPhone[] = []
beforeAll(async () => {
  stage = await startSeed()
}, 30_000)
afterAll(() => stage.dispose())
afterEach(async () => {
  for (const phone of phones.splice(0)) await phone.close()
})

/** A phone that rings for ever, unless told otherwise. */
const phone = async (answer: InviteAnswer = { status: null }): Promise<CallPhone> => {
  const made = await startCallPhone(stage.app.sip ?? '', { user: `phone${phones.length}` })
  made.onInvite(answer)
  phones.push(made)
  return made
}

const callIdOf = ({ received }: CallPhone) => received[0]?.one('Call-ID') ?? ''
const events = async (kind: string) => {
  const path = `/studio/conferences/${id}/history?talking=false`
  const entries = (await stage.app.call('GET', path)).envelope.data as HistoryEntry[]
  return entries.map(({ event }) => event).filter(({ event }) => event === kind)
}
/** Calls these phones into a conference; resolves once all ring, or were called where they do not. */
const dial = async (jobId: string, called: readonly CallPhone[], more: object = {}) => {
  id = (await stage.newConference()).id
  const data = { endpoints: called.map(({ contact }) => contact), job_id: jobId, timeout: 60 }
  const answer = stage.put(id, { action: 'dial', data: { ...data, ...more } })
  for (const each of called) await expect.poll(() => callIdOf(each), patient).not.toBe('')
  const outcome = async () => {
    const responses = (await answer).envelope.data.endpoint_responses as EndpointResponse[]
    return responses.map(({ status, message }) => (status === 'error' ? message : status))
  }
  return { outcome }
}
const allRing = (count: number) =>
  expect.poll(async () => (await events('dial-ringing')).length, patient).toBe(count)

const cancel = (jobId: string, data: object = {}, token?: string) =>
  stage.app.call('POST', `/studio/conferences/${id}/dials/${jobId}/cancel`, {
    ...{ json: { data }, ...(token !== undefined && { token }) },
  })
const got = (each: CallPhone, ...methods: string[]) =>
  expect.poll(() => each.received.map(({ method }) => method), patient).toEqual(methods)
const portOf = ({ received }: CallPhone) =>
  Number(/m=audio (\d+)/.exec(received[0]?.body ?? '')?.[1])
const isFree = (port: number) =>
  new Promise<boolean>((resolve) => {
    const socket = createSocket('udp4')
    socket.once('error', () => resolve(false))
    socket.bind(port, '127.0.0.1', () => socket.close(() => resolve(true)))
  })

it('stops one phone of several, and the others ring on', async () => {
  const [ada, bob] = [await phone(), await phone()]
  const { outcome } = await dial('one', [ada, bob])
  await allRing(2)
  expect(await isFree(portOf(ada))).toBe(false)

  const { status, envelope } = await cancel('one', { call_id: callIdOf(ada) })

  expect([status, envelope.data]).toEqual([200, { call_ids: [callIdOf(ada)] }])
  await got(ada, 'INVITE', 'CANCEL', 'ACK')
  const [invite, stop, ack] = ada.received
  for (const each of [stop, ack]) {
    expect(each?.one('Via')).toBe(invite?.one('Via'))
    expect(each?.one('CSeq').split(' ')[0]).toBe(invite?.one('CSeq').split(' ')[0])
  }
  expect(stop?.one('Reason')).toContain('ORIGINATOR_CANCEL')
  expect(await events('dial-failed')).toMatchObject([
    { cause: 'ORIGINATOR_CANCEL', by: { kind: 'application' }, call_id: callIdOf(ada) },
  ])
  await expect.poll(() => isFree(portOf(ada)), patient).toBe(true)
  await got(bob, 'INVITE')

  await cancel('one')
  expect(await outcome()).toEqual(['ORIGINATOR_CANCEL', 'ORIGINATOR_CANCEL'])
  await got(bob, 'INVITE', 'CANCEL', 'ACK')
})

it('stops everything that rings, and leaves alone who has answered', async () => {
  const [ada, bob, eve] = [await phone({ status: 200 }), await phone(), await phone()]
  const answered = ada.answered()
  const { outcome } = await dial('all', [ada, bob, eve])
  const call = await answered
  await allRing(3)
  await expect.poll(async () => (await events('dial-answered')).length, patient).toBe(1)

  expect((await cancel('all', { call_id: callIdOf(ada) })).status).toBe(409)
  const { envelope } = await cancel('all')

  expect(envelope.data.call_ids).toEqual([callIdOf(bob), callIdOf(eve)])
  expect(await outcome()).toEqual(['success', 'ORIGINATOR_CANCEL', 'ORIGINATOR_CANCEL'])
  for (const each of [bob, eve]) await got(each, 'INVITE', 'CANCEL', 'ACK')
  expect((await stage.get(`${id}/participants`)).envelope.data).toMatchObject([
    { call_id: callIdOf(ada) },
  ])
  await got(ada, 'INVITE', 'ACK')
  await call.hangUp()
})

it('tells who called it off, not who dialled', async () => {
  const ada = await phone()
  const { outcome } = await dial('by', [ada])
  const file = await readFile(join(stage.app.dataDir, 'credentials.json'), 'utf8')
  const { api_key: key } = JSON.parse(file) as { api_key: string }
  const json = { data: { api_key: key } }
  const script = await stage.app.call('PUT', '/v2/api_auth', { json, token: null })
  expect((await cancel('by', {}, script.envelope.auth_token)).status).toBe(200)
  await outcome()
  expect(await events('dial-started')).toMatchObject([{ by: { kind: 'application' } }])
  expect(await events('dial-failed')).toMatchObject([{ by: { kind: 'api_key' } }])
})

it('waits with the CANCEL for a sign of the phone, and nobody waits for that', async () => {
  const ada = await phone({ ring: null, status: null })
  const { outcome } = await dial('silent', [ada])
  expect((await cancel('silent')).status).toBe(200)
  expect(await outcome()).toEqual(['ORIGINATOR_CANCEL'])
  await got(ada, 'INVITE')

  const [invite] = ada.received
  const fields = ['Via', 'From', 'To', 'Call-ID', 'CSeq']
  const lines = fields.map((name) => `${name}: ${invite?.one(name)}`)
  ada.sendRaw(['SIP/2.0 100 Trying', ...lines, 'Content-Length: 0', '', ''].join('\r\n'))
  await got(ada, 'INVITE', 'CANCEL', 'ACK')
})

describe('hangs up who answers in the same moment', () => {
  it.each([
    ['once it rang', { status: null, cancelled: 200 }, ['INVITE', 'CANCEL', 'ACK', 'BYE']],
    ['without a sign before', { ring: null, afterMs: 400 }, ['INVITE', 'ACK', 'BYE']],
  ] as const)('%s', async (_when, answer, methods) => {
    const ada = await phone(answer)
    const answered = ada.answered()
    const { outcome } = await dial('crossing', [ada])
    if (!('ring' in answer)) await allRing(1)
    expect((await cancel('crossing')).status).toBe(200)
    expect(await outcome()).toEqual(['ORIGINATOR_CANCEL'])
    expect((await (await answered).ended)?.one('Reason')).toContain('ORIGINATOR_CANCEL')
    await got(ada, ...methods)
    expect(await events('add-member')).toEqual([])
    await expect.poll(() => isFree(portOf(ada)), patient).toBe(true)
  })
})

it('frees what was called off to be called again, by the same Call-ID', async () => {
  const ada = await phone()
  const first = await dial('again', [ada], { outbound_call_id: 'again-1' })
  await cancel('again')
  await first.outcome()
  await got(ada, 'INVITE', 'CANCEL', 'ACK')
  const bob = await phone({ status: 486 })
  const data = { endpoints: [bob.contact], job_id: 'again', outbound_call_id: 'again-1' }
  const { envelope } = await stage.put(id, { action: 'dial', data })
  expect(envelope.data.endpoint_responses).toMatchObject([{ message: 'USER_BUSY' }])
})

it('refuses, and changes nothing, where nobody is called', async () => {
  const ada = await phone()
  const { outcome } = await dial('real', [ada])
  await allRing(1)
  const { token } = await stage.otherAccount('Other')
  const wrong = [
    await cancel('no-such-job'),
    await cancel('real', { call_id: 'no-such-call' }),
    await cancel('real', {}, token),
  ]
  for (const { status, envelope } of wrong) {
    expect([status, envelope.message]).toEqual([404, 'bad_identifier'])
    expect(envelope.data.message).toContain('this dial is not going on')
  }
  expect((await cancel('real', { call_id: 5 })).status).toBe(400)
  await got(ada, 'INVITE')
  expect(await events('dial-failed')).toEqual([])

  await cancel('real')
  await outcome()
  expect((await cancel('real')).status).toBe(404)
})

it('tells an end of the other side apart from calling it off', async () => {
  const ada = await phone({ status: 487 })
  const { outcome } = await dial('theirs', [ada])
  expect(await outcome()).toEqual(['NORMAL_CLEARING'])
})
