import { setImmediate as turn } from 'node:timers/promises'
import { silentLog } from '../../platform/log.ts'
import { createStack, type Stack } from '../stack.ts'
import type { SipMessage } from '../message/message.ts'
import { readMessage } from '../message/parse.ts'
import type { Peer, Transport } from '../transport/peer.ts'
import { createFakeClock, type FakeClock } from './fake-clock.ts'

type Side = 'ann' | 'bob'

/** Two stacks with a link between them, in time that only `run` moves. */
export type Pair = {
  readonly ann: Stack
  readonly bob: Stack
  readonly annAt: Peer
  readonly bobAt: Peer
  readonly clock: FakeClock
  /** Moves time, and lets what waits for promises go on. */
  readonly run: (ms: number) => Promise<void>
  /** `ann INVITE`, `bob 180`: what was sent, lost or not. */
  readonly trace: string[]
  /** The same, whole. */
  readonly messages: { readonly from: Side; readonly message: SipMessage }[]
  /** Decides about every message: false loses it, a number carries it so many milliseconds later. */
  link: (from: Side, message: SipMessage) => boolean | number
}

const usualMs = 10
/** Time moves in steps, so that what a promise starts is not late. */
const stepMs = 10

export const createPair = (transport: Transport = 'udp'): Pair => {
  const clock = createFakeClock()
  const annAt: Peer = { transport, host: '192.0.2.1', port: 5062 }
  const bobAt: Peer = { transport, host: '192.0.2.9', port: 5060 }

  const make = (side: Side, own: Peer, other: () => Stack): Stack =>
    createStack({
      wire: {
        host: own.host,
        port: own.port,
        send: (bytes) => {
          const reading = readMessage(bytes, 'stream')
          if (reading.kind !== 'message') throw new Error('sent what nobody can read')
          const { message } = reading
          const what = message.kind === 'request' ? message.method : String(message.status)
          pair.trace.push(`${side} ${what}`)
          pair.messages.push({ from: side, message })
          const fate = pair.link(side, message)
          if (fate === false) return
          clock.after(fate === true ? usualMs : fate, () => other().received(bytes, own))
        },
        resolve: (host) => Promise.resolve(host),
        localHost: () => Promise.resolve(own.host),
      },
      log: silentLog,
      nowMs: clock.nowMs,
      after: clock.after,
      stopped: new AbortController().signal,
      realm: 'patchbay',
      product: side,
      algorithms: ['MD5'],
      limits: {
        ...{ transactions: 1_000, failuresPerSource: 10, challengesPerSource: 100 },
        failureWindowMs: 60_000,
      },
    })

  const pair: Pair = {
    ann: make('ann', annAt, () => pair.bob),
    bob: make('bob', bobAt, () => pair.ann),
    ...{ annAt, bobAt, clock, trace: [], messages: [], link: () => true },
    run: async (ms) => {
      await turn()
      for (let passed = 0; passed < ms; passed += stepMs) {
        clock.advance(Math.min(stepMs, ms - passed))
        await turn()
      }
    },
  }
  return pair
}
