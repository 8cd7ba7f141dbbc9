import type { SipSettings } from '#contract/sip'
import type { Engine } from '../../engine/port.ts'
import { createAddressList } from '../../platform/address-list.ts'
import type { Clock } from '../../platform/clock.ts'
import type { Log } from '../../platform/log.ts'
import { createScope, type Scope } from '../../platform/scope.ts'
import type { Sip } from '../../sip/sip.ts'
import type { Devices } from '../devices/devices.ts'
import type { LegDeps } from './deps.ts'
import { createGuard } from './guard.ts'
import { createIncoming } from './incoming.ts'
import { createLines } from './line.ts'
import { placeCall } from './outgoing.ts'
import { createIsTrunk } from './trunk.ts'
import type { IncomingLeg, LegLimits, Legs } from './types.ts'

export { isCallId } from './outgoing.ts'
export { LegError } from './types.ts'
export type {
  Destination,
  IncomingLeg,
  Leg,
  LegEnd,
  LegLimits,
  Legs,
  Party,
  PlacedLeg,
  Placing,
} from './types.ts'

const usualLimits: LegLimits = {
  legs: 1_000,
  waitingPerSource: 100,
  refusedPerSource: 100,
  windowMs: 60_000,
  ringingMs: 180_000,
  resumeMs: 20_000,
}

/** How long a stack waits for the other sides to know that it stops. */
const farewellMs = 1_000

type Ending = { readonly callId: string; readonly leave: (cause: string) => Promise<void> }

export const createLegs = (options: {
  scope: Scope
  log: Log
  clock: Clock
  engine: Engine
  settings: () => SipSettings
  devices: Pick<Devices, 'bySipUsername'>
  /** Id of the account a SIP domain stands for; addresses stand for the first account. */
  accountOf: (domain: string) => string
  /** The SIP domain of an account. */
  domainOf: (accountId: string) => string
  limits?: Partial<LegLimits>
}): Legs & {
  /** Takes the calls of a stack until the returned function has hung up all of them. */
  readonly serve: (sip: Sip) => () => Promise<void>
} => {
  const { scope, log, clock, engine, settings, devices, accountOf, domainOf } = options
  const limits = { ...usualLimits, ...options.limits }
  const lines = createLines({ scope, log, engine })
  const endings = new Set<Ending>()
  let handler: ((call: IncomingLeg) => void) | undefined
  let current: Sip | undefined

  const enlist = (ending: Ending) => {
    endings.add(ending)
    return () => void endings.delete(ending)
  }
  const hasCall = (callId: string) => [...endings].some((ending) => ending.callId === callId)

  const deps = (isAllowed: (address: string) => boolean): LegDeps => ({
    ...{ scope, log, engine, lines, limits, settings, devices, accountOf, domainOf, isAllowed },
    ...{ guard, enlist, hasCall },
    isFull: () => lines.count() >= limits.legs,
    received: (legId) => async () => (await engine.statistics(legId)).packetsReceived,
    handle: (call, reject) => {
      if (!handler) {
        reject(480)
        return
      }
      try {
        handler(call)
      } catch (error) {
        log.error('taking a call failed', { error })
        reject(500)
      }
    },
    register: ({ leg, leave }) => {
      const forget = enlist({ callId: leg.callId, leave })
      void leg.ended.then(forget)
    },
  })
  const guard = createGuard({ limits, nowMs: clock.nowMs })
  const everybody = deps(() => true)

  const leaveAll = async () => {
    const farewell = createScope('farewell')
    const late = new Promise<void>((resolve) => farewell.timeout(resolve, farewellMs))
    const all = Promise.all([...endings].map(({ leave }) => leave('SYSTEM_SHUTDOWN')))
    await Promise.race([all, late])
    await farewell.dispose()
  }

  return {
    take: (next) => {
      handler = next
    },
    place: (placing) => placeCall(everybody, current, placing),
    hasCall,
    count: () => lines.count(),
    serve: (sip) => {
      current = sip
      const take = createIncoming(deps(createAddressList(settings().allow_list)))
      const isTrunk = createIsTrunk({
        ...{ host: () => settings().trunk.host, addressesOf: sip.addressesOf, nowMs: clock.nowMs },
      })
      const stopAnswering = sip.answer(async (call) => {
        const isFromTrunk = await isTrunk(call.source.host)
        // Meanwhile the caller may have given up, and the stack may be about to stop.
        if (call.cancelled.aborted) return
        if (current === sip) take(call, isFromTrunk)
        else call.reject(503)
      })
      return async () => {
        if (current === sip) current = undefined
        stopAnswering()
        await leaveAll()
      }
    },
  }
}
