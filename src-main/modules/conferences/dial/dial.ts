import { randomUUID } from 'node:crypto'
import type { DialEvent } from '#contract/conference-events'
import type { Dial, DialReply, EndpointResponse } from '#contract/dialling'
import type { AskedBy, DialTold } from '#contract/live-conferences'
import type { Body } from '../../../platform/documents/documents.ts'
import { AppError } from '../../../platform/errors.ts'
import type { Validator } from '../../../platform/http/validate.ts'
import type { Log } from '../../../platform/log.ts'
import type { Leg, Legs, Party } from '../../legs/legs.ts'
import type { ConferenceCollection } from '../collection.ts'
import { notRunning } from '../refusals.ts'
import { RoomRefused, type Conference, type Rooms } from '../room/rooms.ts'
import { readOrder } from './order.ts'
import { placeCall } from './place.ts'
import { resolve, type Directory } from './resolve.ts'
import { shownEndpoint } from './shown-endpoint.ts'
import type { Target } from './target.ts'
import { createUnderWay, type UnderWay } from './under-way.ts'

/** Calls people into conferences (spec: dial). */
export type Dialling = {
  /**
   * Resolves once every leg has answered or failed. Calls go on when nobody waits for the answer any more: whoever is
   * ringing can still come. A conference without a document is made for them. Throws a validation error, before anybody
   * is called, when an endpoint is none; `bad_identifier` when the conference must run and does not.
   */
  dial: (request: {
    accountId: string
    conferenceId: string
    data: Body
    by?: AskedBy
  }) => Promise<DialReply>
  /** Calls off who still rings, whether or not the conference runs. */
  cancel: UnderWay['cancel']
}

export type DiallingDeps = {
  log: Log
  validator: Validator
  legs: Pick<Legs, 'place'>
  rooms: Pick<Rooms, 'get' | 'admit'>
  conferences: Pick<ConferenceCollection, 'byId' | 'adHoc'>
  directoryOf: (accountId: string) => Directory
  emit: (event: DialTold) => void
}

/** A conference that is made by dialling: its name is part of websocket bindings, whose parts dots divide. */
const adHocId = /^[\w-]{1,128}$/

/** One request, while its legs are called. */
type Run = {
  conference: Conference
  dial: Dial
  jobId: string
  from: Party
  by: AskedBy | undefined
  nextCallId: () => string | undefined
  calls: ReturnType<UnderWay['begin']>
}

type Result = { callId: string } | { cause: string }

/** What a phone shows: calling it back leads into the conference. */
const callerOf = (dial: Dial, { id, document }: Conference): Party => {
  const [first, member] = [document.conference_numbers[0], document.member.numbers[0]]
  return {
    name: dial.caller_id_name ?? document.name ?? 'Conference',
    number: dial.caller_id_number ?? first ?? member ?? id,
  }
}

/** The Call-ID that was asked for; with a number for each further leg, because no two legs can share one. */
const callIds = (wanted: string | undefined) => {
  let count = 0
  return () => {
    count += 1
    return wanted === undefined || count === 1 ? wanted : `${wanted}-${count}`
  }
}

const refusalCauses = { locked: 'conference is locked', full: 'conference is full' } as const

const causeOf = (error: RoomRefused): string =>
  error.refusal === 'gone' ? 'NORMAL_CLEARING' : refusalCauses[error.refusal]

