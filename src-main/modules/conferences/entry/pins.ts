import { timingSafeEqual } from 'node:crypto'
import type { EntryFacts, Role } from './types.ts'

/** PINs are up to 16 digits: what fills them up is none. */
const padded = (text: string): Buffer => {
  const bytes = Buffer.alloc(32)
  bytes.write(text, 'latin1')
  return bytes
}

/** Takes as long whichever PIN it is, so that a clock tells nothing. */
const isOneOf = (typed: string, pins: readonly string[]): boolean => {
  const entered = padded(typed)
  return pins.reduce((found, pin) => timingSafeEqual(padded(pin), entered) || found, false)
}

/** The roles a caller may still get: the one of the number that was called, or both; members come first. */
const rolesOf = ({ roleByNumber }: EntryFacts): readonly Role[] =>
  roleByNumber ? [roleByNumber] : ['member', 'moderator']

export const needsPin = (facts: EntryFacts): boolean =>
  rolesOf(facts).some((role) => facts.conference[role].pins.length > 0)

/** Where nobody is asked for a PIN. */
export const roleWithoutPin = ({ roleByNumber }: EntryFacts): Role => roleByNumber ?? 'member'

/**
 * Who somebody is that typed this; undefined when nobody may. A PIN of both roles is a member's; where only moderators have
 * PINs, typing nothing is a member's. Not the other way round, as KAZOO may have it: a PIN of members is no door that opens
 * by waiting, least of all to the moderator's chair.
 */
export const roleOfPin = (facts: EntryFacts, typed: string): Role | undefined =>
  rolesOf(facts).find((role) => {
    const { pins } = facts.conference[role]
    return pins.length === 0 ? role === 'member' && typed === '' : isOneOf(typed, pins)
  })

/** Might these digits become a longer PIN? */
export const isBeginOfPin = (facts: EntryFacts, typed: string): boolean =>
  rolesOf(facts).some((role) =>
    facts.conference[role].pins.some((pin) => pin.length > typed.length && pin.startsWith(typed)),
  )

/** The roles that can be had by who knows every PIN. */
export const rolesToBeHad = (facts: EntryFacts): ReadonlySet<Role> => {
  if (!needsPin(facts)) return new Set([roleWithoutPin(facts)])
  const { member, moderator } = facts.conference
  const membersPins = new Set(member.pins)
  // One PIN of each role tells for all; of moderators' one that is not a member's too, where there is one.
  const moderatorsPin = moderator.pins.find((pin) => !membersPins.has(pin)) ?? moderator.pins[0]
  const roles = ['', member.pins[0], moderatorsPin].map((pin) =>
    pin === undefined ? undefined : roleOfPin(facts, pin),
  )
  return new Set(roles.filter((role) => role !== undefined))
}
