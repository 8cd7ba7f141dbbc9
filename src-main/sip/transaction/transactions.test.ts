import { beforeEach, expect, it } from 'vitest'
import { responseTo } from '../message/response.ts'
import { createFakeClock, type FakeClock } from '../test/fake-clock.ts'
import { requestBytes, requestOf, responseOf } from '../test/requests.ts'
import type { Peer, Transport } from '../transport/peer.ts'
import { createTransactions, type ServerTransaction, type Transactions } from './transactions.ts'

const peerOf = (transport: Transport): Peer => ({ transport, host: '192.0.2.1', port: 5062 })

let clock: FakeClock
let sent: { atMs: number; text: string }[]
let heard: string[]
let opened: ServerTransaction[]
let transactions: Transactions

beforeEach(() => {
  clock = createFakeClock()
  sent = []
  heard = []
  opened = []
  transactions = createTransactions({
    send: (bytes) =>
      sent.push({ atMs: clock.nowMs(), text: bytes.toString().split('\r\n', 1)[0]! }),
    after: clock.after,
    limit: 3,
    events: {
      onRequest: ({ method }, _, transaction) => {
        heard.push(method)
        opened.push(transaction)
      },
      onAck: () => heard.push('ACK'),
      onMerged: () => heard.push('merged'),
      onOverload: () => heard.push('overload'),
    },
  })
})

const ask = (method: string, transport: Transport = 'udp') => {
  const seen: (number | string)[] = []
  transactions.send({
    method,
    branch: 'z9hG4bKphone1',
    bytes: requestBytes(method),
    peer: peerOf(transport),
    ackFor: () => requestBytes('ACK'),
    onResponse: ({ status }) => seen.push(status),
    onTimeout: () => seen.push(`timeout at ${clock.nowMs()}`),
    onFailure: () => seen.push('failure'),
  })
  return seen
}
const answer = (method: string, status: number) =>
  transactions.takeResponse(
    responseOf(responseTo(requestOf(requestBytes(method)), peerOf('udp'), { status, toTag: 'b' })),
  )
const take = (method: string, fields: Record<string, string> = {}, transport: Transport = 'udp') =>
  transactions.takeRequest(requestOf(requestBytes(method, fields)), peerOf(transport))
const respond = (method: string, status: number, index = 0) =>
  opened[index]!.respond(
    status,
    responseTo(requestOf(requestBytes(method)), peerOf('udp'), { status, toTag: 'b' }),
  )
const times = () => sent.map(({ atMs }) => atMs)

it('repeats an INVITE with doubled intervals for 32 seconds', () => {
  const seen = ask('INVITE')
  clock.advance(100_000)

  expect(times()).toEqual([0, 500, 1_500, 3_500, 7_500, 15_500, 31_500])
  expect(seen).toEqual(['timeout at 32000'])
  expect([transactions.count(), clock.pending()]).toEqual([0, 0])
})

it('repeats other requests at most every 4 seconds, also while they are worked on', () => {
  const seen = ask('OPTIONS')
  clock.advance(2_000)
  answer('OPTIONS', 100)
  clock.advance(100_000)

  expect(times().slice(0, 6)).toEqual([0, 500, 1_500, 3_500, 7_500, 11_500])
  expect(seen).toEqual([100, 'timeout at 32000'])
})

it('sends nothing twice over TCP', () => {
  ask('INVITE', 'tcp')
  clock.advance(31_000)
  answer('INVITE', 486)

  expect(sent.map(({ text }) => text.split(' ')[0])).toEqual(['INVITE', 'ACK'])
  expect([transactions.count(), clock.pending()]).toEqual([0, 0])
})

it('rings without end and acknowledges a refusal every time it comes', () => {
  const seen = ask('INVITE')
  answer('INVITE', 180)
  clock.advance(600_000)
  answer('INVITE', 486)
  answer('INVITE', 486)
  answer('INVITE', 200)

  expect(sent.map(({ text }) => text.split(' ')[0])).toEqual(['INVITE', 'ACK', 'ACK'])
  expect(seen).toEqual([180, 486])
  clock.advance(32_000)
  expect(transactions.count()).toBe(0)
})

