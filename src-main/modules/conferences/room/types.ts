import type { Relation } from '#contract/board'
import type { ConferenceDocument } from '#contract/conferences'
import type { AskedBy, BookmarkEvent } from '#contract/live-conferences'
import type { CustomChannelVars } from '#contract/participants'
import type { Leg } from '../../legs/legs.ts'

/**
 * The conferences that run. A room is opened by its first participant and ends with its last one; what it is configured
 * as is taken from the document at that moment.
 */
export type Rooms = {
  /** Undefined when it does not run. */
  readonly get: (accountId: string, conferenceId: string) => Room | undefined
  readonly ofAccount: (accountId: string) => readonly Room[]
  /**
   * Seats a leg, opening the room for the first. Rejects with `RoomRefused` when it got locked or full meanwhile, or the
   * leg has ended. Whether it may speak and hear is decided here: by the role's `join_muted` and `join_deaf` for who
   * called in, by the flags alone for who was called. What the room plays for it is played after this resolved.
   */
  readonly admit: (admission: Admission) => Promise<Participant>
  /** Told after every change of who is in a room, whether it is locked, and whether a moderator is there. */
  readonly onChange: (listener: (conferenceId: string) => void) => () => void
  /** Hangs up everybody. */
  readonly close: () => Promise<void>
}

/** A configured conference, or one that was dialled into being. */
export type Conference = {
  readonly id: string
  readonly accountId: string
  /** With all defaults. */
  readonly document: ConferenceDocument
  readonly isAdHoc: boolean
}

export type Admission = {
  readonly leg: Leg
  readonly conference: Conference
  readonly isModerator: boolean
  readonly flags: readonly ParticipantFlag[]
  readonly customApplicationVars: Readonly<Record<string, string>>
  /** Raw samples at 8 kHz of the name the caller recorded: the room's from now on, which removes it. */
  readonly namePath: string | undefined
}

/** Seed: participant flags. `join_existing` is decided before anybody is called. */
export type ParticipantFlag =
  'mute' | 'deaf' | 'ghost' | 'disable_moh' | 'distribute_dtmf' | 'video_mute'

export type RoomRefusal = 'locked' | 'full' | 'gone'

/** Nobody is seated: the room is locked or full, or the leg (or everything) has ended. */
export class RoomRefused extends Error {
  readonly refusal: RoomRefusal
  constructor(refusal: RoomRefusal) {
    super(`the conference cannot be joined: ${refusal}`)
    this.name = 'RoomRefused'
    this.refusal = refusal
  }
}

export type Room = RoomActions & {
  readonly conference: Conference
  /** A new one for every run: `instance_id`, `conference_uuid`. */
  readonly instanceId: string
  readonly startedMs: number
  readonly isLocked: boolean
  readonly isRecording: boolean
  /** Milliseconds since 1970; undefined while it is not recorded. */
  readonly recordingSinceMs: () => number | undefined
  /** Ghosts included. */
  readonly participants: readonly Participant[]
  /** Those of people who left are gone with them. */
  readonly relations: () => readonly Relation[]
  /** Makes `currentEnergy`, `talkedMs` and `muteDetect` of the participants those of now; asks the engine five times a second at most. */
  readonly refresh: () => Promise<void>
  /** The same, with who asked told with every command. */
  readonly as: (by: AskedBy) => RoomActions
}

/** What is done to a room that runs; all of it is told as commands. */
export type RoomActions = {
  readonly lock: () => void
  readonly unlock: () => void
  /** To everybody, or to one. Resolves once it plays; rejects with an AppError when it cannot. */
  readonly play: (reference: string, participantId?: number) => Promise<void>
  /** Where it is recorded already nothing changes. */
  readonly startRecording: () => Promise<void>
  /** Resolves with the id of the media document; a validation error where nothing is recorded. */
  readonly stopRecording: () => Promise<string>
  readonly relate: (one: number, other: number, how: 'mute' | 'deaf' | 'clear') => Promise<void>
  /**
   * Like `kick` for who is still there; `bad_identifier` when nobody of them is. Changes nothing, and tells nobody, where it
   * is so already.
   */
  readonly setSpeak: (participantIds: readonly number[], speak: boolean) => Promise<void>
  readonly setHear: (participantIds: readonly number[], hear: boolean) => Promise<void>
  readonly kick: (participantIds: readonly number[]) => Promise<void>
  /** Marks this moment, in the recording too while there is one. Resolves with what was told. */
  readonly bookmark: (text: string) => Promise<BookmarkEvent>
}

export type Participant = {
  /** Small, and never used twice while the process lives. */
  readonly participantId: number
  readonly leg: Leg
  readonly isModerator: boolean
  readonly isGhost: boolean
  readonly speak: boolean
  readonly hear: boolean
  readonly talking: boolean
  readonly hasFloor: boolean
  readonly muteDetect: boolean
  readonly energyLevel: number
  readonly currentEnergy: number
  /** In this room. */
  readonly talkedMs: number
  /** When it ended to talk last, milliseconds since 1970; undefined before that, and while it talks. */
  readonly quietSinceMs: number | undefined
  /** Decibels. */
  readonly gainInDb: number
  readonly gainOutDb: number
  readonly joinedMs: number
  readonly customApplicationVars: Readonly<Record<string, string>>
  /** Whose phone it is, as it was when the participant came. */
  readonly channelVars: CustomChannelVars
}
