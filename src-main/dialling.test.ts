import { afterEach, beforeEach, expect, it } from 'vitest'
import type { DialEvent } from '#contract/conference-events'
import { systemClock } from './platform/clock.ts'
import { newId, type StoredDocument } from './platform/documents/documents.ts'
import { createBus } from './platform/events/bus.ts'
import { createValidator } from './platform/http/validate.ts'
import { silentLog } from './platform/log.ts'
import { parseUri, type SipUri } from './sip/sip.ts'
import type { CallPhone } from './test/call-phone.ts'
import type { Devices } from './modules/devices/devices.ts'
import { password, startBench, type LegBench } from './test/leg-bench.ts'
import { createRegistrar } from './modules/registrar/registrar.ts'
import { toConference } from './modules/conferences/document.ts'
import { fakeRooms, type FakeRooms } from './modules/conferences/test/fake-rooms.ts'
import { createDialling, type Dialling } from './modules/conferences/dial/dial.ts'
import type { Directory } from './modules/conferences/dial/resolve.ts'

/** Dialling with SIP phones on real sockets; only what happens in the room is noted instead of done. */
const accountId = 'account-1'
const deskId = newId()

let bench: LegBench
let rooms: FakeRooms
let dialling: Dialling
let directory: Directory
let events: DialEvent[]

const desk: StoredDocument = {
  ...{ seq: 1, accountId, type: 'device', id: deskId, revision: '1-x', private: {} },
  ...{ created: 0, modified: 0, deleted: false },
  body: { name: 'Desk', enabled: true, sip: { username: 'desk', method: 'password' } },
}

/** The device registered from these phones. */
const registeredAt = (...phones: CallPhone[]) =>
  phones.map(({ contact, port }) => ({
    uri: parseUri(contact) as SipUri,
    source: { transport: 'udp' as const, host: '127.0.0.1', port },
  }))

beforeEach(async () => {
  bench = await startBench()
  rooms = fakeRooms()
  events = []
  directory = {
    device: (id) => (id === deskId ? desk : undefined),
    deviceBySipUsername: () => undefined,
    isUser: () => false,
    devicesOfUser: () => [],
    contactsOf: () => [],
    isConference: () => false,
    isOwnHost: () => false,
    trunk: undefined,
  }
  const body = {
    ...{ name: 'Weekly', conference_numbers: ['4000'], play_name: false },
    member: { numbers: [] },
    moderator: { numbers: [] },
  }
  dialling = createDialling({
    ...{ log: silentLog, validator: createValidator(), legs: bench.legs, rooms },
    conferences: {
      byId: (_, id) => toConference({ id, accountId, body }),
      adHoc: () => {
        throw new Error('there is a document')
      },
    },
    directoryOf: () => directory,
    emit: (event) => events.push(event),
  })
})
afterEach(async () => {
  await bench.dispose()
  expect([bench.engine.legs.size, bench.legs.count()]).toEqual([0, 0])
})

const dial = async (endpoints: string[], more: object = {}) =>
  (await dialling.dial({ accountId, conferenceId: 'weekly', data: { endpoints, ...more } }))
    .endpoint_responses

it('tells for each phone whether it came, is busy or never answered', async () => {
  const [ann, bob, eve] = [await bench.phone(), await bench.phone(), await bench.phone()]
  bob.onInvite({ status: 486 })
  eve.onInvite({ status: null })
  const answered = ann.answered()
  const responses = await dial([ann.contact, bob.contact, eve.contact, 'sip:x@127.0.0.1:1'], {
    timeout: 1,
    outbound_call_id: 'xyz-abc',
    caller_id_name: 'Conference XYZ',
    caller_id_number: '5551212',
  })
  const invite = ann.received[0]

  expect(responses.slice(0, 3)).toMatchObject([
    { status: 'success', call_id: 'xyz-abc', message: 'dial resulted in call id xyz-abc' },
    { status: 'error', message: 'USER_BUSY' },
    { status: 'error', message: 'NO_ANSWER' },
  ])
  expect(responses[3]).toMatchObject({ status: 'error' })
  expect((await answered).callId).toBe('xyz-abc')
  expect(invite?.one('From')).toContain('"Conference XYZ" <sip:5551212@one.example>')
  expect(rooms.admissions.map(({ leg }) => leg.callId)).toEqual(['xyz-abc'])
  const toEve = events.filter(({ endpoint_id: to }) => to === eve.contact)
  expect(toEve.map(({ event }) => event)).toEqual(['dial-started', 'dial-ringing', 'dial-failed'])
})

it('rings all contacts of a device, and stops the others when one answers', async () => {
  const [slow, quick] = [await bench.phone(), await bench.phone()]
  slow.onInvite({ status: null })
  quick.onInvite({ afterMs: 50 })
  directory = { ...directory, contactsOf: () => registeredAt(slow, quick) }
  const [response] = await dial([deskId])

  expect(response).toMatchObject({ endpoint_id: deskId, status: 'success' })
  expect(rooms.admissions[0]?.leg).toMatchObject({
    party: { name: 'Desk', number: 'desk' },
    device: { id: deskId },
  })
  const methods = () => slow.received.map(({ method }) => method)
  await expect.poll(methods).toEqual(['INVITE', 'CANCEL', 'ACK'])
  expect(quick.received.map(({ method }) => method)).toEqual(['INVITE', 'ACK'])
})

it('calls a device where it registered', async () => {
  const ann = await bench.phone({ password })
  const device = { ...{ id: deskId, accountId, name: 'Desk' }, enabled: true, password }
  const registrar = createRegistrar({
    ...{ scope: bench.legScope, log: silentLog, clock: systemClock },
    events: createBus(() => undefined),
    devices: { bySipUsername: () => ({ ...device, method: 'password' }) } as unknown as Devices,
    settings: () => ({ allow_list: [], minimum_expires: 1, maximum_expires: 60 }) as never,
    accountOf: () => accountId,
  })
  registrar.serve(bench.sip)
  directory = { ...directory, contactsOf: registrar.contactsOf }
  expect(await dial([deskId])).toMatchObject([{ message: 'USER_NOT_REGISTERED' }])
  expect(await ann.register()).toBe(200)
  expect(await dial([deskId])).toMatchObject([{ endpoint_id: deskId, status: 'success' }])
  expect(ann.received[0]?.uri).toBe(ann.contact)
})

it('sends numbers nobody here has to the trunk', async () => {
  const provider = await bench.phone()
  const trunk = { host: '127.0.0.1', port: provider.port, transport: 'udp' as const, username: '' }
  directory = { ...directory, trunk }
  const [response] = await dial(['+15551234'])

  expect(response).toMatchObject({ endpoint_id: '+15551234', status: 'success' })
  expect(provider.received[0]?.uri).toBe(`sip:+15551234@127.0.0.1:${provider.port};transport=udp`)
})

it('hangs up who answers and finds no seat', async () => {
  const ann = await bench.phone()
  const answered = ann.answered()
  rooms.refusal = 'full'
  expect(await dial([ann.contact])).toMatchObject([{ message: 'conference is full' }])
  expect((await (await answered).ended)?.one('Reason')).toContain('cause=21')
})
