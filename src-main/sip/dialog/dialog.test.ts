import { expect, it } from 'vitest'
import { responseTo } from '../message/response.ts'
import { requestBytes, requestOf, responseOf } from '../test/requests.ts'
import { admitted, confirmed, counted, dialogAsClient, dialogAsServer, routed } from './dialog.ts'
import { glareDelayMs, refusalOfOffer } from './glare.ts'
import { agreeAsServer, agreedAsClient } from './session-timer.ts'

const invite = (fields: Record<string, string> = {}) =>
  requestOf(requestBytes('INVITE', { Contact: '<sip:ann@192.0.2.1:5062>', ...fields }))
const peer = { transport: 'udp', host: '192.0.2.1', port: 5062 } as const
const ok = (headers: { name: string; value: string }[]) =>
  responseOf(responseTo(invite(), peer, { status: 200, toTag: 'b', headers }))

it('keeps the route of an INVITE in order at the server and turned round at the client', () => {
  const route = '<sip:one.example;lr>, <sip:two.example;lr>'
  const server = dialogAsServer(invite({ 'Record-Route': route }), 'b')!
  expect(server.routes).toEqual(['<sip:one.example;lr>', '<sip:two.example;lr>'])

  const response = ok([
    { name: 'Record-Route', value: route },
    { name: 'Contact', value: '<sip:b@192.0.2.9>' },
  ])
  const client = dialogAsClient(response, { from: '<sip:ann@example.com>;tag=ann', target: 'x' })!
  expect(client.routes).toEqual(['<sip:two.example;lr>', '<sip:one.example;lr>'])
  expect([client.localTag, client.remoteTag, client.target]).toEqual([
    'ann',
    'b',
    'sip:b@192.0.2.9',
  ])
  expect(confirmed(client, ok([{ name: 'Contact', value: '<sip:c@192.0.2.9>' }]))).toMatchObject({
    target: 'sip:c@192.0.2.9',
    routes: [],
  })
})

it('sends to the Contact through loose routers, and to a strict one as it wants it', () => {
  const dialog = dialogAsServer(invite({ 'Record-Route': '<sip:one.example;lr>' }), 'b')!
  expect(routed(dialog)).toEqual({
    uri: 'sip:ann@192.0.2.1:5062',
    routes: ['<sip:one.example;lr>'],
  })
  expect(routed({ ...dialog, routes: ['<sip:old.example>', '<sip:two.example;lr>'] })).toEqual({
    uri: 'sip:old.example',
    routes: ['<sip:two.example;lr>', '<sip:ann@192.0.2.1:5062>'],
  })
})

it('makes no dialog of what it could never answer, and bears with a missing Contact', () => {
  expect(dialogAsServer(invite({ Contact: '', From: '<tel:123>;tag=1' }), 'b')).toBeUndefined()
  expect(dialogAsServer(invite({ Contact: '' }), 'b')?.target).toBe('sip:ann@example.com')
  const untagged = responseOf(responseTo(invite(), peer, { status: 180 }))
  expect(dialogAsClient(untagged, { from: '', target: 'sip:b@c' })).toBeUndefined()
  expect(dialogAsClient(ok([]), { from: '', target: 'sip:b@c' })?.target).toBe('sip:b@c')
})

it('counts its own requests and takes those of the other side in order, with where it moved to', () => {
  const dialog = dialogAsServer(invite({ CSeq: '7 INVITE' }), 'b')!
  expect(counted(dialog).localSeq).toBe(1)
  const at = (method: string, number: number) =>
    admitted(
      dialog,
      requestOf(
        requestBytes(method, { CSeq: `${number} ${method}`, Contact: '<sip:new@192.0.2.1>' }),
      ),
    )
  expect(at('BYE', 7)).toBeUndefined()
  expect(at('BYE', 9)).toMatchObject({ remoteSeq: 9, target: 'sip:ann@192.0.2.1:5062' })
  expect(at('UPDATE', 8)).toMatchObject({ remoteSeq: 8, target: 'sip:new@192.0.2.1' })
})

it('refuses an offer that meets another one, and waits longer when the Call-ID is its own', () => {
  expect([refusalOfOffer('idle'), refusalOfOffer('ours'), refusalOfOffer('theirs')]).toEqual([
    ...[undefined, 491, 500],
  ])
  const waits = [0, 0.999].flatMap((random) => [
    glareDelayMs(true, random),
    glareDelayMs(false, random),
  ])
  expect(waits).toEqual([2_100, 0, 3_990, 1_990])
})

it.each([
  [{}, { timer: undefined, headers: [] }],
  [{ Supported: 'timer' }, { timer: { intervalS: 1_800, isOurs: false } }],
  [{ Supported: 'timer', 'Min-SE': '3600' }, { timer: { intervalS: 3_600, isOurs: false } }],
  [{ k: '100rel, timer', x: '600;refresher=uas' }, { timer: { intervalS: 600, isOurs: true } }],
  [
    { Supported: 'timer', 'Session-Expires': '90 ; a=b;refresher=UAC' },
    { timer: { intervalS: 90, isOurs: false } },
  ],
  [{ 'Session-Expires': '600' }, { timer: { intervalS: 600, isOurs: true } }],
  [{ 'Session-Expires': 'soon' }, { timer: undefined }],
])('agrees to a session timer for %j', (fields, expected) => {
  expect(agreeAsServer(invite(fields))).toMatchObject(expected)
})

it('reads what the other side agreed to', () => {
  const agreed = (value: string) => agreedAsClient(ok([{ name: 'Session-Expires', value }]))
  expect(agreed('600;refresher=uas')).toEqual({ intervalS: 600, isOurs: false })
  expect(agreed('600;refresher=uac')).toEqual({ intervalS: 600, isOurs: true })
  expect(agreed('10')).toEqual({ intervalS: 90, isOurs: true })
  expect(agreedAsClient(ok([]))).toBeUndefined()
})
