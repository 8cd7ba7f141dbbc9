/**
 * The engine port: real-time audio of calls. It knows legs, rooms and frames; no SIP, no documents, no accounts.
 * Every engine behind it passes the same contract test. Ids are chosen by the caller and unique per kind; a command
 * on an id that does not exist rejects with `EngineError`, and changes nothing.
 */
export type Engine = {
  readonly capabilities: Capabilities
  /** Reserves where a leg receives. Rejects when no port is free or the limit of legs is reached. */
  readonly openLeg: (leg: {
    legId: string
    host: string
  }) => Promise<{ host: string; port: number }>
  /**
   * Says what both sides agreed to; again after every renegotiation. From the first time on the leg sends (silence,
   * until there is something to hear) and receives, as far as the direction allows.
   */
  readonly connectLeg: (legId: string, audio: LegAudio) => Promise<void>
  /** Stops everything of the leg, leaves its room, frees its ports; the last statistics of it. */
  readonly closeLeg: (legId: string) => Promise<LegStatistics>
  /** A room costs nothing while it has no legs and nothing plays. */
  readonly openRoom: (room: RoomOptions) => Promise<void>
  /** Its legs stay, alone again; its recordings end. */
  readonly closeRoom: (roomId: string) => Promise<void>
  /** A leg is in one room at most. */
  readonly join: (legId: string, roomId: string, member: Member) => Promise<void>
  readonly leave: (legId: string) => Promise<void>
  /** What is not named stays. */
  readonly setMember: (legId: string, change: Partial<Member>) => Promise<void>
  /** `mute`: the first cannot be heard by the other; `deaf`: the first does not hear the other; one replaces the other. */
  readonly relate: (legId: string, otherLegId: string, how: Relationship) => Promise<void>
  /** Plays one after the other; ends with `play-done`. Several at once are mixed. */
  readonly play: (play: PlayOptions) => Promise<void>
  /** No matter whether it plays still. */
  readonly stopPlay: (playId: string) => Promise<void>
  /** Writes wav, 16 bits, mono, at the rate of the room (of a leg: of its codec). Ends with `record-done`. */
  readonly record: (recording: RecordOptions) => Promise<void>
  /** Resolves once the file is complete. */
  readonly stopRecord: (recordingId: string) => Promise<void>
  /**
   * Tells as `heard` what somebody in the room hears who hears everybody, comfort noise aside: nobody is counted or
   * told for it. Ends with `listen-done`, at the latest with the room.
   */
  readonly listen: (listening: ListenOptions) => Promise<void>
  /** No matter whether it listens still. */
  readonly stopListen: (listenId: string) => Promise<void>
  /** RFC 4733 events, one after the other: digits 0–9 * # A–D. */
  readonly sendDigits: (legId: string, digits: string) => Promise<void>
  /** A moment's look at a room. */
  readonly observe: (roomId: string) => Promise<RoomState>
  readonly statistics: (legId: string) => Promise<LegStatistics>
  readonly health: () => Promise<EngineHealth>
  /** The returned function stops that. In the order in which things happened. */
  readonly on: (listener: (event: EngineEvent) => void) => () => void
}

/** What an engine can; a caller asks before it offers it to people. */
export type Capabilities = {
  readonly relate: boolean
  readonly gain: boolean
  readonly floor: boolean
  readonly energy: boolean
  readonly record: boolean
  readonly recordLeg: boolean
  readonly listen: boolean
  readonly sendDigits: boolean
  /** Sampling rates of rooms. */
  readonly rates: readonly Rate[]
  readonly codecs: readonly CodecName[]
}

export type Rate = 8000 | 16000
/** G.711 at 8 kHz, and L16 (RFC 3551 §4.5.11) mono at 16 kHz. */
export type CodecName = 'PCMU' | 'PCMA' | 'L16'
/** Seen from us. */
export type Direction = 'sendrecv' | 'sendonly' | 'recvonly' | 'inactive'

/** The agreement of an offer and its answer, seen from us. */
export type LegAudio = {
  /** Undefined while nothing is to be sent there. */
  readonly remote:
    { readonly host: string; readonly port: number; readonly rtcp: 'mux' | number } | undefined
  /**
   * Addresses packets may come from: the described one and that of the signalling. The first of them that sends
   * is the source until the next `connectLeg` with another remote; all others are refused and counted.
   */
  readonly sources: readonly string[]
  readonly codec: CodecName
  readonly sendPayload: number
  readonly receivePayload: number
  readonly sendEvents: number | undefined
  readonly receiveEvents: number | undefined
  readonly direction: Direction
  /** 10, 20, 30, 40, 50 or 60. */
  readonly ptimeMs: number
}

export type RoomOptions = {
  readonly roomId: string
  /** It runs at this rate, or at 8 kHz while no codec in it has more. */
  readonly rate: Rate
  /** White noise as FreeSWITCH has it, to 10,000: what full scale is divided by, so that more is softer; 0: none. */
  readonly comfortNoise: number
}

export type Member = {
  /** May be heard. */
  readonly speak: boolean
  readonly hear: boolean
  /** Decibels on what comes from the leg, and on what goes to it: −30 to 30. */
  readonly gainInDb: number
  readonly gainOutDb: number
  /** Mean absolute sample, 0 to 1,800: what is below is no talking and not heard. 0: everything is. */
  readonly energyLevel: number
  /** Its digits are heard by all others as tones. */
  readonly distributeDigits: boolean
  /** The floor goes to somebody else only. */
  readonly canHaveFloor: boolean
}

