import type { DialEvent } from '#contract/conference-events'
import type { CommandEvent, ConferenceHappening, FurtherEvent } from '#contract/live-conferences'
import { causeText } from '../cause-text.ts'
import { failedText } from './failed-text.ts'
import { byText, callerName, listenerOf, quoted, type Names } from './names.ts'

/** What can be left out. */
export const lineFilters = ['talking', 'people', 'room', 'commands', 'problems'] as const
export type LineFilter = (typeof lineFilters)[number]
/** A bookmark is always shown: somebody wanted to find it again. */
export type LineGroup = LineFilter | 'bookmarks'

export type LineTone = 'plain' | 'quiet' | 'good' | 'info' | 'warn' | 'bad'

/** What a timeline says of one event: who, set apart, and what about them. Without `who` the text is a sentence. */
export type EventLine = {
  readonly group: LineGroup
  readonly tone: LineTone
  readonly who?: string
  readonly text: string
  /** Who asked for it: `by Ada Lovelace`. */
  readonly by?: string
  /** What there is no room for in a line: a sentence. */
  readonly detail?: string
  /** Missing: leads to its row in the matrix. */
  readonly promptId?: string
}

/** Who does not hear whom: the effect of a relation, in the words of the board. */
const relationText = (event: CommandEvent, names: Names): string => {
  const { instance_id: run, participant_id: id = 0, other_participant: otherId = 0 } = event
  const [one, other] = [names.participant(run, id), names.participant(run, otherId)]
  if (event.relationship === 'mute') return `${one} is not heard by ${other}`
  if (event.relationship === 'deaf') return `${one} does not hear ${other}`
  return `${one} and ${other} hear each other as everybody does`
}

const wishes: Readonly<Record<string, string>> = {
  mute_participant: 'to be muted',
  unmute_participant: 'to be unmuted',
  deaf_participant: 'to be made deaf',
  undeaf_participant: 'to hear again',
  kick: 'to be removed',
}

const roomWishes: Readonly<Record<string, string>> = {
  lock: 'Asked to lock',
  unlock: 'Asked to unlock',
  record: 'Asked to record',
  recordstop: 'Asked to stop recording',
}

const commandLine = (event: CommandEvent, names: Names): EventLine => {
  const { application_name: name, instance_id: run, participant_id: id } = event
  const common = { group: 'commands', tone: 'quiet' } as const
  if (name === 'relate_participants')
    return { group: 'commands', tone: 'plain', text: relationText(event, names) }
  if (name === 'play') {
    const media = quoted(names.media(event.media_id ?? ''))
    return { ...common, text: `Asked to play ${media} to ${listenerOf(event, names)}` }
  }
  const wish = wishes[name]
  if (wish !== undefined && id !== undefined)
    return { ...common, who: names.participant(run, id), text: `is ${wish}` }
  return { ...common, text: roomWishes[name] ?? `Asked: ${name}` }
}

/** Notes are sentences already; one of a missing prompt names it first. */
const missingPrompt = /^([\w.-]+): (There is no such prompt\b.*)$/

const noteLine = (text: string): EventLine => {
  const common = { group: 'problems', tone: 'warn' } as const
  const [, promptId, detail] = missingPrompt.exec(text) ?? []
  if (promptId === undefined || detail === undefined) return { ...common, text }
  return { ...common, text: `Prompt missing: ${promptId}`, detail, promptId }
}

type Said = readonly [LineGroup, LineTone, string]

const participantTexts: Readonly<Record<string, Said>> = {
  'add-member': ['people', 'plain', 'joined'],
  'del-member': ['people', 'quiet', 'left'],
  'start-talking': ['talking', 'good', 'began to talk'],
  'stop-talking': ['talking', 'quiet', 'stopped talking'],
  'mute-member': ['people', 'plain', 'muted'],
  'unmute-member': ['people', 'plain', 'unmuted'],
  'deaf-member': ['people', 'plain', 'made deaf'],
  'undeaf-member': ['people', 'plain', 'hears again'],
}

