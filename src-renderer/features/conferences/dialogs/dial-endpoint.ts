import type { DeviceSummary } from '#contract/devices'
import type { UserSummary } from '#contract/users'

/** Somebody to call. */
export type DialTarget = {
  /** What the dial action calls it: the id of a device or user, a number, a SIP URI. */
  readonly endpoint: string
  readonly label: string
  /** Number, owner, how many phones: what tells one from another. */
  readonly detail: string
}

/** Digits as people group them. */
const numberLike = /^\+?[\d\s()./-]*\d[\d\s()./-]*$/
const sipLike = /^sips?:[^\s@]+(@[^\s@]+)?$/i
const addressLike = /^[^\s@:]+@[^\s@]+$/

/** What is typed as something to call: a number, a SIP URI or an address; undefined when it is none. */
export const typedTarget = (typed: string): DialTarget | undefined => {
  const text = typed.trim()
  if (numberLike.test(text)) {
    const endpoint = text.replaceAll(/[\s()./-]/g, '')
    return { endpoint, label: text, detail: 'number' }
  }
  if (sipLike.test(text)) return { endpoint: text, label: text, detail: 'SIP address' }
  if (addressLike.test(text)) return { endpoint: `sip:${text}`, label: text, detail: 'SIP address' }
  return undefined
}

const personName = ({ first_name: first, last_name: last }: UserSummary) => `${first} ${last}`

const phonesText = (count: number) =>
  count === 0 ? 'no phone' : count === 1 ? '1 phone' : `${count} phones`

/** Who can be called here: people by all their phones, and each phone. */
export const knownTargets = (
  devices: readonly DeviceSummary[],
  users: readonly UserSummary[],
): readonly DialTarget[] => {
  const owners = new Map(users.map((user) => [user.id, personName(user)]))
  const people = users.map((user) => ({
    endpoint: user.id,
    label: personName(user),
    detail: phonesText(devices.filter(({ owner_id: owner }) => owner === user.id).length),
  }))
  const phones = devices.map(({ id, name, username, owner_id: ownerId, registered }) => ({
    endpoint: id,
    label: name,
    detail: [
      username ?? '',
      ownerId === undefined ? '' : (owners.get(ownerId) ?? ''),
      registered ? 'registered' : 'not registered',
    ]
      .filter((part) => part !== '')
      .join(' · '),
  }))
  return [...people, ...phones].sort((a, b) => a.label.localeCompare(b.label, 'en'))
}

const MOST_SHOWN = 8

/** Those that fit what is typed and are not chosen yet; what is typed itself stands last, if it can be called. */
export const suggestions = (
  typed: string,
  known: readonly DialTarget[],
  chosen: readonly DialTarget[],
): readonly DialTarget[] => {
  const words = typed.trim().toLowerCase().split(/\s+/)
  const taken = new Set(chosen.map(({ endpoint }) => endpoint))
  const fitting = known.filter(
    ({ endpoint, label, detail }) =>
      !taken.has(endpoint) &&
      words.every((word) => `${label} ${detail}`.toLowerCase().includes(word)),
  )
  const own = typedTarget(typed)
  return [...fitting.slice(0, MOST_SHOWN), ...(own && !taken.has(own.endpoint) ? [own] : [])]
}
