import type { IncomingRequest } from '../core/types.ts'
import { beginRepeat, stepRepeat } from '../dialog/repeat.ts'
import type { RepeatCommand, RepeatEvent, RepeatState } from '../dialog/repeat.ts'
import type { Header, SipRequest } from '../message/message.ts'
import type { After } from '../transaction/run.ts'
import { createRunner } from '../transaction/run.ts'

/** A 2xx to an INVITE, sent until its ACK comes (RFC 3261 §13.3.1.4). One at a time. */
export type Answering = {
  readonly start: (
    incoming: Pick<IncomingRequest, 'request' | 'respond'>,
    answer: { headers: readonly Header[]; body: Buffer },
  ) => void
  readonly isWaiting: () => boolean
  /** Takes an ACK; when our 2xx was an offer, gives its answer, if it has one. */
  readonly takeAck: (request: SipRequest) => { readonly answer: Buffer | undefined } | undefined
  /** Stops waiting. */
  readonly confirm: () => void
}

export const createAnswering = (deps: {
  after: After
  /** The ACK came, or nobody waits for it any more. */
  settled: () => void
  /** It never came. */
  silent: () => void
}): Answering => {
  let waiting: { cseq: number; isOffer: boolean; confirm: () => void } | undefined

  return {
    start: ({ request, respond }, answer) => {
      const send = () => respond(200, answer)
      const repeater = createRunner<RepeatState, RepeatEvent, RepeatCommand>({
        state: beginRepeat('final'),
        step: stepRepeat,
        after: deps.after,
        ended: () => {
          waiting = undefined
          deps.settled()
        },
        perform: ({ type }) => {
          if (type === 'send-again') send()
          else deps.silent()
        },
      })
      waiting = {
        cseq: request.cseq.number,
        isOffer: request.body.length === 0,
        confirm: () => repeater.tell({ type: 'confirmed' }),
      }
      send()
      repeater.tell({ type: 'begin' })
    },
    isWaiting: () => waiting !== undefined,
    takeAck: (request) => {
      if (request.cseq.number !== waiting?.cseq) return undefined
      const { isOffer, confirm } = waiting
      confirm()
      return isOffer ? { answer: request.body.length > 0 ? request.body : undefined } : undefined
    },
    confirm: () => waiting?.confirm(),
  }
}
