import { Type, type Static } from 'typebox'
import { endpoint } from './endpoint.ts'
import { LiveConference } from './live-conferences.ts'
import { Participant } from './participants.ts'

/** What a supervisor sees of a participant beyond what Crossbar tells. */
export const BoardParticipant = Type.Object({
  ...Participant.properties,
  talked_ms: Type.Integer({ description: 'Talked so long in this run.' }),
  quiet_ms: Type.Union([Type.Integer(), Type.Null()], {
    description: 'Since it last talked; 0 while it talks, null when it never did.',
  }),
  gain_in_db: Type.Number(),
  gain_out_db: Type.Number(),
  on_hold: Type.Boolean(),
  direction: Type.Enum(['incoming', 'outgoing']),
})

/** That one is not heard by the other, or does not hear it. */
export const Relation = Type.Object({
  participant_id: Type.Integer(),
  other_participant: Type.Integer(),
  relationship: Type.Enum(['mute', 'deaf']),
})

/** Sound on its way, of one participant. */
export const LegQuality = Type.Object({
  participant_id: Type.Integer(),
  codec: Type.String({ examples: ['PCMU'] }),
  jitter_ms: Type.Number(),
  buffer_ms: Type.Number(),
  packets_received: Type.Integer(),
  packets_lost: Type.Integer(),
  packets_late: Type.Integer(),
  remote_lost: Type.Optional(Type.Integer({ description: 'As the other side reports.' })),
  round_trip_ms: Type.Optional(Type.Number()),
})

export const Board = Type.Object({
  ...LiveConference.properties,
  epoch: Type.String(),
  seq: Type.Integer({ description: 'Of the last event that is contained in what is shown.' }),
  participants: Type.Array(BoardParticipant),
  relations: Type.Array(Relation),
  recording_since_ms: Type.Union([Type.Integer(), Type.Null()], {
    description: 'Milliseconds since 1970.',
  }),
})

/**
 * Who did what, as a timeline shows it: an event or command as the websocket told it. Kept on disk, so that it can be looked
 * up after the conference and after a restart.
 */
export const HistoryEntry = Type.Object({
  entry_id: Type.Integer({ description: 'Grows with time.' }),
  at_ms: Type.Integer({ description: 'Milliseconds since 1970.' }),
  instance_id: Type.String(),
  event: Type.Record(Type.String(), Type.Unknown(), {
    description:
      'As the websocket told it, with `epoch` and `seq`, without what is the same for every event and the variables of channels; of talking only who and how loud.',
  }),
})

/** A moment to find again. While the conference is recorded it becomes a marker in the recording. */
const BookmarkInput = Type.Object({
  text: Type.String({ minLength: 1, maxLength: 200 }),
})

export type Board = Static<typeof Board>
export type BoardParticipant = Static<typeof BoardParticipant>
export type Relation = Static<typeof Relation>
export type LegQuality = Static<typeof LegQuality>
export type HistoryEntry = Static<typeof HistoryEntry>

/**
 * Levels of the participants of a conference, at most five times a second while somebody listens to the binding
 * `studio.levels.{CONFERENCE_ID}`; only of those whose energy changed.
 */
export type LevelsEvent = {
  readonly event: 'levels'
  readonly account_id: string
  readonly conference_id: string
  readonly instance_id: string
  /** Milliseconds since 1970. */
  readonly at_ms: number
  /** Id, energy now, milliseconds talked in this run. */
  readonly levels: readonly (readonly [participantId: number, energy: number, talkedMs: number])[]
}

const tag = 'board'
const access = 'account'
const base = '/studio/conferences/{conference_id}'

export const board = endpoint('GET', `${base}/board`, {
  tag,
  access,
  summary: 'Everything a board shows of a conference that runs; 404 while it does not',
  reply: Board,
})
export const quality = endpoint('GET', `${base}/quality`, {
  tag,
  access,
  summary: 'How sound arrives, of every participant',
  reply: Type.Array(LegQuality),
})
export const history = endpoint('GET', `${base}/history`, {
  tag,
  access,
  summary: 'What happened in a conference, newest first',
  query: Type.Object({
    before: Type.Optional(Type.Integer({ minimum: 1, description: 'entry_id to go on from.' })),
    limit: Type.Integer({ minimum: 1, maximum: 1000, default: 200 }),
    talking: Type.Boolean({
      default: true,
      description: 'False: without who talks when, and who has the floor.',
    }),
  }),
  reply: Type.Array(HistoryEntry),
})
export const bookmark = endpoint('POST', `${base}/history`, {
  tag,
  access,
  status: 201,
  body: 'envelope',
  summary: 'Bookmark this moment of a conference that runs',
  description:
    'Answers once it is on disk, and tells the websocket as `bookmark`. 404 while the conference does not run.',
  data: BookmarkInput,
  example: { text: 'Caller from Leeds begins' },
  reply: HistoryEntry,
})
export const historyCsv = endpoint('GET', `${base}/history.csv`, {
  tag,
  access,
  summary: 'The same, all of it, oldest first, as a table',
  produces: ['text/csv'],
})
export const listen = endpoint('GET', `${base}/listen`, {
  tag,
  access,
  summary: 'What somebody in the conference hears, as it happens, without being in it',
  description:
    'Raw samples, 16 bits, little endian, mono, 8,000 a second, as a stream that ends with the conference or with the connection. Who reads too slowly misses parts. 429 while as many listen to the conference as can at a time: eight.',
  produces: ['audio/x-l16'],
  refuses: ['too_many_listeners'],
})
