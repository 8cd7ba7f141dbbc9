import { afterAll, beforeAll, beforeEach } from 'vitest'
import type { DialEvent } from '#contract/conference-events'
import { parseUri, type SipUri } from '../../../sip/sip.ts'
import { startApi, type TestApi } from '../../../test/api.ts'
import { createDevices, type Devices } from '../../devices/devices.ts'
import { createUsers, type Users } from '../../users/users.ts'
import { createConferenceCollection, type ConferenceCollection } from '../collection.ts'
import { createDialling } from '../dial/dial.ts'
import { directoryOf } from '../dial/directory.ts'
import { conferenceRoutes } from '../routes.ts'
import { fakeLegs, type FakeLegs } from './fake-legs.ts'
import { fakeRooms, type FakeRooms } from './fake-rooms.ts'

/** Dialling by the API, with legs and rooms that only note what is asked of them; both are new for every test. */
export const setDialStage = () => {
  let api: TestApi
  let devices: Devices
  let users: Users
  let conferences: ConferenceCollection
  let legs: FakeLegs
  let rooms: FakeRooms
  let events: DialEvent[]
  const contacts: Record<string, string[]> = {}

  beforeEach(() => {
    legs = fakeLegs()
    rooms = fakeRooms()
    events = []
  })

  beforeAll(async () => {
    api = await startApi((parts) => {
      devices = createDevices(parts)
      users = createUsers(parts)
      conferences = createConferenceCollection(parts)
      const contactsOf = (id: string) =>
        (contacts[id] ?? []).map((uri) => ({
          uri: parseUri(uri) as SipUri,
          source: { transport: 'udp' as const, host: '127.0.0.1', port: 5060 },
        }))
      const running: Pick<FakeRooms, 'get' | 'ofAccount' | 'admit'> = {
        get: (...key) => rooms.get(...key),
        ofAccount: (accountId) => rooms.ofAccount(accountId),
        admit: (admission) => rooms.admit(admission),
      }
      const dialling = createDialling({
        ...{ ...parts, conferences, rooms: running, legs: { place: (call) => legs.place(call) } },
        directoryOf: directoryOf({
          ...{ ...parts, devices, conferences, rooms: running, registrar: { contactsOf } },
          domainOf: () => 'main.example',
          trunk: () => ({ host: '', port: 5060, transport: 'udp', username: '' }),
        }),
        emit: (event) => events.push(event),
      })
      return conferenceRoutes({
        ...{ conferences, dialling, rooms: running, validator: parts.validator },
        askedBy: () => ({ kind: 'api_key' }),
        tell: () => undefined,
        looking: () => ({ nowMs: Date.now(), hostname: 'localhost' }),
      })
    })
  })
  afterAll(() => api.dispose())

  const phone = async (username: string, at: string[], owner?: string): Promise<string> => {
    const body = { name: username, enabled: true, sip: { username, method: 'password' } }
    const input = owner === undefined ? body : { ...body, owner_id: owner }
    const { id } = await devices.create(api.accountId, input, 'test')
    contacts[id] = at
    return id
  }
  const user = async (): Promise<string> =>
    (await users.create(api.accountId, { first_name: 'Ada', last_name: 'King' }, 'test')).id

  const dial = (id: string, data: object) =>
    api.call('PUT', `/conferences/${id}`, { action: 'dial', data: { data } })
  const conference = async (data: object = {}): Promise<string> =>
    ((await api.call('PUT', '/conferences', { data })).envelope.data as { id: string }).id

  return {
    ...{ phone, user, dial, conference },
    api: () => api,
    conferences: () => conferences,
    legs: () => legs,
    rooms: () => rooms,
    events: () => events,
  }
}
