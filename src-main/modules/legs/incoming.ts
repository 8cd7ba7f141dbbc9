import type { AgreedAudio, IncomingCall, Refused } from '../../sip/sip.ts'
import type { SipDevice } from '../devices/devices.ts'
import { callerOf, dialledOf, domainCalled } from './callers.ts'
import { createDescription, warningOf } from './description.ts'
import { unavailable } from './guard.ts'
import { makeLeg, type MadeLeg } from './leg.ts'
import type { Line } from './line.ts'
import { LegError, type IncomingLeg, type Leg } from './types.ts'
import type { LegDeps } from './deps.ts'

/** What an unauthenticated or unreasonable INVITE is told; these count against its source. */
const refusals = new Set([400, 403, 404, 484, 488])

/** Takes an INVITE: decides who may call whom, and offers what is left to `handler`. */
export const createIncoming = (deps: LegDeps) => {
  const { settings, guard, accountOf, engine } = deps

  /** Undefined when the caller was answered already. */
  const identify = (
    call: IncomingCall,
    accountId: string,
    isFromTrunk: boolean,
  ): { device?: SipDevice } | undefined => {
    const wants = call.request.headers.some(({ name }) => /^authorization$/i.test(name))
    const must = settings().authenticate_calls && !isFromTrunk
    if (!must && !wants) return {}
    const find = (username: string) => {
      const device = deps.devices.bySipUsername(accountId, username)
      return device?.enabled && device.method === 'password' ? device : undefined
    }
    const username = call.authenticate((name) => find(name)?.password)
    const device = username === undefined ? undefined : find(username)
    return device && { device }
  }

  /** How to refuse what cannot be answered, before anybody rings. */
  const unusable = ({ offer, host }: IncomingCall): Refused | undefined => {
    if (!offer) return undefined
    const { codecs } = engine.capabilities
    const tried = createDescription({ host, port: 9, codecs }).answer(offer)
    return tried.kind === 'refused' ? tried : undefined
  }

  return (call: IncomingCall, isFromTrunk: boolean): void => {
    const { request, source } = call
    const refuse = (status: number, answer: Parameters<IncomingCall['reject']>[1] = {}) => {
      deps.log.info('call refused', { status, from: source.host, call: request.callId })
      if (refusals.has(status)) guard.refused(source.host)
      call.reject(status, answer)
    }
    if (!deps.isAllowed(source.host)) {
      refuse(403)
      return
    }
    const busy = guard.refusal(source.host) ?? (deps.isFull() ? unavailable() : undefined)
    if (busy) {
      refuse(busy.status, busy)
      return
    }
    // Placed by ourselves, to an address that leads back here: a conference would hear itself for ever. No two legs share
    // a Call-ID.
    if (deps.hasCall(request.callId)) {
      refuse(482)
      return
    }
    const accountId = accountOf(domainCalled(request))
    const identity = identify(call, accountId, isFromTrunk)
    if (!identity) return
    const dialled = dialledOf(request)
    const problem = unusable(call)
    if (dialled === undefined) refuse(404)
    else if (problem) refuse(problem.status, { headers: [warningOf(problem, call.host)] })
    else {
      const { device } = identity
      const isKnown = isFromTrunk || settings().allow_list.length > 0
      const isTrusted = device === undefined && isKnown
      const caller = callerOf(request, isTrusted)
      const facts = { callId: request.callId, accountId, caller, device }
      offerCall(deps, call, { ...facts, dialled })
    }
  }
}

type CallFacts = Pick<IncomingLeg, 'callId' | 'accountId' | 'dialled' | 'caller' | 'device'>

