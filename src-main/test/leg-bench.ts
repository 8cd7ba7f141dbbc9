import type { SipSettings } from '#contract/sip'
import { systemClock } from '../platform/clock.ts'
import { createLog } from '../platform/log.ts'
import { createScope } from '../platform/scope.ts'
import { createSip } from '../sip/sip.ts'
import { startCallPhone, type CallPhone, type PhoneOptions } from './call-phone.ts'
import type { SipDevice } from '../modules/devices/devices.ts'
import type { Engine } from '../engine/port.ts'
import { createLegs, type IncomingLeg, type Leg, type LegLimits } from '../modules/legs/legs.ts'
import { createFakeEngine } from './fake-engine.ts'

const accounts = new Map([
  ['one.example', 'account-1'],
  ['two.example', 'account-2'],
])
export const password = 'correct-horse'

const device = (name: string, accountId: string, more: Partial<SipDevice> = {}): SipDevice => ({
  ...{ id: `id-${name}`, accountId, name, enabled: true, password, method: 'password' },
  ...more,
})
const devices = new Map([
  ['account-1 ann', device('ann', 'account-1')],
  ['account-1 off', device('off', 'account-1', { enabled: false })],
  ['account-2 bob', device('bob', 'account-2')],
])

type BenchOptions = {
  settings?: Partial<SipSettings>
  limits?: Partial<LegLimits>
  host?: string
}

/** Legs on a stack of their own, with an engine that only keeps the books, and phones to call them. */
export const startBench = (options: BenchOptions = {}) =>
  startBenchWith(createFakeEngine(), options)

export const startBenchWith = async <E extends Engine>(engine: E, options: BenchOptions = {}) => {
  const scope = createScope('bench')
  const lines: string[] = []
  const log = createLog({ level: 'warn', write: (line) => void lines.push(line) })
  const settings: SipSettings = {
    ...{ enabled: true, bind: '127.0.0.1', port: 0, realm: '', allow_list: [] },
    ...{ authenticate_calls: false, minimum_expires: 60, maximum_expires: 3600 },
    ...{ failures_per_source: 20, failure_window: 60 },
    trunk: { host: '', port: 5060, transport: 'udp', username: '' },
    ...options.settings,
  }
  const legScope = scope.child('legs')
  const legs = createLegs({
    ...{ scope: legScope, log, clock: systemClock, engine, settings: () => settings },
    devices: { bySipUsername: (accountId, name) => devices.get(`${accountId} ${name}`) },
    accountOf: (domain) => accounts.get(domain) ?? 'account-1',
    domainOf: (id) => [...accounts].find(([, one]) => one === id)?.[0] ?? '',
    ...(options.limits && { limits: options.limits }),
  })
  const sipScope = createScope('sip')
  const sip = await createSip({
    ...{ scope: sipScope, log, clock: systemClock, realm: 'patchbay', product: 'Patchbay' },
    bind: { host: options.host ?? '127.0.0.1', port: 0 },
  })
  const leave = legs.serve(sip)
  const server = `127.0.0.1:${sip.port}`
  const phones: CallPhone[] = []
  const taken: IncomingLeg[] = []

  return {
    ...{ legs, engine, sip, leave, lines, legScope, taken },
    phone: async (more: Partial<PhoneOptions> = {}) => {
      const phone = await startCallPhone(server, { user: 'ann', domain: 'one.example', ...more })
      phones.push(phone)
      return phone
    },
    /** Takes calls from now on, answering them at once unless told otherwise. */
    answering: (also: (leg: Leg) => void = () => undefined) => {
      legs.take((call) => {
        taken.push(call)
        call.answer().then(also, () => undefined)
      })
    },
    /** The next leg that is answered. */
    nextLeg: () =>
      new Promise<Leg>((resolve, reject) =>
        legs.take((call) => {
          taken.push(call)
          call.answer().then(resolve, reject)
        }),
      ),
    /** The next call, unanswered. */
    nextCall: () =>
      new Promise<IncomingLeg>((resolve) =>
        legs.take((call) => {
          taken.push(call)
          resolve(call)
        }),
      ),
    dispose: async () => {
      await leave()
      await sipScope.dispose()
      await scope.dispose()
      await Promise.all(phones.map((phone) => phone.close()))
    },
  }
}

export type LegBench = Awaited<ReturnType<typeof startBench>>
