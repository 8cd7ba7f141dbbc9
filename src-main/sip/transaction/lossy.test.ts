import { expect, it } from 'vitest'
import { createRandom, type Random } from '../../test/random.ts'
import { readMessage } from '../message/parse.ts'
import { responseTo } from '../message/response.ts'
import { createFakeClock } from '../test/fake-clock.ts'
import { requestBytes } from '../test/requests.ts'
import type { Peer } from '../transport/peer.ts'
import { createTransactions, type Transactions } from './transactions.ts'

const phone: Peer = { transport: 'udp', host: '192.0.2.1', port: 5062 }
const server: Peer = { transport: 'udp', host: '192.0.2.9', port: 5060 }

type Link = { loss: number; duplicates: number; slowestMs: number }

/** One request over a link that loses, repeats and reorders; what both sides think of it. */
const play = (random: Random, link: Link, method: string) => {
  const clock = createFakeClock()
  const heard: string[] = []
  const given: number[] = []
  const acks: number[] = []
  let outcome: number | 'timeout' | 'failure' | undefined

  const carry = (bytes: Buffer, deliver: (bytes: Buffer) => void) => {
    const copies = random.next() < link.duplicates ? 2 : 1
    for (let copy = 0; copy < copies; copy += 1) {
      if (random.next() < link.loss) continue
      clock.after(random.integer(1, link.slowestMs), () => deliver(bytes))
    }
  }
  const read = (bytes: Buffer, to: Transactions, from: Peer) => {
    const reading = readMessage(bytes, 'datagram')
    if (reading.kind !== 'message') throw new Error(reading.kind)
    if (reading.message.kind === 'request') to.takeRequest(reading.message, from)
    else to.takeResponse(reading.message)
  }
  const unused = () => {
    throw new Error('unexpected')
  }

  const uas = createTransactions({
    send: (bytes) => carry(bytes, (copy) => read(copy, uac, server)),
    after: clock.after,
    limit: 10,
    events: {
      onRequest: (request, source, transaction) => {
        heard.push(request.method)
        const answer = (status: number) => () => {
          if (status >= 200) given.push(status)
          transaction.respond(status, responseTo(request, source, { status, toTag: 'b' }))
        }
        if (random.next() < 0.5) clock.after(random.integer(0, 3_000), answer(180))
        const final = random.pick([200, 404, 486, 503])
        const finalMs = random.integer(0, 20_000)
        clock.after(finalMs, answer(final))
        // What a dialog does with its 2xx.
        const again = final === 200 && method === 'INVITE' ? [500, 1_500, 3_500, 7_500] : []
        for (const ms of again) clock.after(finalMs + ms, answer(final))
      },
      onAck: (request) => acks.push(request.cseq.number),
      onMerged: unused,
      onOverload: unused,
    },
  })
  const uac = createTransactions({
    send: (bytes) => carry(bytes, (copy) => read(copy, uas, phone)),
    after: clock.after,
    limit: 10,
    events: { onRequest: unused, onAck: unused, onMerged: unused, onOverload: unused },
  })
  uac.send({
    method,
    branch: 'z9hG4bKphone1',
    bytes: requestBytes(method),
    peer: server,
    ackFor: () => requestBytes('ACK', { To: '<sip:100@example.com>;tag=b' }),
    onResponse: ({ status }) => {
      if (status < 200) return
      expect(outcome === undefined || (outcome === status && status === 200)).toBe(true)
      outcome = status
    },
    onTimeout: () => (outcome = 'timeout'),
    onFailure: unused,
  })

  clock.advance(40_000)
  // An INVITE that was told to wait may wait for ever: that is for whoever sent it to end.
  clock.advance(200_000)
  return { heard, given, acks, outcome, pending: clock.pending(), uas, uac }
}

const links: readonly Link[] = [
  { loss: 0, duplicates: 0, slowestMs: 1 },
  { loss: 0, duplicates: 0.5, slowestMs: 1_500 },
  { loss: 0.1, duplicates: 0.1, slowestMs: 200 },
  { loss: 0.4, duplicates: 0.3, slowestMs: 1_500 },
  { loss: 0.8, duplicates: 0, slowestMs: 500 },
  { loss: 1, duplicates: 0, slowestMs: 1 },
]

it.each(['OPTIONS', 'INVITE'])(
  'both sides of %s agree and end on any link, and the server hears it once',
  (method) => {
    links.forEach((link, index) => {
      let ended = 0
      const rounds = 150
      for (let round = 0; round < rounds; round += 1) {
        const played = play(createRandom(index * 1_000 + round), link, method)
        const { heard, given, outcome, pending, uas, uac } = played
        const label = JSON.stringify({ method, link, round, outcome, given })
        expect(heard.length, label).toBeLessThanOrEqual(1)
        expect([pending, uas.count()], label).toEqual([0, 0])
        if (typeof outcome === 'number') expect(given[0], label).toBe(outcome)
        // Only an INVITE that heard 180 and then nothing has no end of its own.
        if (outcome === undefined) expect([method, uac.count()], label).toEqual(['INVITE', 1])
        else expect(uac.count(), label).toBe(0)
        if (typeof outcome === 'number') ended += 1
      }
      if (link.loss === 0) expect(ended).toBe(rounds)
      if (link.loss === 0.1) expect(ended).toBeGreaterThan(rounds * 0.97)
      if (link.loss === 1) expect(ended).toBe(0)
    })
  },
)

it('repeats a refusal until it is acknowledged and keeps that ACK from the dialogs', () => {
  const { given, acks } = Array.from({ length: 50 }, (_, i) => i)
    .map((seed) => play(createRandom(seed), { loss: 0, duplicates: 0.9, slowestMs: 900 }, 'INVITE'))
    .find(({ outcome }) => outcome === 486)!

  expect(given).toEqual([486])
  expect(acks).toEqual([])
})
