import { GREGORIAN_OFFSET_S } from '#contract/envelope'
import type { DeviceStatus, Registration } from '#contract/devices'
import type { ObjectEvent } from '#contract/events'
import type { SipSettings } from '#contract/sip'
import { createAddressList } from '../../platform/address-list.ts'
import type { Clock } from '../../platform/clock.ts'
import type { Bus } from '../../platform/events/bus.ts'
import type { Log } from '../../platform/log.ts'
import type { Scope } from '../../platform/scope.ts'
import type { Header, IncomingRequest, Peer, Sip, SipRequest, SipUri } from '../../sip/sip.ts'
import type { Devices, SipDevice } from '../devices/devices.ts'
import { registered, type Binding } from './bindings.ts'
import { createRegistrations } from './registrations.ts'

/**
 * The registrar of RFC 3261 §10: a device proves its SIP password and says where it can be reached. What
 * it said is soft state in memory: phones say it again, at the latest when it would have expired.
 */
export type Registrar = {
  /** Answers the REGISTER requests of a stack, until it is gone. */
  serve: (sip: Sip) => void
  registrationsOf: (deviceId: string) => Registration[]
  /** Only devices that are registered. */
  registered: (accountId: string) => DeviceStatus[]
  /** Where calls to the device go: each contact, and where its registration came from. */
  contactsOf: (deviceId: string) => readonly Contact[]
}

export type Contact = { readonly uri: SipUri; readonly source: Peer }

const hostText = (host: string): string => (host.includes(':') ? `[${host}]` : host)

const gregorian = (ms: number): number => Math.floor(ms / 1000) + GREGORIAN_OFFSET_S

const toRegistration = ({ uri, source, userAgent, ...times }: Binding): Registration => ({
  contact: uri.text,
  source: `${hostText(source.host)}:${source.port}`,
  transport: source.transport,
  ...(userAgent !== undefined && { user_agent: userAgent }),
  registered: gregorian(times.registeredMs),
  expires: gregorian(times.expiresMs),
})

const userAgentOf = ({ headers }: SipRequest): string | undefined =>
  headers.find(({ name }) => name.toLowerCase() === 'user-agent')?.value.slice(0, 200)

/** What changes when a device may no longer be trusted with what it registered. */
const proofOf = (username: string, { password }: SipDevice): string =>
  JSON.stringify([username.toLowerCase(), password])

const canRegister = ({ enabled, method, password }: SipDevice): boolean =>
  enabled && method === 'password' && password !== undefined

export const createRegistrar = (deps: {
  scope: Scope
  log: Log
  clock: Clock
  events: Bus<ObjectEvent>
  devices: Devices
  settings: () => SipSettings
  /** Id of the account a SIP domain stands for; addresses stand for the first account. */
  accountOf: (domain: string) => string
}): Registrar => {
  const { scope, log, clock, events, devices, settings, accountOf } = deps
  const { nowMs } = clock

  const registrations = createRegistrations({
    scope,
    nowMs,
    changed: ({ accountId, deviceId }, event) => {
      log.info('registration changed', { device: deviceId, event })
      events.emit({ event, type: 'registration', id: deviceId, account_id: accountId })
    },
  })

  scope.add(
    events.on(({ type, event, id, account_id: accountId }) => {
      const entry = type === 'device' ? registrations.entry(id) : undefined
      if (!entry) return
      const [username = ''] = JSON.parse(entry.proof) as string[]
      const device =
        event === 'doc_deleted' ? undefined : devices.bySipUsername(accountId, username)
      const isSame = device?.id === id && canRegister(device)
      if (!isSame || proofOf(username, device) !== entry.proof) registrations.drop(id)
    }),
  )

  const contactHeaders = (bindings: readonly Binding[]): Header[] =>
    bindings.map(({ uri, expiresMs }) => ({
      name: 'Contact',
      value: `<${uri.text}>;expires=${Math.max(0, Math.round((expiresMs - nowMs()) / 1000))}`,
    }))

  const answer = (incoming: IncomingRequest, device: SipDevice, username: string) => {
    const { request, source } = incoming
    const { minimum_expires: minimumExpires, maximum_expires: maximumExpires } = settings()
    const sender = { source, userAgent: userAgentOf(request) }
    const limits = { minimumExpires, maximumExpires, nowMs: nowMs() }
    const outcome = registered(registrations.of(device.id), request, sender, limits)
    if ('status' in outcome) {
      const { status, reason, tooBrief } = outcome
      const headers = tooBrief ? [{ name: 'Min-Expires', value: String(minimumExpires) }] : []
      incoming.respond(status, { reason, headers })
      return
    }
    const { id: deviceId, accountId } = device
    const registrant = { accountId, deviceId, proof: proofOf(username, device) }
    registrations.set(registrant, outcome.bindings)
    const date = { name: 'Date', value: new Date(nowMs()).toUTCString() }
    incoming.respond(200, { headers: [...contactHeaders(outcome.bindings), date] })
  }

  const handle = (isAllowed: (address: string) => boolean) => (incoming: IncomingRequest) => {
    const { request, source } = incoming
    const at = { source: `${hostText(source.host)}:${source.port}` }
    const refuse = (reason: string) => {
      log.info('registration refused', { reason, ...at })
      incoming.respond(403)
    }
    if (!isAllowed(source.host)) {
      refuse('address not allowed')
      return
    }
    const { uri } = request.to
    if (!('host' in uri)) {
      incoming.respond(404)
      return
    }
    const accountId = accountOf(uri.host)
    const find = (username: string) => {
      const device = devices.bySipUsername(accountId, username)
      return device && canRegister(device) ? device : undefined
    }
    let claimed: string | undefined
    const username = incoming.authenticate((name) => {
      claimed = name
      return find(name)?.password
    })
    if (username === undefined) {
      // The first request of every phone claims nothing: it is challenged, and no news.
      if (claimed !== undefined)
        log.info('registration not authenticated', { user: claimed, ...at })
      return
    }
    const device = find(username)
    // Nobody registers for somebody else (RFC 3261 §10.3 step 4).
    const isOwn = uri.user?.toLowerCase() === username.toLowerCase()
    if (device && isOwn) answer(incoming, device, username)
    else refuse('registers for another user')
  }

  return {
    serve: (sip) => void sip.handle('REGISTER', handle(createAddressList(settings().allow_list))),
    registrationsOf: (deviceId) => registrations.of(deviceId).map(toRegistration),
    registered: (accountId) =>
      registrations.inAccount(accountId).map(({ deviceId, bindings }) => ({
        device_id: deviceId,
        registered: true,
        registrations: bindings.map(toRegistration),
      })),
    contactsOf: (deviceId) => registrations.of(deviceId),
  }
}
