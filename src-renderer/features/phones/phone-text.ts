import type { DeviceStatus, DeviceSummary, Registration } from '#contract/devices'
import type { UserSummary } from '#contract/users'

/** A device as the list shows it: the document, who it belongs to and where it is. */
export type PhoneRow = DeviceSummary & {
  owner: string | undefined
  registrations: readonly Registration[]
}

export const personName = ({ first_name: first, last_name: last }: UserSummary): string =>
  `${first} ${last}`

/** As people look for names: without case, and desk 2 before desk 10. */
export const byName = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })

/** Somebody who was deleted leaves their phones behind. */
const formerOwner = 'somebody who left'

export const rowsOf = (
  devices: readonly DeviceSummary[],
  status: readonly DeviceStatus[],
  users: readonly UserSummary[],
): PhoneRow[] => {
  const names = new Map(users.map((user) => [user.id, personName(user)]))
  const live = new Map(status.map(({ device_id: id, registrations }) => [id, registrations]))
  const rows = devices.map((device) => ({
    ...device,
    owner: device.owner_id === undefined ? undefined : (names.get(device.owner_id) ?? formerOwner),
    registrations: live.get(device.id) ?? [],
  }))
  return rows.sort((a, b) => byName.compare(a.name, b.name))
}

/** Every word is somewhere in what the row shows. */
export const fits = (row: PhoneRow, search: string): boolean => {
  const { name, username = '', owner = '', registrations } = row
  const places = registrations.map(({ source, user_agent: agent = '' }) => `${source} ${agent}`)
  const text = [name, username, owner, ...places].join(' ').toLowerCase()
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word))
}

const firstNumber = 1001

/** The number after the highest that is used as a SIP user name. */
export const nextUsername = (devices: readonly DeviceSummary[]): string => {
  const numbers = devices
    .map(({ username = '' }) => (/^\d{3,9}$/.test(username) ? Number(username) : 0))
    .filter((number) => number >= firstNumber)
  return String(Math.max(firstNumber - 1, ...numbers) + 1)
}

/** No characters that look alike, none that are hard to find on a phone's keys. */
const letters = 'abcdefghjkmnpqrstuvwxyz23456789'
const passwordLength = 16

/** 79 random bits. */
export const newSipPassword = (): string => {
  const drawn: string[] = []
  while (drawn.length < passwordLength) {
    for (const byte of crypto.getRandomValues(new Uint8Array(passwordLength))) {
      // What is left over above a multiple of the alphabet would make some letters likelier.
      const isFair = byte < 256 - (256 % letters.length)
      if (isFair) drawn.push(letters.charAt(byte % letters.length))
    }
  }
  return drawn.slice(0, passwordLength).join('')
}

export type ServerText = { host: string; port: string; reach: 'here' | 'named' | 'any' }

/** What of `127.0.0.1:5060` or `[::1]:5060` goes into which field of a phone. */
export const serverText = (address: string): ServerText => {
  const at = address.lastIndexOf(':')
  const host = address.slice(0, at).replaceAll(/[[\]]/g, '')
  const isHere = host.startsWith('127.') || host === '::1'
  const isAny = host === '0.0.0.0' || host === '::'
  return { host, port: address.slice(at + 1), reach: isHere ? 'here' : isAny ? 'any' : 'named' }
}
