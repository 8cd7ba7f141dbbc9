import { isIP } from 'node:net'
import type { ObjectEvent } from '#contract/events'
import type { SipSettings, SipSettingsChange, SipSettingsReply } from '#contract/sip'
import { subnetOf } from '../../platform/address-list.ts'
import { invalid } from '../../platform/errors.ts'
import type { Bus } from '../../platform/events/bus.ts'
import type { Database } from '../../platform/sqlite/sqlite.ts'
import { readAll, writeAll } from './store.ts'

/**
 * How phones reach this installation. Apart from the other settings because it holds a secret: what is
 * answered never has the trunk's password in it.
 */
export type SipSettingsModule = {
  get: () => SipSettings
  /** With its password: for placing calls, and for nothing else. */
  trunk: () => SipSettings['trunk'] & { password?: string }
  reply: () => SipSettingsReply
  /** Throws a validation error for an address or list that cannot be, or one that lets everybody in. */
  change: (change: SipSettingsChange, origin: string) => Promise<SipSettingsReply>
}

type Kept = SipSettings & { trunk: { password?: string } }

const defaults: Kept = {
  enabled: true,
  bind: '127.0.0.1',
  port: 5060,
  realm: '',
  authenticate_calls: true,
  allow_list: [],
  minimum_expires: 60,
  maximum_expires: 3600,
  failures_per_source: 20,
  failure_window: 60,
  trunk: { host: '', port: 5060, transport: 'udp', username: '' },
}

/** In the table of all settings. */
const key = 'sip'

const violation = (field: string, rule: string, message: string, value: unknown) =>
  invalid({ [field]: { [rule]: { message, value } } })

const isLoopback = (address: string): boolean => address === '::1' || address.startsWith('127.')

const check = ({ bind, allow_list, authenticate_calls, ...limits }: SipSettings): void => {
  if (isIP(bind) === 0) {
    throw violation('bind', 'wrong_format', 'An IP address of this machine is needed', bind)
  }
  allow_list.forEach((entry, index) => {
    if (subnetOf(entry)) return
    const message = 'This is neither an IP address nor a network such as 192.168.1.0/24'
    throw violation(`allow_list.${index}`, 'wrong_format', message, entry)
  })
  if (!isLoopback(bind) && !authenticate_calls && allow_list.length === 0) {
    const message =
      'Others can reach this address: let calls authenticate, or list the addresses that may call'
    throw violation('bind', 'forbidden', message, bind)
  }
  if (limits.minimum_expires > limits.maximum_expires) {
    const message = 'The shortest registration is longer than the longest'
    throw violation('minimum_expires', 'maximum', message, limits.minimum_expires)
  }
}

export const createSipSettings = (deps: {
  db: Database
  events: Bus<ObjectEvent>
}): SipSettingsModule => {
  const { db, events } = deps
  const stored = readAll(db)[key] as Partial<Kept> | undefined
  let current: Kept = { ...defaults, ...stored }

  const reply = (): SipSettingsReply => {
    const { password, ...trunk } = current.trunk
    return { ...current, trunk: { ...trunk, has_password: password !== undefined } }
  }

  return {
    get: () => current,
    trunk: () => current.trunk,
    reply,
    change: async ({ trunk = {}, ...change }, origin) => {
      const { password, ...merged } = { ...current.trunk, ...trunk }
      const next: Kept = {
        ...current,
        ...change,
        trunk: password ? { ...merged, password } : merged,
      }
      check(next)
      await db.write((tx) => writeAll(tx, { [key]: next }))
      current = next
      events.emit({ event: 'doc_edited', type: 'settings', id: key, account_id: '*', origin })
      return reply()
    },
  }
}
