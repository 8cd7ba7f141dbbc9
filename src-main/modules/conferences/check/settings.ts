import type { ConferenceDocument } from '#contract/conferences'
import { controlsOf } from '../controls/bindings.ts'
import { hasProfile } from '../document.ts'
import type { Role } from '../entry/types.ts'
import { warning, type Rule, type Warning } from './facts.ts'

const limits = ['max_participants', 'profile.max-members']
const keys = [
  ...['controls', 'caller_controls', 'moderator_controls'],
  ...['profile.caller-controls', 'profile.moderator-controls'],
]

/** 0: none. */
const limitsOf = ({ max_participants: own = 0, profile }: ConferenceDocument) => ({
  own,
  profiled: profile?.['max-members'] ?? 0,
})

const without = (field: string, message: string): Warning =>
  warning(field, 'without_effect', message)

const roomForOne: Rule = {
  reads: limits,
  find: ({ conference }) =>
    limitsOf(conference).own !== 1
      ? []
      : [warning('max_participants', 'room_for_one', 'Only one may join, and would be alone.')],
}

const twoLimits: Rule = {
  reads: limits,
  find: ({ conference }) => {
    const { own, profiled } = limitsOf(conference)
    if (own === 0 || profiled === 0 || own === profiled) return []
    return own > profiled
      ? [
          without(
            'max_participants',
            `The profile lets ${profiled} in, and the smaller number counts.`,
          ),
        ]
      : [
          without(
            'profile.max-members',
            `max_participants is ${own}, and the smaller number counts.`,
          ),
        ]
  },
}

const neverFull: Rule = {
  reads: [...limits, 'max_members_media', 'profile.max-members-sound'],
  find: ({ conference }) => {
    const { own, profiled } = limitsOf(conference)
    const { max_members_media: media, profile } = conference
    const profileMedia = profile?.['max-members-sound']
    const isNeverFull = own === 0 && profiled === 0
    const message = 'Any number may join, so nobody is turned away and nobody hears it.'
    return [
      ...(isNeverFull && media !== undefined ? [without('max_members_media', message)] : []),
      ...(isNeverFull && profileMedia !== undefined
        ? [without('profile.max-members-sound', message)]
        : []),
      ...(!isNeverFull && media !== undefined && profileMedia !== undefined
        ? [without('profile.max-members-sound', 'max_members_media is heard instead.')]
        : []),
    ]
  },
}

const tone = (
  field: 'play_entry_tone' | 'play_exit_tone',
  key: 'enter-sound' | 'exit-sound',
): Rule => ({
  reads: [field, `profile.${key}`],
  find: ({ conference }) => {
    const chosen = conference[field]
    if (conference.profile?.[key] === undefined || chosen === undefined || chosen === true)
      return []
    const why = chosen === false ? `${field} is off.` : `${field} is heard instead.`
    return [without(`profile.${key}`, why)]
  },
})

const overruled = (
  field: 'caller_controls' | 'moderator_controls',
  key: 'caller-controls' | 'moderator-controls',
): Rule => ({
  reads: [field, `profile.${key}`],
  find: ({ conference: { [field]: own, profile } }) =>
    own === undefined || profile?.[key] === undefined || profile[key] === own
      ? []
      : [without(`profile.${key}`, `${field} names other keys, which count.`)],
})

const unknownProfile: Rule = {
  reads: ['profile_name'],
  find: ({ conference: { profile_name: name } }) =>
    name === undefined || hasProfile(name)
      ? []
      : [
          without(
            'profile_name',
            `There is no profile “${name}” here, so the name changes nothing.`,
          ),
        ],
}

const controls: Rule = {
  reads: keys,
  find: ({ conference }) => {
    const callers = new Set(controlsOf(conference, false).problems)
    const moderators = controlsOf(conference, true).problems.filter((each) => !callers.has(each))
    return [
      ...[...callers].map((problem) => warning('caller_controls', 'controls', `${problem}.`)),
      ...moderators.map((problem) => warning('moderator_controls', 'controls', `${problem}.`)),
    ]
  },
}

/** Actions that let somebody speak who was muted. */
const unmutes = new Set(['mute', 'mute off', 'deaf mute'])

const mutedForGood = (role: Role): Rule => ({
  reads: [...keys, `${role}.join_muted`],
  find: ({ conference }) => {
    const { bindings } = controlsOf(conference, role === 'moderator')
    const canSpeak = [...bindings.values()].some((action) => unmutes.has(action))
    if (!conference[role].join_muted || canSpeak) return []
    const who = role === 'member' ? 'Members' : 'Moderators'
    const message = `${who} come in muted, and none of their keys lets them speak: somebody must unmute them on the board.`
    return [warning(`${role}.join_muted`, 'muted_without_key', message)]
  },
})

/** Settings that take each other's effect away. */
export const settingRules: readonly Rule[] = [
  roomForOne,
  twoLimits,
  neverFull,
  tone('play_entry_tone', 'enter-sound'),
  tone('play_exit_tone', 'exit-sound'),
  overruled('caller_controls', 'caller-controls'),
  overruled('moderator_controls', 'moderator-controls'),
  unknownProfile,
  controls,
  mutedForGood('member'),
  mutedForGood('moderator'),
]