export const createDialling = (deps: DiallingDeps): Dialling => {
  const { log, validator, legs, rooms, conferences, directoryOf, emit } = deps
  const underWay = createUnderWay()

  const conferenceFor = (accountId: string, id: string, more: Body): Conference => {
    const known = rooms.get(accountId, id)?.conference ?? conferences.byId(accountId, id)
    if (known) return known
    if (!adHocId.test(id)) throw new AppError('bad_identifier', { cause: id })
    return conferences.adHoc(accountId, id, more)
  }

  /** Seats who answered, or says why not and hangs up. */
  const admit = async ({ conference, dial }: Run, leg: Leg): Promise<Result> => {
    const flags = dial.participant_flags
    if (flags.includes('join_existing') && !rooms.get(conference.accountId, conference.id)) {
      leg.hangUp('NORMAL_CLEARING')
      return { cause: 'conference is not running' }
    }
    const vars = Object.entries(dial.custom_application_vars ?? {})
    try {
      await rooms.admit({
        ...{ leg, conference, isModerator: flags.includes('is_moderator'), namePath: undefined },
        flags: flags.filter((flag) => flag !== 'is_moderator' && flag !== 'join_existing'),
        customApplicationVars: Object.fromEntries(vars.map(([key, value]) => [key, String(value)])),
      })
      return { callId: leg.callId }
    } catch (error) {
      if (error instanceof RoomRefused) {
        leg.hangUp('CALL_REJECTED')
        return { cause: causeOf(error) }
      }
      log.error('seating who was called failed', { conference: conference.id, error })
      leg.hangUp('NORMAL_TEMPORARY_FAILURE')
      return { cause: 'NORMAL_TEMPORARY_FAILURE' }
    }
  }

  const call = async (run: Run, target: Target): Promise<Result> => {
    const { conference, dial, jobId, from, nextCallId } = run
    const { accountId, id } = conference
    const { endpointId } = target
    let { by } = run
    const tell = (event: DialEvent['event'], callId: string, cause?: string) =>
      emit({
        ...{ event, account_id: accountId, conference_id: id, job_id: jobId },
        ...{ endpoint_id: shownEndpoint(endpointId), call_id: callId },
        ...(cause !== undefined && { cause }),
        ...(by && { by }),
      })
    const isLocked = rooms.get(accountId, id)?.isLocked === true
    const isUnreachable = target.destinations.length === 0
    if (isUnreachable || isLocked) {
      const cause = isUnreachable ? target.unreachable : refusalCauses.locked
      tell('dial-failed', randomUUID(), cause)
      return { cause }
    }
    const ringing = () => tell('dial-ringing', callId)
    const { callId, placed, cancel } = placeCall(legs, target, {
      ...{ accountId, from, nextCallId, timeoutMs: dial.timeout * 1000 },
      onRinging: ringing,
    })
    const cancelFor = (stopper: AskedBy) => {
      if (!cancel()) return false
      by = stopper
      return true
    }
    run.calls.add({ callId, cancel: cancelFor, settled: placed })
    tell('dial-started', callId)
    const outcome = await placed
    const result =
      outcome.kind === 'answered' ? await admit(run, outcome.leg) : { cause: outcome.cause }
    if ('cause' in result) tell('dial-failed', callId, result.cause)
    else tell('dial-answered', result.callId)
    return result
  }

  /** A device is called once, however often the request comes to it: a phone rings on one line. */
  const callAll = (run: Run, targets: readonly Target[]): Promise<EndpointResponse[]> => {
    const calls = new Map<string, Promise<Result>>()
    return Promise.all(
      targets.map(async (target): Promise<EndpointResponse> => {
        const { endpointId, device } = target
        const once = device && calls.get(device.id)
        const calling = once ?? call(run, target)
        if (device) calls.set(device.id, calling)
        const result = await calling
        const common = { endpoint_id: endpointId, job_id: run.jobId }
        if ('cause' in result) return { ...common, message: result.cause, status: 'error' }
        const { callId } = result
        const message = `dial resulted in call id ${callId}`
        return { ...common, call_id: callId, message, status: 'success' }
      }),
    )
  }

  return {
    dial: async ({ accountId, conferenceId, data, by }) => {
      const { dial, conference: more } = readOrder(validator, data)
      const conference = conferenceFor(accountId, conferenceId, more)
      const targets = resolve(dial.endpoints, directoryOf(accountId))
      const mustRun = dial.participant_flags.includes('join_existing')
      if (mustRun && !rooms.get(accountId, conferenceId)) throw notRunning(conferenceId)
      const { job_id: jobId = randomUUID() } = dial
      const run: Run = {
        ...{ conference, dial, by, jobId, from: callerOf(dial, conference) },
        nextCallId: callIds(dial.outbound_call_id),
        calls: underWay.begin({ accountId, conferenceId: conference.id, jobId }),
      }
      try {
        return { endpoint_responses: await callAll(run, targets) }
      } finally {
        run.calls.end()
      }
    },
    cancel: underWay.cancel,
  }
}
