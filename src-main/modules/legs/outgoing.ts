import { randomUUID } from 'node:crypto'
import {
  escapeUser,
  hostText,
  parseUri,
  quote,
  type OutgoingCall,
  type Outcome,
  type Sip,
} from '../../sip/sip.ts'
import { shown } from './callers.ts'
import { causeOfReason, causeOfStatus, farewellOf } from './causes.ts'
import { makeLeg, type MadeLeg } from './leg.ts'
import type { Line } from './line.ts'
import type { LegDeps } from './deps.ts'
import type { PlacedLeg, Placing } from './types.ts'

type LegOutcome = Awaited<PlacedLeg['outcome']>

/** `word [ "@" word ]` (RFC 3261 §25.1), of a length others bear with. */
const word = String.raw`[\w\-.!%*+\x60'~()<>:\\"/[\]?{}]`
const callIdPattern = new RegExp(`^${word}+(?:@${word}+)?$`)
const longestCallId = 128

export const isCallId = (text: string): boolean =>
  text.length <= longestCallId && callIdPattern.test(text)

const failed = (cause: string, status?: number): LegOutcome => ({ kind: 'failed', cause, status })

const causeOf = ({ status, response }: Outcome): LegOutcome =>
  failed(causeOfReason(response) ?? causeOfStatus(status), response?.status)

/** Places a call. What it started is gone when its outcome is known, or belongs to the leg. */
export const placeCall = (deps: LegDeps, sip: Sip | undefined, placing: Placing): PlacedLeg => {
  const { log } = deps
  const { callId = randomUUID(), to, timeoutMs } = placing
  const scope = deps.scope.child('placing')
  const { promise: outcome, resolve } = Promise.withResolvers<LegOutcome>()
  const isOver = () => scope.signal.aborted
  let stopSip: ((cause: string) => void) | undefined

  const refusal = (): string | undefined => {
    if (!sip) return 'NETWORK_OUT_OF_ORDER'
    if (!parseUri(to.uri)) return 'INVALID_URL'
    if (!isCallId(callId) || deps.hasCall(callId)) return 'DESTINATION_OUT_OF_ORDER'
    return deps.isFull() ? 'SWITCH_CONGESTION' : undefined
  }
  const refused = refusal()
  if (refused !== undefined || !sip) {
    void scope.dispose()
    const cause = refused ?? 'NETWORK_OUT_OF_ORDER'
    return { callId, cancel: () => undefined, outcome: Promise.resolve(failed(cause)) }
  }

  const finish = (end: LegOutcome) => {
    if (isOver()) return
    if (end.kind === 'failed') log.info('call failed', { call: callId, cause: end.cause })
    scope
      .dispose()
      .catch((error: unknown) => log.error('ending a call failed', { error }))
      .finally(() => resolve(end))
  }
  /** Nobody waits for the other side: when it answers all the same, it is hung up. */
  const stop = (cause: string) => {
    if (isOver()) return
    stopSip?.(cause)
    finish(failed(cause))
  }
  const settledSip = Promise.withResolvers<undefined>()
  const forget = deps.enlist({
    callId,
    leave: async (cause) => {
      stop(cause)
      await settledSip.promise
    },
  })
  scope.timeout(() => stop('NO_ANSWER'), timeoutMs)

  const run = async (): Promise<LegOutcome> => {
    const where = await sip.route(to)
    if ('status' in where) return causeOf(where)
    if (isOver()) return failed('ORIGINATOR_CANCEL')
    const line = await deps.lines.open({ host: where.host, peer: where.peer.host })
    // Of the attempt until it is answered: ending that one frees the port.
    const release = scope.add(line.scope.dispose)
    if (isOver()) return failed('ORIGINATOR_CANCEL')
    const { accountId, party, device } = placing
    const made = makeLeg({
      ...{ log, line, host: where.host, received: deps.received(line.legId) },
      resumeMs: deps.limits.resumeMs,
      facts: { callId, accountId, party, device, direction: 'outgoing' },
    })
    const out = invite(deps, sip, { placing, callId, line, made, isOver })
    stopSip = (cause) => out.cancel(farewellOf(cause).headers)
    // Nobody is to answer what the engine has lost.
    void made.leg.ended.then(({ cause }) => stop(cause))
    const answered = await out.outcome
    if (answered.kind === 'failed') return causeOf(answered)
    if (isOver()) {
      // Given up in the moment it was answered: its leg is gone already.
      answered.call.bye(farewellOf('ORIGINATOR_CANCEL').headers)
      return failed('ORIGINATOR_CANCEL')
    }
    made.bind(answered.call)
    const read = line.description.read(answered.response.body)
    try {
      if (read.kind === 'refused') throw new Error(read.text)
      await line.connect(read.agreed)
    } catch (error) {
      log.warn('what was answered cannot be used', { call: callId, error })
      made.fail('INCOMPATIBLE_DESTINATION')
      return failed((await made.leg.ended).cause)
    }
    if (isOver()) return failed('ORIGINATOR_CANCEL')
    release()
    deps.register(made)
    return { kind: 'answered', leg: made.leg }
  }
  void run()
    .catch((error: unknown) => {
      log.warn('a call could not be placed', { call: callId, error })
      return failed('SWITCH_CONGESTION')
    })
    .then(finish)
    .finally(() => {
      forget()
      settledSip.resolve(undefined)
    })

  return { callId, cancel: () => stop('ORIGINATOR_CANCEL'), outcome }
}

const invite = (
  deps: LegDeps,
  sip: Sip,
  attempt: { placing: Placing; callId: string; line: Line; made: MadeLeg; isOver: () => boolean },
): OutgoingCall => {
  const { placing, callId, line, made } = attempt
  const { to, from, accountId, onRinging } = placing
  const name = shown(from.name, 128)
  const user = escapeUser(shown(from.number, 64)) || 'anonymous'
  const domain = hostText(to.domain ?? deps.domainOf(accountId))
  let hasRung = false
  return sip.invite({
    ...{ uri: to.uri, callId, description: line.description.offer(), owner: made.owner },
    from: `${name === '' ? '' : `${quote(name)} `}<sip:${user}@${domain}>`,
    ...(to.target && { target: to.target }),
    ...(to.credentials && { credentials: to.credentials }),
    onProgress: ({ status }) => {
      // Early media is not played: nobody hears it before the answer, and 183 with it is ringing as well.
      if (hasRung || attempt.isOver() || status === 199) return
      hasRung = true
      onRinging?.()
    },
  })
}
