import type { SipSettings } from '#contract/sip'
import type { Engine } from '../../engine/port.ts'
import type { Log } from '../../platform/log.ts'
import type { Scope } from '../../platform/scope.ts'
import type { Devices } from '../devices/devices.ts'
import type { Guard } from './guard.ts'
import type { MadeLeg } from './leg.ts'
import type { Lines } from './line.ts'
import type { IncomingLeg, LegLimits } from './types.ts'

/** What calls in both directions are made of. */
export type LegDeps = {
  readonly scope: Scope
  readonly log: Log
  readonly engine: Pick<Engine, 'capabilities'>
  readonly lines: Lines
  readonly guard: Guard
  readonly limits: LegLimits
  readonly settings: () => SipSettings
  readonly isAllowed: (address: string) => boolean
  readonly devices: Pick<Devices, 'bySipUsername'>
  readonly accountOf: (domain: string) => string
  readonly domainOf: (accountId: string) => string
  readonly isFull: () => boolean
  readonly hasCall: (callId: string) => boolean
  /** Packets of a leg so far. */
  readonly received: (legId: string) => () => Promise<number>
  /** Gives a call to whoever takes it. */
  readonly handle: (call: IncomingLeg, reject: (status: number) => void) => void
  /** Something that has to be ended before SIP is; the returned function says that it has ended. */
  readonly enlist: (entry: {
    readonly callId: string
    readonly leave: (cause: string) => Promise<void>
  }) => () => void
  /** A leg lives from now on. */
  readonly register: (made: MadeLeg) => void
}
