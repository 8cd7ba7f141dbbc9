import type { Finding, FindingCode } from '#contract/conference-check'
import type { ConferenceDocument } from '#contract/conferences'
import { numbersOf, roleOfNumber } from '../document.ts'
import { rolesToBeHad } from '../entry/pins.ts'
import type { EntryFacts, Role } from '../entry/types.ts'

/** What is known of a conference that may be saved, and of what is around it. */
export type Facts = {
  /** What of it is valid, with all defaults. */
  readonly conference: ConferenceDocument
  readonly doors: readonly Door[]
  /** Its numbers that are the SIP user names of phones. */
  readonly phones: readonly { readonly number: string; readonly name: string }[]
  /** Somebody may call who proved nothing. */
  readonly strangersMayCall: boolean
  readonly sounds: SoundFacts
}

/** A number, and what it leads to. */
export type Door = {
  readonly number: string
  /** That it decides. */
  readonly role: Role | undefined
  /** Whom it lets in, by whichever PIN. */
  readonly lets: ReadonlySet<Role>
}

export type SoundFacts = {
  /** Prompts are wanted in it. */
  readonly language: string
  readonly missing: readonly string[]
  readonly inOtherLanguage: readonly { readonly promptId: string; readonly language: string }[]
  /** What documents name and cannot be played, with the reason. */
  readonly unplayable: readonly {
    readonly field: string
    readonly cause: string
    readonly problem: string
  }[]
}

/** A warning, which is given once everything it `reads` is valid. */
export type Rule = {
  readonly reads: readonly string[]
  readonly find: (facts: Facts) => readonly Warning[]
}

export type Warning = Omit<Finding, 'severity'>

/** As a caller finds it who is the first. */
const entryOf = (conference: ConferenceDocument, roleByNumber: Role | undefined): EntryFacts => ({
  conference,
  roleByNumber,
  room: { isLocked: false, participants: 0, hasModerator: false },
})

export const doorsOf = (conference: ConferenceDocument): readonly Door[] => {
  const letsBy = new Map<Role | undefined, ReadonlySet<Role>>()
  return numbersOf(conference).map((number) => {
    const role = roleOfNumber(conference, number)
    const lets = letsBy.get(role) ?? rolesToBeHad(entryOf(conference, role))
    letsBy.set(role, lets)
    return { number, role, lets }
  })
}

/** The PIN decides the role somewhere: where no number does, or where it is called by its id. */
export const isPinDecisive = ({ doors }: Facts): boolean =>
  doors.length === 0 || doors.some(({ role }) => role === undefined)

/** `one, two and three`, at most so many of them. */
export const listed = (items: readonly string[], most = 6): string => {
  if (items.length > most)
    return `${items.slice(0, most).join(', ')} and ${items.length - most} more`
  return items.length < 2
    ? items.join('')
    : `${items.slice(0, -1).join(', ')} and ${items.at(-1) ?? ''}`
}

export const warning = (
  field: string,
  code: FindingCode,
  message: string,
  cause?: string,
): Warning => ({ field, code, ...(cause !== undefined && { cause }), message })
