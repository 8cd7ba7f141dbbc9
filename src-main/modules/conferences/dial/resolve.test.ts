import { describe, expect, it } from 'vitest'
import type { AppError } from '../../../platform/errors.ts'
import type { StoredDocument } from '../../../platform/documents/documents.ts'
import { parseUri, type Peer, type SipUri } from '../../../sip/sip.ts'
import type { Contact } from '../../registrar/registrar.ts'
import { resolve, type Directory } from './resolve.ts'

const hex = (digit: string) => digit.repeat(32)
const desk = hex('a')
const off = hex('b')
const ada = hex('c')
const nobody = hex('d')
const conference = hex('e')

const device = (id: string, body: object): StoredDocument => ({
  ...{ seq: 1, accountId: 'account', type: 'device', id, revision: '1-x', private: {} },
  ...{ created: 0, modified: 0, deleted: false },
  body: { name: 'Desk', enabled: true, sip: { method: 'password' }, ...body },
})

const contact = (uri: string, source: Partial<Peer> = {}): Contact => ({
  uri: parseUri(uri) as SipUri,
  source: { transport: 'udp', host: '10.0.0.5', port: 5060, ...source },
})

const devices = [
  device(desk, { owner_id: ada, sip: { username: '1001', method: 'password' } }),
  device(off, { owner_id: ada, enabled: false, sip: { username: '1002', method: 'password' } }),
]

const directory = (more: Partial<Directory> = {}): Directory => ({
  device: (id) => devices.find((each) => each.id === id),
  deviceBySipUsername: (name) => devices.find(({ body }) => (body.sip as any).username === name),
  isUser: (id) => id === ada || id === nobody,
  devicesOfUser: (id) => devices.filter(({ body }) => body.owner_id === id),
  contactsOf: (id) => (id === desk ? [contact('sip:1001@10.0.0.5:5062')] : []),
  isConference: (dialled) => dialled === '4000' || dialled === conference,
  isOwnHost: (host) => host === 'main.example',
  trunk: undefined,
  ...more,
})

const only = (endpoint: string | Record<string, unknown>, more: Partial<Directory> = {}) => {
  const [target, ...others] = resolve([endpoint], directory(more))
  expect(others).toEqual([])
  return target!
}

const refusal = (...endpoints: (string | Record<string, unknown>)[]): any => {
  try {
    return resolve(endpoints, directory())
  } catch (error) {
    return (error as AppError).details.data
  }
}

describe('a device', () => {
  it('is called at its contacts', () => {
    expect(only(desk)).toMatchObject({
      endpointId: desk,
      party: { name: 'Desk', number: '1001' },
      device: { id: desk },
      destinations: [{ uri: 'sip:1001@10.0.0.5:5062' }],
    })
  })

  it.each([
    ['behind a translator', 'sip:1001@192.168.1.7:5060', {}],
    ['on a connection', 'sip:1001@10.0.0.5:5062;transport=tcp', { transport: 'tcp' as const }],
  ])('%s is called where its registration came from', (_where, uri, source) => {
    const { destinations } = only(desk, { contactsOf: () => [contact(uri, source)] })
    expect(destinations).toEqual([{ uri, target: contact(uri, source).source }])
  })

  it('is not called when it is nowhere, or switched off', () => {
    const away = only(desk, { contactsOf: () => [] })
    expect([away.destinations, away.unreachable]).toEqual([[], 'USER_NOT_REGISTERED'])
    expect([only(off).destinations, only(off).unreachable]).toEqual([[], 'SUBSCRIBER_ABSENT'])
  })

  it.each([
    [{ invite_format: 'route', route: 'sip:gate@10.9.9.9:5080' }, 'sip:gate@10.9.9.9:5080'],
    [{ invite_format: 'route', route: 'gate@10.9.9.9' }, 'sip:gate@10.9.9.9'],
    [{ method: 'ip', ip: '10.9.9.8', username: 'gate' }, 'sip:gate@10.9.9.8'],
    [{ method: 'ip', ip: '10.9.9.8:5080' }, 'sip:10.9.9.8:5080'],
    [{ method: 'ip', ip: 'fe80::1' }, 'sip:[fe80::1]'],
  ])('with %j needs no registration', (sip, uri) => {
    const fixed = device(desk, { sip })
    expect(only(desk, { device: () => fixed }).destinations).toEqual([{ uri }])
    expect(only({ name: 'Gate', sip }).destinations).toEqual([{ uri }])
  })

  it('may be an object that says which one is meant', () => {
    expect(only({ sip: { username: '1001' } })).toMatchObject({ device: { id: desk } })
    expect(only({ id: desk, name: 'whatever' }).endpointId).toBe(desk)
    expect(only({ sip: { username: '1001' } }).endpointId).toMatch(/^[0-9a-f]{32}$/)
  })
})

