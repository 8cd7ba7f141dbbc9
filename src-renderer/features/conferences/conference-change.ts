import type { ConferenceDocument } from '#contract/conferences'

/** A conference as the form shows it: lists of digits as text, with spaces or commas between them. */
export type ConferenceValues = {
  name: string
  numbers: string
  memberNumbers: string
  memberPins: string
  memberMuted: boolean
  moderatorNumbers: string
  moderatorPins: string
  language: string
  /** 0: any number. */
  maxParticipants: number
  entryTone: boolean
  exitTone: boolean
  playWelcome: boolean
  playName: boolean
  waitForModerator: boolean
}

/** What Save sends; `null` takes a key out. */
export type ConferenceChange = {
  name?: string | null
  conference_numbers?: string[]
  member?: RoleChange
  moderator?: RoleChange
  language?: string | null
  max_participants?: number
  play_entry_tone?: boolean
  play_exit_tone?: boolean
  play_welcome?: boolean
  play_name?: boolean
  wait_for_moderator?: boolean
}

type RoleChange = { numbers?: string[]; pins?: string[]; join_muted?: boolean }

const textOf = (digits: readonly string[]): string => digits.join(' ')

/** What is no digit stays for the backend to refuse beside the field. */
export const digitsOf = (text: string): string[] => [
  ...new Set(text.split(/[\s,;]+/).filter((part) => part !== '')),
]

/** A tone of its own counts as on, and stays as it is unless the switch is moved. */
const isOn = (tone: boolean | string | undefined): boolean => tone !== undefined && tone !== false

export const emptyConference: ConferenceValues = {
  name: '',
  numbers: '',
  memberNumbers: '',
  memberPins: '',
  memberMuted: false,
  moderatorNumbers: '',
  moderatorPins: '',
  language: '',
  maxParticipants: 0,
  entryTone: true,
  exitTone: true,
  playWelcome: true,
  playName: false,
  waitForModerator: false,
}

export const valuesOf = (
  conference: ConferenceDocument,
  draft: Partial<ConferenceValues> = {},
): ConferenceValues => ({
  name: conference.name ?? '',
  numbers: textOf(conference.conference_numbers),
  memberNumbers: textOf(conference.member.numbers),
  memberPins: textOf(conference.member.pins),
  memberMuted: conference.member.join_muted,
  moderatorNumbers: textOf(conference.moderator.numbers),
  moderatorPins: textOf(conference.moderator.pins),
  language: conference.language ?? '',
  maxParticipants: conference.max_participants ?? 0,
  entryTone: isOn(conference.play_entry_tone),
  exitTone: isOn(conference.play_exit_tone),
  playWelcome: conference.play_welcome ?? true,
  playName: conference.play_name,
  waitForModerator: conference.wait_for_moderator ?? false,
  ...draft,
})

type Differs = (key: keyof ConferenceValues) => boolean

const callChange = (after: ConferenceValues, differs: Differs): ConferenceChange => {
  const member = {
    ...(differs('memberNumbers') && { numbers: digitsOf(after.memberNumbers) }),
    ...(differs('memberPins') && { pins: digitsOf(after.memberPins) }),
    ...(differs('memberMuted') && { join_muted: after.memberMuted }),
  }
  const moderator = {
    ...(differs('moderatorNumbers') && { numbers: digitsOf(after.moderatorNumbers) }),
    ...(differs('moderatorPins') && { pins: digitsOf(after.moderatorPins) }),
  }
  return {
    ...(differs('name') && { name: after.name.trim() === '' ? null : after.name.trim() }),
    ...(differs('numbers') && { conference_numbers: digitsOf(after.numbers) }),
    ...(Object.keys(member).length > 0 && { member }),
    ...(Object.keys(moderator).length > 0 && { moderator }),
  }
}

const soundChange = (after: ConferenceValues, differs: Differs): ConferenceChange => ({
  ...(differs('language') && { language: after.language.trim() || null }),
  ...(differs('maxParticipants') && { max_participants: after.maxParticipants }),
  ...(differs('entryTone') && { play_entry_tone: after.entryTone }),
  ...(differs('exitTone') && { play_exit_tone: after.exitTone }),
  ...(differs('playWelcome') && { play_welcome: after.playWelcome }),
  ...(differs('playName') && { play_name: after.playName }),
  ...(differs('waitForModerator') && { wait_for_moderator: after.waitForModerator }),
})

/** What Save has to say; undefined when nothing differs. */
export const changeOf = (
  before: ConferenceValues,
  after: ConferenceValues,
): ConferenceChange | undefined => {
  const differs: Differs = (key) => before[key] !== after[key]
  const change = { ...callChange(after, differs), ...soundChange(after, differs) }
  return Object.keys(change).length > 0 ? change : undefined
}
