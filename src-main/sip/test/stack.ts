import { createLog } from '../../platform/log.ts'
import { createStack, type Stack } from '../stack.ts'
import type { SipMessage, SipRequest, SipResponse } from '../message/message.ts'
import { readMessage } from '../message/parse.ts'
import type { Peer } from '../transport/peer.ts'
import { createFakeClock, type FakeClock } from './fake-clock.ts'

export const phone: Peer = { transport: 'udp', host: '192.0.2.1', port: 5062 }

/** A stack on a wire that only remembers, in time that stands still. */
export type TestStack = {
  readonly stack: Stack
  readonly clock: FakeClock
  readonly stop: () => void
  /** What was sent, in order, and where to. */
  readonly sent: { readonly bytes: Buffer; readonly to: Peer }[]
  readonly requests: () => SipRequest[]
  /** Those that can be read: a refusal repeats the fields it refuses. */
  readonly responses: () => SipResponse[]
  /** Lines of the log that tell of bugs. */
  readonly errors: readonly string[]
  /** Statuses of all responses so far. */
  readonly statuses: () => number[]
}

export const createTestStack = (limits: { transactions?: number } = {}): TestStack => {
  const clock = createFakeClock()
  const sent: TestStack['sent'] = []
  const abort = new AbortController()
  const errors: string[] = []
  const stack = createStack({
    wire: {
      host: '127.0.0.1',
      port: 5060,
      send: (bytes, to) => void sent.push({ bytes, to }),
      resolve: (host) =>
        host === 'nowhere.example' ? Promise.reject(new Error()) : Promise.resolve('192.0.2.1'),
      localHost: () => Promise.resolve('127.0.0.1'),
    },
    log: createLog({ level: 'error', write: (line) => void errors.push(line) }),
    nowMs: () => clock.nowMs() + 1_000_000,
    after: clock.after,
    stopped: abort.signal,
    realm: 'patchbay',
    product: 'Patchbay',
    algorithms: ['MD5', 'SHA-256'],
    limits: {
      transactions: 100,
      failuresPerSource: 3,
      challengesPerSource: 100,
      failureWindowMs: 60_000,
      ...limits,
    },
  })
  const messages = (): SipMessage[] =>
    sent.flatMap(({ bytes }) => {
      const reading = readMessage(bytes, 'stream')
      return reading.kind === 'message' ? [reading.message] : []
    })
  return {
    stack,
    clock,
    sent,
    errors,
    requests: () => messages().filter((message) => message.kind === 'request'),
    responses: () => messages().filter((message) => message.kind === 'response'),
    stop: () => abort.abort(),
    statuses: () =>
      sent.flatMap(({ bytes }) => {
        const status = /^SIP\/2\.0 (\d{3}) /.exec(bytes.toString('latin1'))?.[1]
        return status === undefined ? [] : [Number(status)]
      }),
  }
}