export type Relationship = 'mute' | 'deaf' | 'clear'

export type Playable =
  /** A file of raw samples: signed, 16 bits, little endian, mono. */
  | { readonly kind: 'pcm'; readonly path: string; readonly rate: Rate }
  /** The tone language of FreeSWITCH, without `tone_stream://`: `%(500,500,480,620)`, `v=-7;L=3;…`. */
  | { readonly kind: 'tones'; readonly text: string }
  | { readonly kind: 'silence'; readonly ms: number }

export type PlayOptions = {
  readonly playId: string
  /** Heard by everybody in the room who is not deaf; or by one leg, in a room or not, deaf or not. */
  readonly to: { readonly roomId: string } | { readonly legId: string }
  readonly items: readonly Playable[]
  /** From the first item again, without a gap, until it is stopped. */
  readonly loop: boolean
  /** Decibels. */
  readonly gainDb: number
  /** Whatever else plays to the same target waits its turn; else it is mixed with it. */
  readonly queued: boolean
}

export type RecordOptions = {
  readonly recordingId: string
  /** Everything said or played in a room; or what comes from one leg. */
  readonly of: { readonly roomId: string } | { readonly legId: string }
  /** Must not exist. */
  readonly path: string
  readonly maximumSeconds: number
}

export type ListenOptions = {
  readonly listenId: string
  readonly roomId: string
  /** Of what is told, whatever that of the room is. */
  readonly rate: Rate
}

export type EngineEvent =
  | { readonly event: 'dtmf'; readonly legId: string; readonly digit: string; readonly ms: number }
  | { readonly event: 'start-talking' | 'stop-talking'; readonly legId: string }
  /** Talks while it may not be heard. */
  | { readonly event: 'mute-detect'; readonly legId: string }
  | {
      readonly event: 'floor-change'
      readonly roomId: string
      readonly legId: string | undefined
      readonly former: string | undefined
    }
  | {
      readonly event: 'play-done'
      readonly playId: string
      readonly why: 'played' | 'stopped' | 'failed'
      /** For people, when it failed. */
      readonly message?: string
    }
  | {
      readonly event: 'record-done'
      readonly recordingId: string
      readonly frames: number
      readonly rate: Rate
      readonly why: 'stopped' | 'limit' | 'failed'
      readonly message?: string
    }
  /** 60 ms at most, signed, mono; together every 20 ms of the room since it began. Belongs to the listener. */
  | { readonly event: 'heard'; readonly listenId: string; readonly samples: Int16Array }
  | { readonly event: 'listen-done'; readonly listenId: string }
  /** The first packet of a leg came; nothing came for `silenceMs`. The latter is told again only after it ended. */
  | { readonly event: 'media-started'; readonly legId: string }
  | { readonly event: 'media-timeout'; readonly legId: string; readonly silenceMs: number }
  /** Something went wrong with this leg that is our fault: it was closed as `closeLeg` does. */
  | { readonly event: 'leg-failed'; readonly legId: string; readonly message: string }
  /**
   * The engine is gone with all its legs and rooms: nothing follows of them, and commands reject with `gone` until, in a
   * while, a new one takes its place.
   */
  | { readonly event: 'failed'; readonly message: string }

export type RoomState = {
  readonly rate: Rate
  readonly floor: string | undefined
  readonly legs: readonly {
    readonly legId: string
    readonly talking: boolean
    /** Smoothed mean absolute sample of what comes from it. */
    readonly energy: number
    /** Talked so long in this room, in milliseconds. */
    readonly talkedMs: number
  }[]
}

export type LegStatistics = {
  /** Undefined until something was agreed. */
  readonly codec: CodecName | undefined
  readonly packetsReceived: number
  readonly packetsSent: number
  /** Expected and never played: lost or too late. */
  readonly packetsLost: number
  readonly packetsLate: number
  /** Of another source, payload or shape. */
  readonly packetsRefused: number
  /** How often the network said that nobody receives what was sent. */
  readonly unreachable: number
  /** Interarrival jitter of RFC 3550 §6.4.1, milliseconds. */
  readonly jitterMs: number
  /** Delay of the jitter buffer now, milliseconds. */
  readonly bufferMs: number
  /** As the other side reports; undefined until it did. */
  readonly remoteLost: number | undefined
  readonly roundTripMs: number | undefined
}

export type EngineHealth = {
  readonly legs: number
  readonly rooms: number
  readonly ticks: number
  /** Finished more than 20 ms after they were due. */
  readonly lateTicks: number
  /** Given up to catch up. */
  readonly skippedTicks: number
  /** Of the last ten seconds, milliseconds. */
  readonly workMs: { readonly p50: number; readonly p99: number; readonly max: number }
}

/** A command on what does not exist, or that cannot be: a bug of the caller, or a race with an ending. */
export type EngineErrorCode =
  'unknown' | 'exists' | 'no_ports' | 'too_many' | 'bad_address' | 'invalid' | 'gone'

export class EngineError extends Error {
  readonly code: EngineErrorCode
  constructor(code: EngineErrorCode, message: string) {
    super(message)
    this.name = 'EngineError'
    this.code = code
  }
}