const roomTexts: Readonly<Record<string, string>> = {
  'conference-create': 'The conference began',
  'conference-destroy': 'The conference ended',
  lock: 'Locked',
  unlock: 'Unlocked',
  'start-recording': 'Recording started',
  'stop-recording': 'Recording stopped',
}

const dialTexts = {
  'dial-started': ['people', 'quiet', 'is called'],
  'dial-ringing': ['people', 'quiet', 'rings'],
  'dial-answered': ['people', 'plain', 'answered'],
} as const

/** Somebody here did that, and not the other side: `by` is who. */
const calledOff = 'ORIGINATOR_CANCEL'

const dialLine = (event: DialEvent, names: Names): EventLine => {
  const who = names.endpoint(event.endpoint_id)
  if (event.event !== 'dial-failed') {
    const [group, tone, text] = dialTexts[event.event]
    return { group, tone, who, text }
  }
  if (event.cause === calledOff)
    return { group: 'people', tone: 'plain', text: `The call to ${who} was called off` }
  const cause = causeText(event.cause ?? 'no cause was told')
  const reason = `${cause.charAt(0).toLowerCase()}${cause.slice(1)}`.replace(/\.$/, '')
  const text = `did not come: ${reason}`
  return { group: 'problems', tone: 'bad', who, text }
}

const furtherLine = (event: FurtherEvent, names: Names): EventLine | undefined => {
  const { instance_id: run, participant_id: id = 0 } = event
  switch (event.event) {
    case 'floor-change':
      if (event.participant_id === undefined)
        return { ...talking('quiet'), text: 'Nobody has the floor' }
      return { ...talking('quiet'), who: names.participant(run, id), text: 'has the floor' }
    case 'mute-detect':
      return { ...talking('warn'), who: names.participant(run, id), text: 'talks while muted' }
    case 'play-file': {
      const media = quoted(names.media(event.media_id ?? ''))
      return { group: 'room', tone: 'info', text: `${media} plays to ${listenerOf(event, names)}` }
    }
    case 'play-file-done': {
      const media = quoted(names.media(event.media_id ?? ''))
      return { group: 'room', tone: 'quiet', text: `${media} was played` }
    }
    case 'start-recording':
    case 'stop-recording':
      return undefined
  }
}

const talking = (tone: LineTone) => ({ group: 'talking', tone }) as const

const wordsOf = (event: ConferenceHappening, names: Names): EventLine => {
  const participant = participantTexts[event.event]
  if (participant) {
    const [group, tone, text] = participant
    const isModerator = 'is_moderator' in event && event.is_moderator
    const role = event.event === 'add-member' && isModerator ? ' as a moderator' : ''
    return { group, tone, who: callerName(event), text: `${text}${role}` }
  }
  const room = roomTexts[event.event]
  if (room !== undefined) return { group: 'room', tone: 'plain', text: room }
  if ('job_id' in event) return dialLine(event, names)
  if (event.event === 'command') return commandLine(event, names)
  if (event.event === 'command-failed')
    return { group: 'problems', tone: 'bad', ...failedText(event, names) }
  if (event.event === 'note') return noteLine(event.text)
  if (event.event === 'bookmark') return { group: 'bookmarks', tone: 'info', text: event.text }
  const further = furtherLine(event as FurtherEvent, names)
  return further ?? { group: 'room', tone: 'quiet', text: event.event }
}

/** One event in words. An event that is not known keeps its name: nothing that was told is left out. */
export const lineOf = (event: ConferenceHappening, names: Names): EventLine => {
  const line = wordsOf(event, names)
  if (!('by' in event)) return line
  const by = byText(event.by, names)
  // Who dialled is said where the call begins and where it ends in nothing.
  if (event.event === 'dial-ringing' || event.event === 'dial-answered') return line
  if (event.event === 'dial-failed')
    return { ...line, by: event.cause === calledOff ? by : `· dialled ${by}` }
  if (event.event === 'command-failed') return { ...line, by: `· asked ${by}` }
  const isState = event.event === 'command' && event.application_name === 'relate_participants'
  return { ...line, by: `${isState ? '· set ' : ''}${by}` }
}
