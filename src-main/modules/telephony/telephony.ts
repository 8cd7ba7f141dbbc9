import type { SipSettings } from '#contract/sip'
import type { ObjectEvent } from '#contract/events'
import { isPortTaken } from '../../platform/port.ts'
import type { Clock } from '../../platform/clock.ts'
import type { Bus } from '../../platform/events/bus.ts'
import type { Log } from '../../platform/log.ts'
import { createScope, type Scope } from '../../platform/scope.ts'
import { createSip, type Sip } from '../../sip/sip.ts'

/**
 * The SIP stack as the settings want it: it listens, listens elsewhere when they change, or says why it
 * does not. A phone call is no reason to keep the rest of the application from starting.
 */
export type Telephony = {
  /** `127.0.0.1:5060`, or null when nobody listens. */
  address: () => string | null
  /** Why nobody listens although somebody should: a sentence for people. */
  problem: () => string | undefined
  /** Resolves once it stands as the settings say that were saved before. */
  settled: () => Promise<void>
  /** Hangs up all calls and listens no more, whatever is saved afterwards. Idempotent; its scope does the same. */
  close: () => Promise<void>
}

/**
 * What takes part in SIP: given each stack that starts, before its first packet. What it returns is awaited before that
 * stack stops: calls are hung up while they still can be.
 */
export type Participant = ((sip: Sip) => void) | ((sip: Sip) => () => Promise<void>)

const problemOf = (error: unknown, { host, port }: { host: string; port: number }): string => {
  const where = `${host.includes(':') ? `[${host}]` : host}:${port}`
  if (isPortTaken(error)) {
    return `SIP port ${port} is in use on ${host}: stop what uses it, or choose another in Settings or with --sip-port`
  }
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'EADDRNOTAVAIL') {
    return `SIP cannot listen on ${where}: this machine does not have that address`
  }
  if (code === 'EACCES') return `SIP may not use port ${port}: choose one above 1023`
  return `SIP cannot listen on ${where}: ${error instanceof Error ? error.message : String(error)}`
}

/** What a restart is needed for. */
const keyOf = (settings: SipSettings): string => {
  const { minimum_expires: _minimum, maximum_expires: _maximum, trunk: _trunk, ...rest } = settings
  return JSON.stringify(rest)
}

/**
 * Resolves once it listens, or knows that it cannot. A `port` from the command line wins over the
 * settings, and rejects when it cannot be had: whoever asked for that one wants no other.
 */
export const startTelephony = async (deps: {
  scope: Scope
  log: Log
  clock: Clock
  events: Bus<ObjectEvent>
  settings: () => SipSettings
  realm: () => string
  product: string
  port: number | undefined
  participants: readonly Participant[]
}): Promise<Telephony> => {
  const { scope, log, clock, events, settings, participants } = deps
  let sip: Sip | undefined
  let problem: string | undefined
  let isClosed = false
  let running: { scope: Scope; key: string; leave: (() => Promise<void>)[] } | undefined

  const start = async (wanted: SipSettings): Promise<unknown> => {
    const host = wanted.bind
    const port = deps.port ?? wanted.port
    // No child of ours: those are disposed first, and calls have to be hung up before.
    const own = createScope('sip')
    const leave: (() => Promise<void>)[] = []
    running = { scope: own, key: keyOf(wanted), leave }
    if (!wanted.enabled) return undefined
    try {
      sip = await createSip({
        ...{ scope: own, log, clock, bind: { host, port } },
        realm: deps.realm(),
        product: deps.product,
        limits: {
          failuresPerSource: wanted.failures_per_source,
          failureWindowMs: wanted.failure_window * 1000,
        },
      })
      for (const takePart of participants) {
        const leaving = takePart(sip)
        if (leaving) leave.push(leaving)
      }
      log.info('listening for SIP', { address: sip.address })
      return undefined
    } catch (error) {
      problem = problemOf(error, { host, port })
      log.warn('no SIP', { problem })
      return error
    }
  }

  const stop = async () => {
    sip = undefined
    problem = undefined
    const former = running
    running = undefined
    const left = await Promise.allSettled((former?.leave ?? []).map((leave) => leave()))
    for (const result of left) {
      if (result.status === 'rejected') log.error('leaving SIP failed', { error: result.reason })
    }
    await former?.scope.dispose()
  }

  const follow = async (): Promise<void> => {
    const wanted = settings()
    if (isClosed || running?.key === keyOf(wanted)) return
    await stop()
    await start(wanted)
    // Windows ask again where phones register.
    events.emit({ event: 'doc_edited', type: 'settings', id: 'sip_server', account_id: '*' })
  }

  const failure = await start(settings())
  if (failure !== undefined && deps.port !== undefined) {
    throw new Error(problem, { cause: failure })
  }

  // One after the other: a quick second change waits until the first has let its port go.
  let following = Promise.resolve()
  const close = () => {
    isClosed = true
    return (following = following
      .then(stop)
      .catch((error: unknown) => log.error('stopping SIP failed', { error })))
  }
  scope.add(close)
  scope.add(
    events.on(({ type, id }) => {
      if (type !== 'settings' || id !== 'sip') return
      following = following
        .then(follow)
        .catch((error: unknown) => log.error('restarting SIP failed', { error }))
    }),
  )

  return {
    address: () => sip?.address ?? null,
    problem: () => problem,
    settled: () => following,
    close,
  }
}
