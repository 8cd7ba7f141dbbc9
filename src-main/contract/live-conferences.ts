import { Type, type Static } from 'typebox'
import type { ConferenceEvent, DialEvent } from './conference-events.ts'
import { endpoint } from './endpoint.ts'
import { Participant } from './participants.ts'

/** What KAZOO does not publish but FreeSWITCH tells, in its words; this installation's own on the websocket. */
export const furtherEvents = [
  'floor-change',
  'mute-detect',
  'play-file',
  'play-file-done',
  'start-recording',
  'stop-recording',
] as const

/** Of the first two, the participant it is about; of playing to one, whom. */
export type FurtherEvent = {
  readonly event: (typeof furtherEvents)[number]
  readonly account_id: string
  readonly conference_id: string
  readonly instance_id: string
  readonly participant_id?: number
  readonly call_id?: string
  /** Who had the floor before. */
  readonly former_participant_id?: number
  /** What plays, as it was asked for. */
  readonly media_id?: string
  readonly recording_id?: string
  /** How long it is, of one that stopped. */
  readonly recording_ms?: number
}

/**
 * Who asked for something: a user who logged in, whoever sits at this machine, a script with the account's key, or a
 * participant with its own keys.
 */
export const AskedBy = Type.Union([
  Type.Object({ kind: Type.Literal('user'), user_id: Type.String(), name: Type.String() }),
  Type.Object({ kind: Type.Literal('application') }),
  Type.Object({ kind: Type.Literal('api_key') }),
  Type.Object({
    kind: Type.Literal('participant'),
    participant_id: Type.Integer(),
    name: Type.String(),
  }),
])
export type AskedBy = Readonly<Static<typeof AskedBy>>

/** What somebody asked of a conference that runs, as KAZOO's `conference.command` names it. */
export type CommandEvent = {
  readonly event: 'command'
  readonly account_id: string
  readonly conference_id: string
  readonly instance_id: string
  readonly application_name: string
  readonly participant_id?: number
  readonly other_participant?: number
  readonly relationship?: string
  readonly media_id?: string
  /** Missing where it is not known. */
  readonly by?: AskedBy
}

/**
 * That nothing came of what somebody asked, and why. It may follow its command, where that was told already; a conference that
 * does not run has no run to name.
 */
export type CommandFailedEvent = Omit<CommandEvent, 'event' | 'instance_id' | 'by'> & {
  readonly event: 'command-failed'
  readonly instance_id?: string
  /** Whom a dial was to call, without passwords. */
  readonly endpoints?: readonly string[]
  /** A sentence for people. */
  readonly reason: string
  readonly by: AskedBy
}

/** Of a call that a dial makes; with who asked for it. */
export type DialTold = DialEvent & { readonly by?: AskedBy }

/** A moment somebody wants to find again. */
export type BookmarkEvent = {
  readonly event: 'bookmark'
  readonly account_id: string
  readonly conference_id: string
  readonly instance_id: string
  readonly text: string
  readonly by?: AskedBy
  /** Set while it is recorded: from its beginning, in milliseconds. */
  readonly recording_id?: string
  readonly recording_ms?: number
}

/** Something the people who look after a conference should know: a prompt that is missing, say. */
export type NoteEvent = {
  readonly event: 'note'
  readonly account_id: string
  readonly conference_id: string
  readonly text: string
}

/** Everything that is told of conferences. */
export type ConferenceHappening =
  | ConferenceEvent
  | DialTold
  | FurtherEvent
  | CommandEvent
  | CommandFailedEvent
  | BookmarkEvent
  | NoteEvent

/** Numbers of an account's events go up by one; a new `epoch` begins with every start of the server. */
const position = {
  epoch: Type.String(),
  seq: Type.Integer({ description: 'Of the last event that is contained in what is shown.' }),
}

/** A conference that runs. */
export const LiveConference = Type.Object({
  conference_id: Type.String(),
  instance_id: Type.String(),
  name: Type.Optional(Type.String()),
  is_ad_hoc: Type.Boolean(),
  is_locked: Type.Boolean(),
  is_recording: Type.Boolean(),
  started: Type.Integer({ description: 'Gregorian seconds.' }),
  duration: Type.Integer({ description: 'Seconds it runs.' }),
  members: Type.Integer({ description: 'No moderators, no ghosts.' }),
  moderators: Type.Integer({ description: 'No ghosts.' }),
  participants: Type.Array(Participant, { description: 'Ghosts included.' }),
})
export type LiveConference = Static<typeof LiveConference>

export const LiveConferences = Type.Object({
  ...position,
  conferences: Type.Array(LiveConference),
  missed: Type.Optional(
    Type.Array(Type.Record(Type.String(), Type.Unknown()), {
      description: 'With `since`: the events after it, oldest first, as the websocket told them.',
    }),
  ),
  missed_all: Type.Optional(
    Type.Boolean({
      description:
        'With `since`: false when events are missing, because there were too many or the server was started anew.',
    }),
  ),
})
export type LiveConferences = Static<typeof LiveConferences>

export const live = endpoint('GET', '/studio/conferences/live', {
  tag: 'conferences',
  access: 'account',
  summary: 'All conferences that run, with who is in them, and what was missed',
  description:
    'Websocket events of conferences carry `epoch` and `seq`, and so does this: events up to `seq` are contained in it. A client that was away sends the last pair it saw.',
  query: Type.Object({
    epoch: Type.Optional(Type.String({ description: 'Of the last event that was seen.' })),
    since: Type.Optional(
      Type.Integer({ minimum: 0, description: '`seq` of the last event that was seen.' }),
    ),
  }),
  reply: LiveConferences,
})
