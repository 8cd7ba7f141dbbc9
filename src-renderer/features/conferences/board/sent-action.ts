import type { Dial, EndpointResponse } from '#contract/dialling'
import type { Relate } from '#contract/participants'
import type { ParticipantKey } from './board-state.ts'

/** What is asked of the conference. `end` removes everybody, and the conference ends with the last one. */
export type BoardAction =
  | { kind: 'mute' | 'unmute' | 'deaf' | 'undeaf' | 'kick'; key: ParticipantKey }
  | { kind: 'play'; mediaId: string; key?: ParticipantKey }
  | {
      kind: 'relate'
      key: ParticipantKey
      otherKey: ParticipantKey
      relationship: Relate['relationship']
    }
  | { kind: 'lock' | 'unlock' | 'end' }
  | { kind: 'record'; toggle: 'start' | 'stop' }
  | { kind: 'dial'; dial: Partial<Dial> & Pick<Dial, 'endpoints'> }

/**
 * One action on its way. It is never shown as done before an event or the answer says so:
 * `held` (sent at `dueMs`, or without one when its turn comes, unless it is withdrawn) → `sent` → `confirmed`, `failed` with a reason, or `unconfirmed` when
 * nothing was heard for three seconds or the answer was lost, which either of them may still follow.
 */
export type SentAction = {
  readonly id: number
  readonly conferenceId: string
  /** The run it is meant for; undefined where any will do, as for a dial. */
  readonly instanceId: string | undefined
  readonly action: BoardAction
  readonly status: 'held' | 'sent' | 'unconfirmed' | 'confirmed' | 'failed' | 'withdrawn'
  /** When it was sent, or asked for while it is held. */
  readonly atMs: number
  /** Where the events stood then: those up to it say nothing of this action. */
  readonly after: { readonly epoch: string | undefined; readonly seq: number | undefined }
  /** When a held one is sent; undefined while it waits for its turn. */
  readonly dueMs: number | undefined
  /** From sent to confirmed. */
  readonly tookMs: number | undefined
  /** Why it failed, in a sentence. */
  readonly reason: string | undefined
  /** What became of every leg of a dial, once all of it is known. */
  readonly legs: readonly EndpointResponse[] | undefined
  /** As the dial was told to the server: `dialLegs` with it are its own. */
  readonly jobId: string | undefined
}

export const isOpen = ({ status }: SentAction): boolean =>
  status === 'held' || status === 'sent' || status === 'unconfirmed'

/** Whom it is about; undefined where it is about the room. */
export const subjectOf = (action: BoardAction): ParticipantKey | undefined =>
  'key' in action ? action.key : undefined

/** Whether doing it once more does no harm: nobody wants to hear an announcement, or a phone ring, twice. */
export const mayBeRepeated = ({ kind }: BoardAction): boolean => kind !== 'play' && kind !== 'dial'

/** Of two actions of one aspect on the same participant the later one counts: mute and unmute, say. */
export type Aspect =
  'speak' | 'hear' | 'kick' | 'play' | 'relate' | 'lock' | 'record' | 'dial' | 'end'

const aspects: Readonly<Record<BoardAction['kind'], Aspect>> = {
  mute: 'speak',
  unmute: 'speak',
  deaf: 'hear',
  undeaf: 'hear',
  kick: 'kick',
  play: 'play',
  relate: 'relate',
  lock: 'lock',
  unlock: 'lock',
  record: 'record',
  dial: 'dial',
  end: 'end',
}

export const aspectOf = ({ kind }: BoardAction): Aspect => aspects[kind]
