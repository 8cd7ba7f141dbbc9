import { expect } from 'vitest'
import type {
  CallHandler,
  CallEnd,
  CallOwner,
  CallOutcome,
  IncomingCall,
  InviteRequest,
  Call,
} from '../call/types.ts'
import type { SipMessage, SipResponse } from '../message/message.ts'
import { createPair, type Pair } from './pair.ts'

/** Ann calls Bob. */
export type CallBench = {
  readonly pair: Pair
  /** What rang at Bob last. */
  readonly incoming: () => IncomingCall
  readonly hasRung: () => boolean
  readonly ends: { readonly ann: CallEnd[]; readonly bob: CallEnd[] }
  readonly owner: (side: 'ann' | 'bob', more?: Partial<CallOwner>) => CallOwner
  readonly invite: (more?: Partial<InviteRequest>) => ReturnType<Pair['ann']['invite']>
  /** A call between both, answered and acknowledged. */
  readonly connect: (more?: {
    ann?: Partial<CallOwner>
    bob?: Partial<CallOwner>
  }) => Promise<{ ann: Call; bob: Call; response: SipResponse }>
  readonly last: (side: 'ann' | 'bob') => SipMessage
  /** All requests of that method, or responses of that status. */
  readonly sent: (what: string | number) => SipMessage[]
  /** Nothing is left of anything: no transaction, no dialog, no timer. */
  readonly expectNothingLeft: () => Promise<void>
}

export const sdp = (name: string): Buffer => Buffer.from(`v=0 ${name}`)
export const textOf = (body: Buffer | undefined): string | undefined => body?.toString()

export const answered = (outcome: CallOutcome) => {
  if (outcome.kind === 'failed') throw new Error(`${outcome.status} ${outcome.reason}`)
  return outcome
}

export const createCallBench = (
  transport: 'udp' | 'tcp' = 'udp',
  /** Instead of letting it ring. */
  handler?: CallHandler,
): CallBench => {
  const pair = createPair(transport)
  const ends: CallBench['ends'] = { ann: [], bob: [] }
  let rung: IncomingCall | undefined
  pair.bob.answer(handler ?? ((call) => void (rung = call)))

  const incoming = () => {
    if (!rung) throw new Error('nothing rang')
    return rung
  }
  const owner: CallBench['owner'] = (side, more = {}) => ({
    onOffer: () => sdp(`${side} again`),
    onEnd: (end) => void ends[side].push(end),
    ...more,
  })
  const invite: CallBench['invite'] = (more = {}) =>
    pair.ann.invite({
      uri: `sip:100@192.0.2.9:5060;transport=${transport}`,
      from: '"Ann" <sip:ann@192.0.2.1>',
      description: sdp('ann'),
      owner: owner('ann'),
      ...more,
    })
  const sent: CallBench['sent'] = (what) =>
    pair.messages
      .map(({ message }) => message)
      .filter((message) =>
        message.kind === 'request' ? message.method === what : message.status === what,
      )

  return {
    ...{ pair, ends, owner, invite, incoming, sent },
    hasRung: () => rung !== undefined,
    connect: async (more = {}) => {
      const out = invite({ owner: owner('ann', more.ann) })
      await pair.run(50)
      const bob = incoming().accept(sdp('bob'), owner('bob', more.bob))
      await pair.run(100)
      const { call: ann, response } = answered(await out.outcome)
      return { ann, bob, response }
    },
    last: (side) => {
      const found = pair.messages.filter(({ from }) => from === side).at(-1)
      if (!found) throw new Error(`${side} sent nothing`)
      return found.message
    },
    expectNothingLeft: async () => {
      await pair.run(70_000)
      expect([pair.ann.count(), pair.bob.count(), pair.clock.pending()]).toEqual([0, 0, 0])
    },
  }
}
