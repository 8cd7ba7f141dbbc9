import type { ConferenceInput } from '#contract/conferences'
import type { ConferenceProfile } from '#contract/conference-profile'

type Within<P extends string, T> = { [K in keyof T & string as `${P}.${K}`]?: T[K] }

/** Every field of a conference that can be set, by its dotted path. */
export type FieldValues = Omit<
  Partial<ConferenceInput>,
  'member' | 'moderator' | 'profile' | 'focus'
> &
  Within<'member', ConferenceInput['member']> &
  Within<'moderator', ConferenceInput['moderator']> &
  Within<'profile', ConferenceProfile>

export type FieldName = keyof FieldValues
/** Those whose value is of a kind. */
export type FieldOf<T> = {
  [F in FieldName]-?: NonNullable<FieldValues[F]> extends T ? F : never
}[FieldName]

type Group = {
  id: string
  title: string
  /** What it is about, in the words of who sets it up. */
  about: string
  /** In sight from the beginning. */
  isEssential?: boolean
  /** By their paths, with what the form calls them. */
  fields: Partial<Record<FieldName, string>>
}

/** What belongs together in the eyes of who sets a conference up. */
export const groups = [
  {
    id: 'name',
    title: 'Name & numbers',
    about: 'How it is found, and what is dialled to get in.',
    isEssential: true,
    fields: { name: 'Name', conference_numbers: 'Numbers to dial' },
  },
  {
    id: 'enter',
    title: 'Who may enter',
    about: 'A PIN or a number of its own makes somebody a member or a moderator.',
    isEssential: true,
    fields: {
      'member.pins': 'Member PINs',
      'moderator.pins': 'Moderator PINs',
      'member.numbers': 'Member numbers',
      'moderator.numbers': 'Moderator numbers',
    },
  },
  {
    id: 'joining',
    title: 'How they come in',
    about: 'Muted or not, at once or once a moderator is there.',
    isEssential: true,
    fields: {
      'member.join_muted': 'Members join muted',
      'moderator.join_muted': 'Moderators join muted',
      'member.join_deaf': 'Members join deaf',
      'moderator.join_deaf': 'Moderators join deaf',
      wait_for_moderator: 'Members wait for a moderator',
      require_moderator: 'It ends with the last moderator',
      play_welcome: 'Callers are welcomed',
      play_name: 'Names are announced',
      'member.play_entry_prompt': 'Members hear that they join',
    },
  },
  {
    id: 'hearing',
    title: 'What they hear',
    about: 'Language, tones, music, and the prompts of each moment.',
    fields: {
      language: 'Language of prompts',
      play_entry_tone: 'When somebody comes',
      play_exit_tone: 'When somebody leaves',
      'profile.alone-sound': 'Who is alone',
      'profile.moh-sound': 'Music for who is alone or waits',
      'profile.muted-sound': 'Who was muted',
      'profile.unmuted-sound': 'Who may speak again',
      'profile.locked-sound': 'Turned away: it is locked',
      max_members_media: 'Turned away: it is full',
      'profile.enter-sound': 'When somebody comes (profile)',
      'profile.exit-sound': 'When somebody leaves (profile)',
      'profile.max-members-sound': 'Turned away: it is full (profile)',
    },
  },
  {
    id: 'limits',
    title: 'Limits',
    about: 'How many may be in it.',
    fields: {
      max_participants: 'Most participants',
      'profile.max-members': 'Most participants (profile)',
      'profile.announce-count': 'Say how many are there above',
    },
  },
  {
    id: 'sound',
    title: 'Sound',
    about: 'How it is mixed. The defaults suit telephones.',
    fields: {
      'profile.rate': 'Sample rate',
      'profile.energy-level': 'Energy that counts as talking',
      'profile.comfort-noise': 'Comfort noise',
      'profile.interval': 'Length of a frame',
    },
  },
  {
    id: 'keys',
    title: 'Keys of callers',
    about: 'What the keys of a phone do during the conference.',
    fields: {
      caller_controls: 'Keys of callers',
      moderator_controls: 'Keys of moderators',
      controls: 'Own groups of keys',
      'profile.caller-controls': 'Keys of callers (profile)',
      'profile.moderator-controls': 'Keys of moderators (profile)',
    },
  },
  {
    id: 'integrations',
    title: 'For integrations',
    about: 'What other applications that use this API write and read.',
    fields: {
      owner_id: 'Owner',
      flags: 'Flags',
      profile_name: 'Name of the profile',
      domain: 'Domain',
      bridge_username: 'User name at a bridge',
      bridge_password: 'Password at a bridge',
    },
  },
] as const satisfies readonly Group[]

export type GroupId = (typeof groups)[number]['id']

/** Those that stand before the others are asked for. */
export const essentialGroups: readonly GroupId[] = groups
  .filter((group) => 'isEssential' in group)
  .map(({ id }) => id)

const allGroups: readonly Group[] = groups

export const fieldsOf = (id: GroupId): readonly FieldName[] =>
  Object.keys(allGroups.find((group) => group.id === id)?.fields ?? {}) as FieldName[]

export const fieldNames: readonly FieldName[] = groups.flatMap(({ id }) => fieldsOf(id))

const holding = (field: string) => allGroups.find(({ fields }) => Object.hasOwn(fields, field))

/** The group of a field; the first for one nobody knows, so that what is said of it is seen. */
export const groupOf = (field: string): GroupId => (holding(field)?.id ?? 'name') as GroupId

/** What the form calls a field. */
export const labelOf = (field: string): string =>
  holding(field)?.fields[field as FieldName] ?? field