it('hands every 2xx of an INVITE on, and leaves its ACK to the dialog', () => {
  const seen = ask('INVITE')
  answer('INVITE', 200)
  answer('INVITE', 200)
  answer('INVITE', 486)

  expect(seen).toEqual([200, 200])
  expect(sent).toHaveLength(1)
})

it('ends what the transport cannot carry', () => {
  const seen = ask('OPTIONS', 'tcp')
  transactions.takeFailure(peerOf('udp'))
  expect(seen).toEqual([])
  transactions.takeFailure(peerOf('tcp'))
  expect([seen, transactions.count(), clock.pending()]).toEqual([['failure'], 0, 0])
})

it('absorbs a repeated request and says again what it said', () => {
  take('OPTIONS')
  take('OPTIONS')
  expect([heard, sent]).toEqual([['OPTIONS'], []])
  respond('OPTIONS', 200)
  take('OPTIONS')
  clock.advance(31_999)
  take('OPTIONS')
  clock.advance(1)
  take('OPTIONS')

  expect(sent).toHaveLength(3)
  expect(heard).toEqual(['OPTIONS', 'OPTIONS'])
})

it('repeats a refusal of INVITE until its ACK, which belongs to nobody else', () => {
  take('INVITE')
  respond('INVITE', 486)
  clock.advance(4_000)
  take('ACK', { CSeq: '1 ACK', To: '<sip:100@example.com>;tag=b' })
  clock.advance(100_000)

  expect(times()).toEqual([0, 500, 1_500, 3_500])
  expect(heard).toEqual(['INVITE'])
  expect([transactions.count(), clock.pending()]).toEqual([0, 0])
})

it('gives up a refusal nobody acknowledges', () => {
  take('INVITE')
  respond('INVITE', 486)
  clock.advance(31_999)
  expect(transactions.count()).toBe(1)
  clock.advance(1)
  expect([transactions.count(), clock.pending()]).toEqual([0, 0])
})

it('stays after a 2xx for repeated INVITEs, and gives ACKs to the dialog', () => {
  take('INVITE')
  respond('INVITE', 200)
  take('INVITE')
  take('ACK', { CSeq: '1 ACK' })
  take('ACK', { CSeq: '1 ACK', Via: 'SIP/2.0/UDP 192.0.2.1:5062;branch=z9hG4bKack' })

  expect(heard).toEqual(['INVITE', 'ACK', 'ACK'])
  expect(sent).toHaveLength(1)
})

it('finds the INVITE a CANCEL is about, by its branch', () => {
  take('INVITE')
  const cancel = requestOf(requestBytes('CANCEL'))
  const other = requestOf(
    requestBytes('CANCEL', { Via: 'SIP/2.0/UDP 192.0.2.1:5062;branch=z9hG4bKother' }),
  )

  expect(transactions.inviteOf(cancel)).toBe(opened[0])
  expect(transactions.inviteOf(other)).toBeUndefined()
})

it('knows the same request that came another way, and one too many', () => {
  take('INVITE')
  take('INVITE', { Via: 'SIP/2.0/UDP 192.0.2.7;branch=z9hG4bKforked' })
  take('INVITE', { Via: 'SIP/2.0/UDP 192.0.2.7;branch=z9hG4bK2', CSeq: '2 INVITE' })
  take('OPTIONS', { 'Call-ID': 'a' })
  take('OPTIONS', { 'Call-ID': 'b', Via: 'SIP/2.0/UDP 192.0.2.7;branch=z9hG4bK3' })

  expect(heard).toEqual(['INVITE', 'merged', 'INVITE', 'OPTIONS', 'overload'])
})

it('matches what is older than the RFC, or pretends, by everything else', () => {
  for (const branch of ['', ';branch=1', ';branch=z9hG4bK']) {
    const via = { Via: `SIP/2.0/UDP 192.0.2.1${branch}`, 'Call-ID': `old${branch.length}` }
    take('OPTIONS', via)
    take('OPTIONS', via)
  }
  expect(heard).toEqual(['OPTIONS', 'OPTIONS', 'OPTIONS'])
})
