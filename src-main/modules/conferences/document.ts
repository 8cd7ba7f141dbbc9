import type {
  ConferenceDocument,
  ConferenceInput,
  ConferenceLive,
  ConferenceSummary,
} from '#contract/conferences'
import type { ConferenceProfile } from '#contract/conference-profile'
import type { Participant } from '#contract/participants'
import type { Body, StoredDocument } from '../../platform/documents/documents.ts'
import type { Conference } from './room/rooms.ts'

/** The stored body; it passed the schema when it was written. */
export const inputOf = (body: Body): ConferenceInput => body as unknown as ConferenceInput

/** Everything that can be dialled to get in, whatever role it stands for. */
export const numbersOf = (input: ConferenceInput): string[] => [
  ...new Set([...input.conference_numbers, ...input.member.numbers, ...input.moderator.numbers]),
]

/** The role a number alone decides: undefined when it stands for both or neither, and the PIN tells. */
export const roleOfNumber = (
  input: ConferenceInput,
  number: string,
): 'member' | 'moderator' | undefined => {
  const isMember = input.member.numbers.includes(number)
  const isModerator = input.moderator.numbers.includes(number)
  if (isMember === isModerator || input.conference_numbers.includes(number)) return undefined
  return isMember ? 'member' : 'moderator'
}

/** Of KAZOO's named profiles the one that differs from the default. */
const profiles: Readonly<Record<string, ConferenceProfile>> = { page: { rate: 8000 } }

/** Whether a name of a profile means something here. */
export const hasProfile = (name: string): boolean =>
  name === 'default' || Object.hasOwn(profiles, name)

/** A body that passed the schema, as rooms run it: what a profile's name stands for is in the profile. */
export const toConference = (
  { id, accountId, body }: Pick<StoredDocument, 'id' | 'accountId' | 'body'>,
  isAdHoc = false,
): Conference => {
  const input = inputOf(body)
  const { profile_name: name = '' } = input
  const named = Object.hasOwn(profiles, name) ? profiles[name] : undefined
  const profile = named && { profile: { ...named, ...input.profile } }
  return { id, accountId, document: { ...input, ...profile, id }, isAdHoc }
}

/** What is so now: figures, and who is in it. */
export type Live = ConferenceLive & { participants: Participant[] }

export const toConferenceDocument = (document: StoredDocument, live: Live): ConferenceDocument => ({
  ...inputOf(document.body),
  id: document.id,
  _read_only: {
    ...live,
    created: document.created,
    modified: document.modified,
    ...(document.deleted && { deleted: true }),
  },
})

export const toConferenceSummary = (
  document: ConferenceDocument,
  live: ConferenceLive,
): ConferenceSummary => {
  const { id, name, owner_id, conference_numbers, member, moderator, flags = [] } = document
  const { ui_flags } = document as { ui_flags?: unknown }
  const { members, moderators, admins, duration, is_locked } = live
  return {
    id,
    ...(name !== undefined && { name }),
    ...(owner_id !== undefined && { owner_id }),
    conference_numbers,
    member,
    moderator,
    flags,
    ...(ui_flags !== undefined && { ui_flags }),
    ...{ members, moderators, admins, duration, is_locked },
    _read_only: live,
  }
}
