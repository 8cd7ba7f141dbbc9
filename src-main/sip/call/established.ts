import { allowHeader, callMethods } from '../core/inspect.ts'
import type { IncomingRequest, Outcome } from '../core/types.ts'
import { agreedAsClient, askedTimer, stepTimer } from '../dialog/session-timer.ts'
import type { SessionTimer, TimerEvent, TimerState, TimerWork } from '../dialog/session-timer.ts'
import { listOf } from '../message/headers.ts'
import type { Header, NameAddr, SipMessage } from '../message/message.ts'
import { createRunner } from '../transaction/run.ts'
import { createAnswering } from './answering.ts'
import { createEnding } from './ending.ts'
import { sessionHeaders } from './session-headers.ts'
import { createOffering } from './offering.ts'
import type { CallPort, DialogSink } from './port.ts'
import { createRenegotiation } from './renegotiate.ts'
import type { Call, CallEnd, CallOwner } from './types.ts'
import type { Within } from './within.ts'

export type Established = DialogSink & {
  readonly call: Call
  /** Answers the INVITE that made the call. */
  readonly answer: (
    incoming: Pick<IncomingRequest, 'request' | 'respond'>,
    headers: readonly Header[],
  ) => void
  /** Ends what was never answered. */
  readonly abandon: (end: CallEnd) => void
  readonly hasEnded: () => boolean
}

type Parts = {
  within: Within
  owner: CallOwner
  remote: NameAddr
  /** Whether the Call-ID is ours. */
  isCaller: boolean
  timer: SessionTimer | undefined
  /** What told what the other side can do: its INVITE or its 2xx. */
  peerMessage: SipMessage
  description: Buffer
  /** Nobody needs the dialog any more. */
  released: () => void
}

/** What happens in a call between its answer and its end. */
export const establish = (port: CallPort, parts: Parts): Established => {
  const { after, random } = port
  const { within, owner, isCaller, remote } = parts
  let { description, timer: agreed } = parts

  const answering = createAnswering({
    after,
    settled: () => {
      offering.setTheirs(false)
      ending.release()
    },
    silent: () => ending.hangUp({ by: 'failed', reason: 'The answer was never acknowledged' }),
  })
  const ending = createEnding({
    mustWait: answering.isWaiting,
    ...{ sendBye: (headers) => within.send('BYE', { headers }), released: parts.released },
    ended: (end) => {
      timer.tell({ type: 'over' })
      owner.onEnd(end)
    },
  })
  const offering = createOffering({
    ...{ within, after, random, isCaller },
    headers: () => [...sessionHeaders, ...askedTimer(agreed)],
    isBlocked: answering.isWaiting,
    hasEnded: ending.hasEnded,
  })
  const timer = createRunner<TimerState, TimerEvent, TimerWork>({
    state: { phase: 'running' },
    step: stepTimer,
    after,
    ended: () => undefined,
    perform: ({ type }) => {
      if (type === 'send-refresh') void sendRefresh()
      else ending.hangUp({ by: 'failed', reason: 'The session was not refreshed' })
    },
  })

  const agree = (next: SessionTimer | undefined) => {
    agreed = next
    timer.tell({ type: 'agreed', timer: next })
  }
  const checked = (outcome: Outcome): Outcome => {
    const { status } = outcome
    const reason = `No answer within the call (${status})`
    if (isGone(outcome)) ending.hangUp({ by: 'failed', reason })
    return outcome
  }
  const agreeing = (outcome: Outcome): Outcome => {
    const { status, response } = checked(outcome)
    if (response && status < 300) agree(agreedAsClient(response))
    return outcome
  }

  const knowsUpdate = listOf(parts.peerMessage, 'allow').includes('UPDATE')
  const sendRefresh = async () => {
    const headers = [...askedTimer(agreed), { name: 'Supported', value: 'timer' }]
    agreeing(
      knowsUpdate ? await within.send('UPDATE', { headers }) : await offering.send(description),
    )
  }

  const contact = { name: 'Contact', value: within.contact }
  const answer: Established['answer'] = (incoming, headers) =>
    answering.start(incoming, {
      headers: [contact, ...sessionHeaders, ...headers],
      body: description,
    })

  const takeSession = createRenegotiation({
    ...{ owner, random, contact, agree, exchange: offering.exchange },
    isWaiting: answering.isWaiting,
    describe: (next) => (description = next),
    answer: (incoming, headers) => {
      offering.setTheirs(true)
      answer(incoming, headers)
    },
  })

  const takers: Readonly<Record<string, (incoming: IncomingRequest) => void>> = {
    INVITE: takeSession,
    UPDATE: takeSession,
    BYE: ({ request, respond }) => {
      respond(200)
      ending.finish({ by: 'remote', reason: 'Hung up', request })
      answering.confirm()
      ending.settle()
    },
    INFO: ({ request, respond }) =>
      respond(owner.onInfo?.(request) ?? (request.body.length === 0 ? 200 : 415)),
    OPTIONS: ({ respond }) => respond(200, { headers: [allowHeader(callMethods)] }),
  }

  timer.tell({ type: 'agreed', timer: agreed })
  return {
    answer,
    abandon: ending.abandon,
    hasEnded: ending.hasEnded,
    take: (incoming) => {
      const { method } = incoming.request
      const taker = takers[method]
      if (ending.hasEnded() && method !== 'BYE') incoming.respond(481)
      else if (!within.admit(incoming.request)) incoming.respond(500)
      else if (taker) taker(incoming)
      else incoming.respond(481)
    },
    takeAck: (request) => {
      const answered = answering.takeAck(request)
      if (answered && !ending.hasEnded()) owner.onAnswer?.(answered.answer)
    },
    call: {
      callId: within.dialog().callId,
      remote,
      offer: async (next) => {
        const outcome = agreeing(await offering.send(next))
        if (outcome.response && outcome.status < 300) description = next
        return outcome
      },
      info: async (contentType, body) => {
        const headers = [{ name: 'Content-Type', value: contentType }]
        return checked(await within.send('INFO', { headers, body }))
      },
      bye: (headers) => ending.hangUp({ by: 'local', reason: 'Hung up' }, headers),
      settled: ending.settled,
    },
  }
}

/** Nobody is there any more, or knows of the call (RFC 3261 §12.2.1.2). */
const isGone = ({ status, response }: Outcome): boolean =>
  status === 481 || status === 408 || (status === 503 && !response)
