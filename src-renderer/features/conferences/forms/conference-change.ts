import type { ConferenceDocument, ConferenceInput } from '#contract/conferences'
import {
  fieldNames,
  fieldsOf,
  type FieldName,
  type FieldValues,
  type GroupId,
} from './conference-fields.ts'

/** A conference while it is edited; keys this form does not know are in it and stay as they are. */
export type ConferenceDraft = Readonly<Record<string, unknown>>

/** What Save sends: objects are merged, `null` takes a key out. */
export type ConferencePatch = Record<string, unknown>

/** What is so while a field is missing. Of the others nothing is said here: an empty field is their default. */
const defaults: FieldValues = {
  name: '',
  conference_numbers: [],
  'member.join_muted': true,
  'moderator.join_muted': false,
  'member.join_deaf': false,
  'moderator.join_deaf': false,
  'member.numbers': [],
  'moderator.numbers': [],
  'member.pins': [],
  'moderator.pins': [],
  'member.play_entry_prompt': true,
  play_entry_tone: true,
  play_exit_tone: true,
  play_name: false,
  play_welcome: true,
  wait_for_moderator: false,
  require_moderator: false,
  max_participants: 0,
  'profile.moh-sound': '',
  'profile.announce-count': 0,
  flags: [],
  controls: {},
}

/** What a new one begins as: a conference in which nobody can speak surprises who sets it up. */
export const newConference: ConferenceDraft = { member: { join_muted: false } }

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Names of keys in `profile` have dashes and no dots: a path has one dot at most. */
const split = (field: string): readonly [string, string | undefined] => {
  const [key = '', inner] = field.split('.', 2)
  return [key, inner]
}

const rawValue = (draft: ConferenceDraft, field: string): unknown => {
  const [key, inner] = split(field)
  const value = draft[key]
  if (inner === undefined) return value
  return isRecord(value) ? value[inner] : undefined
}

/** As it counts: a field that is missing has its default, where it has one. */
export const valueOf = <F extends FieldName>(draft: ConferenceDraft, field: F): FieldValues[F] =>
  (rawValue(draft, field) ?? defaults[field]) as FieldValues[F]

/** The draft with another value; undefined takes the key out. */
export const withValue = <F extends FieldName>(
  draft: ConferenceDraft,
  field: F,
  value: FieldValues[F],
): ConferenceDraft => {
  const [key, inner] = split(field)
  const before = draft[key]
  const within = isRecord(before) ? before : {}
  return { ...draft, [key]: inner === undefined ? value : { ...within, [inner]: value } }
}

/** The spaces around a name are no part of it. */
const settled = (field: string, value: unknown): unknown =>
  field === 'name' && typeof value === 'string' ? value.trim() : value

const isSame = (a: unknown, b: unknown): boolean => {
  if (isRecord(a) && isRecord(b)) {
    const keys = [...new Set([...Object.keys(a), ...Object.keys(b)])]
    return keys.every((key) => isSame(a[key], b[key]))
  }
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((each, index) => isSame(each, b[index]))
  return a === b
}

/** Whether two drafts mean the same by a field. */
export const isSameField = (a: ConferenceDraft, b: ConferenceDraft, field: string): boolean =>
  isSame(
    settled(field, valueOf(a, field as FieldName)),
    settled(field, valueOf(b, field as FieldName)),
  )

/** What differs, in the order of the form. */
export const changedFields = (
  before: ConferenceDraft,
  after: ConferenceDraft,
): readonly FieldName[] => fieldNames.filter((field) => !isSameField(before, after, field))

/** How many fields of a group are not as in a new conference. */
export const changesIn = (draft: ConferenceDraft, group: GroupId): number =>
  fieldsOf(group).filter((field) => !isSameField(newConference, draft, field)).length

/** Merging leaves out no group of keys by itself: those that went are named. */
const controlsPatch = (before: unknown, after: unknown): unknown => {
  const [old, now] = [isRecord(before) ? before : {}, isRecord(after) ? after : {}]
  const gone = Object.keys(old).filter((name) => now[name] === undefined)
  const changed = Object.entries(now).filter(([name, group]) => !isSame(group, old[name]))
  return { ...Object.fromEntries(gone.map((name) => [name, null])), ...Object.fromEntries(changed) }
}

const sentValue = (before: ConferenceDraft, after: ConferenceDraft, field: FieldName): unknown => {
  if (field === 'controls') return controlsPatch(before.controls, after.controls)
  const value = settled(field, rawValue(after, field))
  return value === undefined || (field === 'name' && value === '') ? null : value
}

/** What Save has to say: the fields that were changed and nothing else. */
export const patchOf = (before: ConferenceDraft, after: ConferenceDraft): ConferencePatch => {
  const patch: Record<string, unknown> = {}
  for (const field of changedFields(before, after)) {
    const [key, inner] = split(field)
    const value = sentValue(before, after, field)
    const within = patch[key]
    patch[key] =
      inner === undefined ? value : { ...(isRecord(within) ? within : {}), [inner]: value }
  }
  return patch
}

/** Without the keys that are undefined. */
const present = (value: ConferenceDraft): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(value).flatMap(([key, each]) =>
      each === undefined ? [] : [[key, isRecord(each) ? present(each) : each]],
    ),
  )

/** What makes a new conference of a draft. */
export const inputOf = (draft: ConferenceDraft): ConferenceInput => {
  const { name, ...rest } = present(draft)
  const called = settled('name', name ?? '')
  return { ...rest, ...(called !== '' && { name: called }) } as ConferenceInput
}

/** What of a conference is its own and not told by the server. */
export const draftOf = (conference: ConferenceDocument): ConferenceDraft => {
  const { id: _id, _read_only, focus: _focus, ...draft } = conference
  return draft
}

/** The same conference once more, for other numbers: they belong to one. */
export const duplicateOf = (conference: ConferenceDocument, title: string): ConferenceDraft => {
  const draft = draftOf(conference)
  const { member, moderator } = conference
  return {
    ...draft,
    name: `Copy of ${title}`.slice(0, 128),
    conference_numbers: [],
    member: { ...member, numbers: [] },
    moderator: { ...moderator, numbers: [] },
  }
}

/** Where somebody else saved meanwhile: their conference with what was changed here, and the fields both have changed. */
export const rebase = (
  began: ConferenceDraft,
  mine: ConferenceDraft,
  theirs: ConferenceDraft,
): { draft: ConferenceDraft; both: readonly FieldName[] } => {
  const changed = changedFields(began, mine)
  const draft = changed.reduce<ConferenceDraft>(
    (rebased, field) =>
      withValue(rebased, field, rawValue(mine, field) as FieldValues[typeof field]),
    theirs,
  )
  return {
    draft,
    both: changed.filter(
      (field) => !isSameField(began, theirs, field) && !isSameField(mine, theirs, field),
    ),
  }
}

/** What is no digit stays for the check to speak of beside the field. */
export const digitsOf = (text: string): string[] => [
  ...new Set(text.split(/[\s,;]+/).filter((part) => part !== '')),
]

const known = new Set(fieldNames.map((field) => split(field)[0]))

/** What the draft has beside the fields of this form. */
export const unknownKeys = (draft: ConferenceDraft): readonly string[] =>
  Object.keys(draft).filter((key) => !known.has(key))
