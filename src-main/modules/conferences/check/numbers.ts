import type { ConferenceDocument } from '#contract/conferences'
import { warning, type Rule } from './facts.ts'

const fields = ['conference_numbers', 'member.numbers', 'moderator.numbers'] as const
const pins = ['member.pins', 'moderator.pins']

const listsOf = ({ conference_numbers, member, moderator }: ConferenceDocument) =>
  ({
    conference_numbers,
    'member.numbers': member.numbers,
    'moderator.numbers': moderator.numbers,
  }) satisfies Record<(typeof fields)[number], readonly string[]>

/** The lists a number stands in, in their order. */
export const fieldsWith = (conference: ConferenceDocument, number: string): readonly string[] => {
  const lists = listsOf(conference)
  return fields.filter((field) => lists[field].includes(number))
}

const noNumber: Rule = {
  reads: fields,
  find: ({ doors }) =>
    doors.length > 0
      ? []
      : [
          warning(
            'conference_numbers',
            'no_number',
            'It has no number. It can be called by its id only, or call people itself.',
          ),
        ],
}

const inBothRoles: Rule = {
  reads: [...fields, ...pins],
  find: ({ conference, doors }) =>
    doors.flatMap(({ number, lets }) => {
      const lists = fieldsWith(conference, number)
      const field = lists.at(-1)
      if (lists.length < 2 || field === undefined) return []
      const follows = lets.has('moderator')
        ? 'The PIN decides.'
        : 'No PIN makes a moderator there, so whoever calls it is a member.'
      const message = `${number} stands in more than one list and decides no role. ${follows}`
      return [warning(field, 'number_in_both_roles', message, number)]
    }),
}

const isPhone: Rule = {
  reads: fields,
  find: ({ conference, phones }) =>
    phones.map(({ number, name }) => {
      const [field = 'conference_numbers'] = fieldsWith(conference, number)
      const message = `${number} is also the SIP user name of ${name}. Who dials it gets the conference, and conferences can call that phone by its device only.`
      return warning(field, 'number_is_phone', message, number)
    }),
}

const openToModerators: Rule = {
  reads: [...fields, 'moderator.pins'],
  find: ({ conference, doors, strangersMayCall }) =>
    !strangersMayCall || conference.moderator.pins.length > 0
      ? []
      : doors
          .filter(({ role }) => role === 'moderator')
          .map(({ number }) => {
            const message = `Strangers may call, and whoever calls ${number} is a moderator: without PINs nothing is asked for.`
            return warning('moderator.pins', 'moderator_without_pin', message, number)
          }),
}

const noModerator = (field: 'wait_for_moderator' | 'require_moderator', follows: string): Rule => ({
  reads: [...fields, ...pins, field],
  find: ({ conference, doors }) =>
    conference[field] !== true ||
    doors.length === 0 ||
    doors.some(({ lets }) => lets.has('moderator'))
      ? []
      : [warning(field, 'no_moderator_can_come', `No number lets a moderator in. ${follows}`)],
})

/** Who gets in by which number. */
export const numberRules: readonly Rule[] = [
  noNumber,
  inBothRoles,
  isPhone,
  openToModerators,
  noModerator(
    'wait_for_moderator',
    'Members wait until a moderator is called from the conference.',
  ),
  noModerator(
    'require_moderator',
    'It ends for everybody only when a moderator who was called from it has left.',
  ),
]