describe('a user', () => {
  it('is called at every device that is switched on', () => {
    expect(resolve([ada], directory()).map(({ endpointId }) => endpointId)).toEqual([desk])
  })
})

describe('a number', () => {
  const trunk = {
    ...{ host: 'sip.example.com', port: 5070, transport: 'tcp' as const },
    ...{ username: 'me', password: 'secret' },
  }

  it('is first what a phone here would reach with it', () => {
    expect(only('1001', { trunk })).toMatchObject({ endpointId: '1001', device: { id: desk } })
    expect(only('4000', { trunk })).toMatchObject({
      destinations: [],
      unreachable: 'FACILITY_REJECTED',
    })
  })

  it('goes through the trunk when nobody here has it', () => {
    expect(only('+15551234#', { trunk }).destinations).toEqual([
      {
        uri: 'sip:+15551234%23@sip.example.com:5070;transport=tcp',
        credentials: { username: 'me', password: 'secret' },
        domain: 'sip.example.com',
      },
    ])
  })

  it('has no way out without a trunk', () => {
    const { destinations, unreachable } = only('5551234')
    expect([destinations, unreachable]).toEqual([[], 'NO_ROUTE_DESTINATION'])
  })
})

describe('a SIP URI', () => {
  it('is called as it is, and named after its user', () => {
    expect(only('sip:bob@example.com;x=1')).toEqual({
      endpointId: 'sip:bob@example.com;x=1',
      party: { name: 'bob', number: 'bob' },
      destinations: [{ uri: 'sip:bob@example.com;x=1' }],
      unreachable: 'INVALID_URL',
    })
  })

  it('is called without the headers it wants to be in the request', () => {
    expect(only('sip:a?b@example.com;x=1?Subject=hello').destinations).toEqual([
      { uri: 'sip:a?b@example.com;x=1' },
    ])
  })

  it('of the own domain is what its user is on a phone here', () => {
    expect(only('sip:1001@main.example').device?.id).toBe(desk)
    expect(only('sip:4000@main.example').unreachable).toBe('FACILITY_REJECTED')
    expect(only('sip:ghost@main.example')).toMatchObject({
      destinations: [],
      unreachable: 'UNALLOCATED_NUMBER',
    })
  })
})

describe('an endpoint', () => {
  it.each([
    'not a number',
    'alice',
    'sip:',
    'sip:a b@c',
    'sip:a@b>,<sip:c@d',
    'tel:+1555',
    'sips:a@b',
  ])('cannot be %j', (text) => {
    expect(refusal(text)).toEqual({
      'data.endpoints.1': { enum: { message: expect.any(String), value: text } },
    })
  })

  it.each([
    {},
    { sip: {} },
    { sip: { username: 'unknown' } },
    { sip: 'x' },
    { sip: { method: 'ip', ip: 5 } },
  ])('cannot be the object %j', (value) => {
    expect(Object.keys(refusal(value)['data.endpoints.1'])).toEqual(['enum'])
  })

  it('that is wrong is named by its place, from 1, beside all others that are wrong', () => {
    const unknown = hex('f')
    expect(refusal(desk, unknown, nobody, 'alice')).toMatchObject({
      'data.endpoints.2': { not_found: { message: `ID ${unknown} not found` } },
      'data.endpoints.3': { minItems: { target: 1 } },
      'data.endpoints.4': { enum: {} },
    })
  })

  it('is no other conference: they would hear each other', () => {
    expect(only(conference).unreachable).toBe('FACILITY_REJECTED')
  })
})