/** An acceptable call, until it is a leg or nothing. */
const offerCall = (deps: LegDeps, call: IncomingCall, facts: CallFacts): void => {
  const { log, guard, limits } = deps
  const { source } = call
  const scope = deps.scope.child('ringing')
  const gone = new AbortController()
  let phase: 'waiting' | 'answering' | 'over' = 'waiting'

  const over = () => {
    phase = 'over'
    leaveGuard()
    forget()
    scope.dispose().catch((error: unknown) => log.error('ending a call failed', { error }))
  }
  const reject = (status: number, answer: Parameters<IncomingCall['reject']>[1] = {}) => {
    if (phase === 'over') return
    over()
    if (refusals.has(status)) guard.refused(source.host)
    call.reject(status, answer)
  }
  const giveUp = (status: number) => {
    reject(status)
    gone.abort()
  }
  const leaveGuard = guard.enter(source.host)
  const forget = deps.enlist({
    callId: facts.callId,
    leave: () => {
      giveUp(503)
      return Promise.resolve()
    },
  })
  scope.timeout(() => giveUp(480), limits.ringingMs)
  call.cancelled.addEventListener('abort', () => {
    if (phase !== 'over') over()
    gone.abort()
  })

  const accepting = () => {
    if (phase !== 'answering') throw gaveUp()
    over()
  }

  const answer = async (): Promise<Leg> => {
    if (phase !== 'waiting') throw new LegError('gone', 'The call is answered or over')
    phase = 'answering'
    if (deps.isFull()) {
      const { status, ...more } = unavailable()
      reject(status, more)
      throw new LegError('unavailable', 'There are as many legs as there may be')
    }
    try {
      return await answerCall(deps, { call, facts, accepting })
    } catch (error) {
      if (gone.signal.aborted) throw gaveUp()
      const { status, ...more } = unavailable()
      reject(status, more)
      log.warn('a call could not be answered', { call: facts.callId, error })
      throw error instanceof LegError
        ? error
        : new LegError('unavailable', 'The call cannot be answered', error)
    }
  }

  const incoming: IncomingLeg = {
    ...{ ...facts, gone: gone.signal, answer },
    ring: () => {
      if (phase !== 'over') call.ring(180)
    },
    reject: (status, reason) => reject(status, reason === undefined ? {} : { reason }),
  }
  deps.handle(incoming, reject)
}

type Accepting = { call: IncomingCall; line: Line; made: MadeLeg; accepting: () => void }

/** Makes a leg of the call; whatever fails, its port is free again. */
const answerCall = async (
  deps: LegDeps,
  attempt: {
    call: IncomingCall
    facts: CallFacts
    /** Told in the moment it is accepted; throws when nobody waits for that any more. */
    accepting: () => void
  },
): Promise<Leg> => {
  const { call, facts, accepting } = attempt
  const { host, source, offer } = call
  const { callId, accountId, caller: party, device } = facts
  const line = await deps.lines.open({ host, peer: source.host })
  const first = Promise.withResolvers<AgreedAudio | Refused | undefined>()
  const made = makeLeg({
    ...{ log: deps.log, line, host, received: deps.received(line.legId) },
    resumeMs: deps.limits.resumeMs,
    facts: { callId, accountId, party, device, direction: 'incoming' },
    ...(!offer && { onFirstAnswer: first.resolve }),
  })
  deps.register(made)
  try {
    if (offer) await acceptOffer({ call, line, made, accepting })
    else await acceptWithOffer({ call, line, made, accepting }, first.promise)
  } catch (error) {
    made.fail('INCOMPATIBLE_DESTINATION')
    await made.leg.ended
    throw error
  }
  return made.leg
}

const gaveUp = () => new LegError('gone', 'The caller gave up')

const acceptOffer = async ({ call, line, made, accepting }: Accepting) => {
  const answered = line.description.answer(call.offer ?? Buffer.alloc(0))
  if (answered.kind === 'refused') throw new LegError('unavailable', answered.text)
  await line.connect(answered.agreed)
  accepting()
  made.bind(call.accept(answered.answer, made.owner))
}

/** The caller wants an offer: what both agree to is known when its ACK comes. */
const acceptWithOffer = async (
  { call, line, made, accepting }: Accepting,
  first: Promise<AgreedAudio | Refused | undefined>,
) => {
  accepting()
  made.bind(call.accept(line.description.offer(), made.owner))
  const agreed = await Promise.race([first, made.leg.ended])
  if (agreed && 'by' in agreed) throw gaveUp()
  if (!agreed || 'kind' in agreed) throw new LegError('unavailable', 'The ACK has no usable answer')
  await line.connect(agreed)
}
