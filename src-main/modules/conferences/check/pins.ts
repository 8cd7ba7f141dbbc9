import { DIGIT_TIMEOUT_MS } from '../entry/entry.ts'
import { MEMORY_MS, MOST_OF_STRANGERS } from '../entry/pin-guard.ts'
import type { Role } from '../entry/types.ts'
import { isPinDecisive, listed, warning, type Facts, type Rule } from './facts.ts'

const pins = ['member.pins', 'moderator.pins']
const reads = [...pins, 'conference_numbers', 'member.numbers', 'moderator.numbers']
const roles = ['member', 'moderator'] as const
const pause = `${DIGIT_TIMEOUT_MS / 1000} seconds`
/** As many digits as keep strangers busy for months. */
const SAFE_DIGITS = 6

const otherOf = (role: Role): Role => (role === 'member' ? 'moderator' : 'member')
const pinsOf = ({ conference }: Facts, role: Role): readonly string[] => conference[role].pins

/** Somebody is asked for these PINs: where it has no number, who calls it by its id. */
const areAsked = (facts: Facts, role: Role): boolean =>
  isPinDecisive(facts) || facts.doors.some((door) => door.role === role)

const inBothRoles: Rule = {
  reads,
  find: (facts) => {
    const members = new Set(pinsOf(facts, 'member'))
    const shared = pinsOf(facts, 'moderator').filter((pin) => members.has(pin))
    if (!isPinDecisive(facts)) return []
    return shared.map((pin) => {
      const message = `${pin} is a PIN of members as well. Who types it is a member.`
      return warning('moderator.pins', 'pin_in_both_roles', message, pin)
    })
  },
}

const beginsOther = (role: Role): Rule => ({
  reads,
  find: (facts) => {
    if (!isPinDecisive(facts)) return []
    const short = new Set(pinsOf(facts, role))
    const longer = new Map<string, string>()
    for (const pin of pinsOf(facts, otherOf(role)))
      for (let end = 1; end < pin.length; end += 1) {
        const begin = pin.slice(0, end)
        if (short.has(begin)) longer.set(begin, pin)
      }
    return [...longer].map(([pin, long]) => {
      const message = `The ${otherOf(role)} PIN ${long} begins with ${pin}. Who pauses ${pause} after that comes in as a ${role}.`
      return warning(`${role}.pins`, 'pin_begins_other', message, pin)
    })
  },
})

const needless = (role: Role): Rule => ({
  reads,
  find: (facts) => {
    if (pinsOf(facts, role).length === 0 || areAsked(facts, role)) return []
    const message = `No number asks for these PINs: whoever calls is a ${otherOf(role)}.`
    return [warning(`${role}.pins`, 'pins_needless', message)]
  },
})

const ofOneRole: Rule = {
  reads,
  find: (facts) => {
    const open = facts.doors.filter(({ role }) => role === undefined).map(({ number }) => number)
    const [members, moderators] = roles.map((role) => pinsOf(facts, role).length > 0)
    if (open.length === 0 || members === moderators) return []
    const message =
      members === true
        ? `Only members have PINs, so ${listed(open)} ${open.length > 1 ? 'let' : 'lets'} nobody in as a moderator.`
        : `Who calls ${listed(open)} is asked for a PIN. Members, who have none, press # or wait ${pause}.`
    return [
      warning(members === true ? 'moderator.pins' : 'member.pins', 'pins_of_one_role', message),
    ]
  },
}

const inWords = (minutes: number): string => {
  if (minutes < 120) return `${Math.ceil(minutes)} minutes`
  const hours = minutes / 60
  return hours < 72 ? `${Math.ceil(hours)} hours` : `${Math.ceil(hours / 24)} days`
}

/** Until strangers have tried every PIN of so many digits. */
const minutesToTry = (digits: number): number =>
  (10 ** digits / MOST_OF_STRANGERS) * (MEMORY_MS / 60_000)

const weak = (role: Role): Rule => ({
  reads,
  find: (facts) => {
    if (!facts.strangersMayCall || !areAsked(facts, role)) return []
    const [pin] = [...pinsOf(facts, role)].sort((one, other) => one.length - other.length)
    if (pin === undefined || pin.length >= SAFE_DIGITS) return []
    const { length } = pin
    const message = `Strangers may call and guess: every PIN of ${length} ${length === 1 ? 'digit' : 'digits'} is tried within ${inWords(minutesToTry(length))}, of ${SAFE_DIGITS} digits within ${inWords(minutesToTry(SAFE_DIGITS))}.`
    return [warning(`${role}.pins`, 'weak_pin', message, pin)]
  },
})

/** What PINs decide, by the rules of entry/pins.ts. */
export const pinRules: readonly Rule[] = [
  inBothRoles,
  ...roles.flatMap((role) => [beginsOther(role), needless(role), weak(role)]),
  ofOneRole,
]
