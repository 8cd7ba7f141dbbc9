import type { Scope } from '../../platform/scope.ts'
import type { Binding } from './bindings.ts'

/** Whose registrations they are, and what the device proved when it made them. */
export type Registrant = { accountId: string; deviceId: string; proof: string }

export type Entry = Registrant & { bindings: readonly Binding[] }

/** The registrations of all devices, in memory; each ends by itself when its time is up. */
export type Registrations = {
  of: (deviceId: string) => readonly Binding[]
  entry: (deviceId: string) => Entry | undefined
  inAccount: (accountId: string) => Entry[]
  /** In place of what the device had. */
  set: (registrant: Registrant, bindings: readonly Binding[]) => void
  drop: (deviceId: string) => void
}

/** A change others can see: a refresh of the same contact from the same place is none. */
export type Change = 'doc_created' | 'doc_edited' | 'doc_deleted'

const placesOf = (bindings: readonly Binding[]): string =>
  bindings
    .map(({ uri, source }) => `${uri.text} ${source.transport} ${source.host}:${source.port}`)
    .sort()
    .join('\n')

const changeBetween = (
  before: readonly Binding[],
  after: readonly Binding[],
): Change | undefined => {
  if (placesOf(before) === placesOf(after)) return undefined
  if (before.length === 0) return 'doc_created'
  return after.length === 0 ? 'doc_deleted' : 'doc_edited'
}

export const createRegistrations = (deps: {
  scope: Scope
  nowMs: () => number
  changed: (registrant: Registrant, change: Change) => void
}): Registrations => {
  const { scope, nowMs, changed } = deps
  const entries = new Map<string, Entry & { stopTimer: () => void }>()

  const expire = (deviceId: string) => {
    const entry = entries.get(deviceId)
    if (!entry) return
    const now = nowMs()
    put(
      entry,
      entry.bindings.filter(({ expiresMs }) => expiresMs > now),
    )
  }

  /** Timers may be early by a millisecond: looked at again then. */
  const timerFor = (deviceId: string, bindings: readonly Binding[]) => {
    const next = Math.min(...bindings.map(({ expiresMs }) => expiresMs))
    return scope.timeout(() => expire(deviceId), Math.max(1, next - nowMs()))
  }

  const put = (registrant: Registrant, bindings: readonly Binding[]) => {
    const { accountId, deviceId, proof } = registrant
    const former = entries.get(deviceId)
    former?.stopTimer()
    if (bindings.length === 0) entries.delete(deviceId)
    else {
      const stopTimer = timerFor(deviceId, bindings)
      entries.set(deviceId, { accountId, deviceId, proof, bindings, stopTimer })
    }
    const change = changeBetween(former?.bindings ?? [], bindings)
    if (change) changed(registrant, change)
  }

  return {
    of: (deviceId) => entries.get(deviceId)?.bindings ?? [],
    entry: (deviceId) => entries.get(deviceId),
    inAccount: (accountId) =>
      [...entries.values()].filter((entry) => entry.accountId === accountId),
    set: put,
    drop: (deviceId) => {
      const entry = entries.get(deviceId)
      if (entry) put(entry, [])
    },
  }
}
