import type { Relation } from '#contract/board'

/**
 * What the board knows of the open conference. All times are milliseconds since 1970 by this machine's clock: what the
 * server says is taken relative to the moment it arrived, so that two clocks that differ cannot lie about ages.
 */
export type BoardState = {
  readonly conferenceId: string
  /**
   * `loading` until the first answer, `idle` while nobody is in it, `failed` when it could not be read at all. What is shown
   * in `running` may be old: see `readAtMs` and the connection.
   */
  readonly phase: 'loading' | 'running' | 'idle' | 'failed'
  /** Why it could not be read, in a sentence. */
  readonly problem: string | undefined
  /** Of the run that is shown. */
  readonly instanceId: string | undefined
  readonly name: string | undefined
  readonly isAdHoc: boolean
  readonly isLocked: boolean
  readonly isRecording: boolean
  readonly recordingSinceMs: number | null
  readonly startedMs: number | undefined
  /** Position of the last event that is contained in what is shown. */
  readonly epoch: string | undefined
  readonly seq: number
  /** The last one that was heard, whatever conference it was about: the next one is its successor, or some were missed. */
  readonly heardSeq: number | undefined
  readonly heardAtMs: number | undefined
  /** When the board was last read from the server as a whole. */
  readonly readAtMs: number | undefined
  readonly participants: ReadonlyMap<ParticipantKey, BoardRow>
  /** Of this run. */
  readonly keyById: ReadonlyMap<number, ParticipantKey>
  readonly levels: ReadonlyMap<ParticipantKey, Level>
  /** Levels are told as they change: what is not told has not changed. Without them only events tell energies. */
  readonly hasLevels: boolean
  readonly relations: readonly BoardRelation[]
  /** What happened since the board was opened, oldest first, at most `MOST_ENTRIES`; without who talks when. */
  readonly entries: readonly BoardEntry[]
  /** Who began and ended to talk and had the floor, in the same way. */
  readonly talkEntries: readonly BoardEntry[]
  /** Legs being called, by Call-ID; a failed one stays until it is dialled again, one that joined goes. */
  readonly dialLegs: ReadonlyMap<string, DialLeg>
  /** What is known is not enough: the board must be read again, for this reason. */
  readonly isIncomplete: 'gap' | 'unknown-participant' | 'new-run' | 'relation' | undefined
  /** Events are missing, and the board was not read since. */
  readonly gap: Gap | undefined
}

export type Gap = {
  /** When something was last heard before it. */
  readonly fromMs: number
  /** `connection`: it was lost; `restart`: the server was started anew, and every call that went on then ended. */
  readonly reason: 'connection' | 'missed' | 'restart'
  /** How many events are missing; undefined where nobody can say. */
  readonly missed: number | undefined
}

/** Ids of participants begin again with every run: instance_id and call_id together name one for good. */
export type ParticipantKey = string

export const keyOf = (instanceId: string, callId: string): ParticipantKey =>
  `${instanceId} ${callId}`

export type BoardRow = {
  readonly key: ParticipantKey
  readonly participantId: number
  readonly callId: string
  readonly instanceId: string
  readonly name: string
  readonly number: string
  readonly isModerator: boolean
  readonly isGhost: boolean
  readonly speak: boolean
  readonly hear: boolean
  readonly talking: boolean
  /** Talks, or did a moment ago: what is shown, so that pauses between words do not flicker. */
  readonly showsTalking: boolean
  readonly floor: boolean
  /** Talks while it is muted. */
  readonly muteDetect: boolean
  /** What is below is no talking. */
  readonly energyLevel: number
  readonly joinedMs: number
  /** Talked in this run before it began to talk now. Ask `talkedMsAt` of `talk-time.ts` for all of it. */
  readonly talkedMs: number
  /** Null while it is quiet. */
  readonly talkingSinceMs: number | null
  /** When it last talked; null when it never did. */
  readonly quietSinceMs: number | null
  /** Only the server's whole answer tells these: undefined for who joined since. */
  readonly more: RowDetails | undefined
  readonly deviceId: string | undefined
  readonly userName: string | undefined
}

export type RowDetails = {
  readonly gainInDb: number
  readonly gainOutDb: number
  readonly onHold: boolean
  readonly direction: 'incoming' | 'outgoing'
}

/** Energy as the engine last told it, 0 and up; `atMs` is when, so that an old one can be shown as old. */
export type Level = {
  readonly energy: number
  /** Talked in this run, as the engine counts. */
  readonly talkedMs: number
  readonly atMs: number
}

export type BoardRelation = {
  readonly key: ParticipantKey
  readonly otherKey: ParticipantKey
  readonly relationship: Relation['relationship']
}

export type DialLeg = {
  readonly callId: string
  readonly jobId: string
  readonly endpointId: string
  readonly state: 'started' | 'ringing' | 'answered' | 'failed'
  /** Hang-up cause of a failed one. */
  readonly cause: string | undefined
  readonly atMs: number
}

/** An event or command as the websocket told it. */
export type ToldEvent = Readonly<Record<string, unknown>> & {
  readonly event: string
  readonly conference_id: string
  readonly epoch?: string
  readonly seq?: number
}

export type BoardEntry =
  | {
      readonly kind: 'event'
      /** `epoch seq`: the same as that of the event in the history. */
      readonly id: string
      readonly atMs: number
      readonly event: ToldEvent
    }
  | (Gap & {
      readonly kind: 'gap'
      readonly id: string
      /** When the board was read again. */
      readonly atMs: number
      /** Who was in the conference before and is not after it. */
      readonly gone: readonly Pick<BoardRow, 'key' | 'name' | 'number'>[]
    })

export const MOST_ENTRIES = 1000

export const emptyBoard = (conferenceId: string): BoardState => ({
  conferenceId,
  phase: 'loading',
  problem: undefined,
  instanceId: undefined,
  name: undefined,
  isAdHoc: false,
  isLocked: false,
  isRecording: false,
  recordingSinceMs: null,
  startedMs: undefined,
  epoch: undefined,
  seq: 0,
  heardSeq: undefined,
  heardAtMs: undefined,
  readAtMs: undefined,
  participants: new Map(),
  keyById: new Map(),
  levels: new Map(),
  hasLevels: false,
  relations: [],
  entries: [],
  talkEntries: [],
  dialLegs: new Map(),
  isIncomplete: undefined,
  gap: undefined,
})
