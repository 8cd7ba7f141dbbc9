import { expect, it } from 'vitest'
import { ConferenceProfile } from '#contract/conference-profile'
import { ConferenceInput, type ConferenceDocument } from '#contract/conferences'
import {
  changedFields,
  changesIn,
  digitsOf,
  draftOf,
  duplicateOf,
  inputOf,
  newConference,
  patchOf,
  rebase,
  unknownKeys,
  withValue,
  type ConferenceDraft,
} from './conference-change.ts'
import { fieldNames, groups } from './conference-fields.ts'

const weekly = {
  id: 'c1',
  name: 'Weekly',
  conference_numbers: ['4000'],
  member: { join_deaf: false, join_muted: true, numbers: [], pins: ['12', '34'] },
  moderator: { join_deaf: false, join_muted: false, numbers: ['4001'], pins: [] },
  play_entry_tone: 'tone_stream://%(200,0,500)',
  play_name: false,
  focus: 'fs1',
  profile: { 'alone-sound': 'conf-alone' },
  controls: { old: [{ action: 'mute', digits: '1' }], kept: [{ action: 'lock', digits: '2' }] },
  ui_metadata: { ui: 'kazoo-ui' },
} satisfies ConferenceDocument & { ui_metadata: unknown }
const before = draftOf(weekly)
const patch = (change: (draft: ConferenceDraft) => ConferenceDraft) =>
  patchOf(before, change(before))

const keysOf = (schema: { properties: object }) => Object.keys(schema.properties)

it('has every field of the schema, each once', () => {
  const { member, moderator } = ConferenceInput.properties
  const whole = keysOf(ConferenceInput).filter(
    (key) => !['member', 'moderator', 'profile', 'focus'].includes(key),
  )
  const wanted = [
    ...whole,
    ...keysOf(member).map((key) => `member.${key}`),
    ...keysOf(moderator).map((key) => `moderator.${key}`),
    ...keysOf(ConferenceProfile).map((key) => `profile.${key}`),
  ]
  expect([...fieldNames].sort()).toEqual(wanted.sort())
})

it('has nothing to say while nothing differs', () => {
  expect(patch((draft) => draft)).toEqual({})
  expect(patch((draft) => withValue(draft, 'name', ' Weekly '))).toEqual({})
})

it('takes a missing field and its default for the same', () => {
  expect(patch((draft) => withValue(draft, 'play_welcome', true))).toEqual({})
  expect(patch((draft) => withValue(draft, 'profile.moh-sound', ''))).toEqual({})
  const silent = withValue(before, 'profile.alone-sound', '')
  expect(patchOf(before, silent)).toEqual({ profile: { 'alone-sound': '' } })
})

it('sends only what was changed, within its role and its profile', () => {
  const change = patch((draft) =>
    withValue(
      withValue(withValue(draft, 'member.pins', ['12', '56']), 'moderator.numbers', []),
      'profile.energy-level',
      300,
    ),
  )
  expect(change).toEqual({
    member: { pins: ['12', '56'] },
    moderator: { numbers: [] },
    profile: { 'energy-level': 300 },
  })
})

it('takes out what was emptied', () => {
  expect(patch((draft) => withValue(draft, 'name', ' '))).toEqual({ name: null })
  expect(patch((draft) => withValue(draft, 'profile.alone-sound', undefined))).toEqual({
    profile: { 'alone-sound': null },
  })
})

it('names a group of keys that went, and leaves the others alone', () => {
  const controls = { kept: [{ action: 'lock', digits: '2' }], added: [] }
  expect(patch((draft) => withValue(draft, 'controls', controls))).toEqual({
    controls: { old: null, added: [] },
  })
})

it('keeps what it does not know, and leaves out what the server alone says', () => {
  expect(unknownKeys(before)).toEqual(['ui_metadata'])
  expect(inputOf(before)).toMatchObject({ ui_metadata: { ui: 'kazoo-ui' } })
  expect(inputOf(before)).not.toHaveProperty('focus')
})

it('sends of a new one what was typed', () => {
  const draft = withValue(withValue(newConference, 'name', ' Daily '), 'language', undefined)
  expect(inputOf(draft)).toEqual({ name: 'Daily', member: { join_muted: false } })
})

it('duplicates all but numbers', () => {
  expect(inputOf(duplicateOf(weekly, 'Weekly'))).toEqual({
    ...inputOf(before),
    name: 'Copy of Weekly',
    conference_numbers: [],
    member: { ...weekly.member, numbers: [] },
    moderator: { ...weekly.moderator, numbers: [] },
  })
})

it('counts what is not as in a new conference', () => {
  const count = (draft: ConferenceDraft) => groups.map(({ id }) => changesIn(draft, id))
  expect(count(newConference)).toEqual(groups.map(() => 0))
  expect(changesIn(before, 'hearing')).toBe(2)
})

it('brings what two have changed together', () => {
  const mine = withValue(withValue(before, 'name', 'Mine'), 'language', 'de-de')
  const theirs = withValue(withValue(before, 'name', 'Theirs'), 'max_participants', 5)
  const { draft, both } = rebase(before, mine, theirs)
  expect(patchOf(theirs, draft)).toEqual({ name: 'Mine', language: 'de-de' })
  expect(draft.max_participants).toBe(5)
  expect(both).toEqual(['name'])
  expect(changedFields(before, rebase(before, before, theirs).draft)).toEqual([
    'name',
    'max_participants',
  ])
})

it('reads digits with anything between them, each once', () => {
  expect(digitsOf(' 4000,4001;\n4000 ')).toEqual(['4000', '4001'])
  expect(digitsOf('')).toEqual([])
})
