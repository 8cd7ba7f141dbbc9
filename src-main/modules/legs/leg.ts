import type { Log } from '../../platform/log.ts'
import type { EngineEvent } from '../../engine/port.ts'
import type { AgreedAudio, Call, CallEnd, CallOwner, Refused } from '../../sip/sip.ts'
import { causeOfReason, farewellOf } from './causes.ts'
import { warningOf } from './description.ts'
import { digitOfInfo } from './info-digits.ts'
import type { Line } from './line.ts'
import type { Leg, LegEnd } from './types.ts'

/** A leg in the making: `owner` belongs to the SIP call, and `bind` makes both one. */
export type MadeLeg = {
  readonly leg: Leg
  readonly owner: CallOwner
  readonly bind: (call: Call) => void
  /** Ends it as something that failed. */
  readonly fail: (cause: string) => void
  /** Hangs up; resolves once the other side knows. */
  readonly leave: (cause: string) => Promise<void>
}

/** Phones that send digits both ways press each key once: the way the first one came counts. */
const createKeys = (log: Log) => {
  const listeners = new Set<(digit: string) => void>()
  let digitsBy: 'rtp' | 'info' | undefined
  return {
    on: (listener: (digit: string) => void) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    press: (by: 'rtp' | 'info', digit: string) => {
      digitsBy ??= by
      if (digitsBy !== by) return
      for (const listener of [...listeners]) {
        try {
          listener(digit)
        } catch (error) {
          log.error('a listener for digits failed', { error })
        }
      }
    },
  }
}

export const makeLeg = (deps: {
  log: Log
  line: Line
  host: string
  facts: Pick<Leg, 'callId' | 'accountId' | 'direction' | 'party' | 'device'>
  /** A phone on hold may be silent; afterwards it has this long to be heard again. */
  resumeMs: number
  /** Packets the engine received. */
  received: () => Promise<number>
  /** The answer to the offer in our 200; without this a later one is meant, of a call that goes on. */
  onFirstAnswer?: (agreed: AgreedAudio | Refused | undefined) => void
}): MadeLeg => {
  const { log, line, host } = deps
  const { scope, description } = line
  const keys = createKeys(log)
  const { promise: ended, resolve } = Promise.withResolvers<LegEnd>()
  let call: Call | undefined
  let planned: LegEnd | undefined
  let isOver = false
  let onFirstAnswer = deps.onFirstAnswer
  let isSilent = false

  const finish = (end: LegEnd) => {
    if (isOver) return
    isOver = true
    log.debug('leg ended', { leg: line.legId, call: deps.facts.callId, ...end })
    scope
      .dispose()
      .catch((error: unknown) => log.error('ending a leg failed', { error }))
      .finally(() => resolve(end))
  }
  const endWith = (by: LegEnd['by'], reason: string) => {
    if (isOver) return
    const { cause, headers } = farewellOf(reason)
    planned ??= { by, cause }
    if (call) call.bye(headers)
    else finish(planned)
  }
  const fail = (cause: string) => endWith('failed', cause)

  const press = (by: 'rtp' | 'info', digit: string) => {
    if (!isOver) keys.press(by, digit)
  }

  const isOnHold = () => /^(?:recvonly|inactive)$/.test(line.agreed()?.direction ?? '')

  const expectSound = async () => {
    const before = await deps.received()
    scope.timeout(() => {
      void deps.received().then((now) => {
        if (now === before && isSilent && !isOnHold()) fail('MEDIA_TIMEOUT')
      }, ignoreGone)
    }, deps.resumeMs)
  }
  const connect = (agreed: AgreedAudio) => {
    line.connect(agreed).catch((error: unknown) => {
      if (isOver) return
      log.warn('the engine refused what was agreed', { leg: line.legId, error })
      fail('INCOMPATIBLE_DESTINATION')
    })
    if (isSilent && !isOnHold()) expectSound().catch(ignoreGone)
  }

  line.onEvent = (event: EngineEvent) => {
    if (event.event === 'dtmf') press('rtp', event.digit)
    else if (event.event === 'failed') fail('DESTINATION_OUT_OF_ORDER')
    else if (event.event === 'leg-failed') fail('NORMAL_TEMPORARY_FAILURE')
    else if (event.event === 'media-started') isSilent = false
    else if (event.event === 'media-timeout') {
      isSilent = true
      if (!isOnHold()) fail('MEDIA_TIMEOUT')
    }
  }
  // Whoever disposes the leg's scope ends its call.
  scope.add(() => endWith('local', 'NORMAL_CLEARING'))

  const takeAnswer = (answer: Buffer | undefined) => {
    const read = answer && description.read(answer)
    const first = onFirstAnswer
    onFirstAnswer = undefined
    if (first) first(read?.kind === 'answered' ? read.agreed : read)
    else if (read?.kind === 'answered') connect(read.agreed)
    else if (read) fail('INCOMPATIBLE_DESTINATION')
  }

  const owner: CallOwner = {
    onOffer: (offer) => {
      if (!offer) return description.offer()
      const answered = description.answer(offer)
      if (answered.kind === 'refused') {
        return { status: answered.status, headers: [warningOf(answered, host)] }
      }
      connect(answered.agreed)
      return answered.answer
    },
    onAnswer: takeAnswer,
    onInfo: (request) => {
      const told = digitOfInfo(request)
      if ('status' in told) return told.status
      press('info', told.digit)
      return 200
    },
    onEnd: (end) => finish(planned ?? { by: end.by, cause: causeOfEnd(end) }),
  }

  const leg: Leg = {
    ...{ ...deps.facts, legId: line.legId, scope, ended, isOnHold },
    onDigit: keys.on,
    hangUp: (reason = 'NORMAL_CLEARING') => endWith('local', reason),
  }
  return {
    ...{ leg, owner, fail },
    bind: (bound) => {
      call = bound
      // The engine may have lost the leg while the call was answered.
      if (isOver) bound.bye(farewellOf(planned?.cause ?? 'NORMAL_CLEARING').headers)
    },
    leave: async (cause) => {
      endWith('local', cause)
      await Promise.all([ended, call?.settled])
    },
  }
}

/** The leg ended while it was asked about. */
const ignoreGone = () => undefined

const causeOfEnd = ({ by, request }: CallEnd): string => {
  if (by === 'local') return 'NORMAL_CLEARING'
  // An ACK, or any answer within the call, never came.
  if (by === 'failed') return 'RECOVERY_ON_TIMER_EXPIRE'
  return causeOfReason(request) ?? (request ? 'NORMAL_CLEARING' : 'ORIGINATOR_CANCEL')
}
