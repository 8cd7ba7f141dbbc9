import type { ParticipantEvent, RoomEvent } from '#contract/conference-events'
import type {
  AskedBy,
  BookmarkEvent,
  CommandEvent,
  ConferenceHappening,
  FurtherEvent,
} from '#contract/live-conferences'
import type { Conference, Participant } from './types.ts'
import { conferenceVarsOf, stateOf } from './views.ts'

/** Tells what happens in one run of a conference, in the words of KAZOO and FreeSWITCH. */
export type Telling = {
  /** `now` is what was so when it happened, should something have changed since. */
  readonly participant: (
    event: ParticipantEvent['event'],
    participant: Participant,
    now?: Partial<Participant>,
  ) => void
  readonly room: (event: RoomEvent['event']) => void
  readonly further: (event: FurtherEvent['event'], more?: About & Further) => void
  readonly command: (name: string, more?: Partial<CommandEvent>) => void
  readonly bookmark: (
    text: string,
    where: Pick<BookmarkEvent, 'recording_id' | 'recording_ms'>,
  ) => BookmarkEvent
  /** The same, with who asked in what was asked. */
  readonly as: (by: AskedBy) => Telling
}

type About = { readonly participant?: Participant | undefined }
type Further = Pick<
  FurtherEvent,
  'former_participant_id' | 'media_id' | 'recording_id' | 'recording_ms'
>

export const createTelling = (deps: {
  emit: (event: ConferenceHappening) => void
  conference: Conference
  instanceId: string
  by?: AskedBy
}): Telling => {
  const { emit, conference, instanceId, by } = deps
  const asked = by && { by }
  const common = {
    account_id: conference.accountId,
    conference_id: conference.id,
    instance_id: instanceId,
  }
  return {
    participant: (event, participant, now) => {
      const then = { ...participant, ...now }
      const { leg, channelVars } = then
      const { presence_id: presence } = channelVars
      emit({
        event,
        ...common,
        participant_id: then.participantId,
        call_id: leg.callId,
        caller_id_name: leg.party.name,
        caller_id_number: leg.party.number,
        ...(presence !== undefined && { channel_presence_id: presence }),
        ...stateOf(then),
        is_moderator: then.isModerator,
        // What does not change is told once, to whom it is new.
        ...(event === 'add-member' && { is_ghost: then.isGhost, direction: leg.direction }),
        conference_channel_vars: conferenceVarsOf(then),
        custom_channel_vars: channelVars,
        custom_application_vars: { ...then.customApplicationVars },
      })
    },
    room: (event) => emit({ event, ...common }),
    further: (event, { participant, ...more } = {}) =>
      emit({
        event,
        ...common,
        ...(participant && {
          participant_id: participant.participantId,
          call_id: participant.leg.callId,
        }),
        ...more,
      }),
    command: (name, more) =>
      emit({ ...more, event: 'command', ...common, application_name: name, ...asked }),
    bookmark: (text, where) => {
      const bookmark: BookmarkEvent = { event: 'bookmark', ...common, text, ...where, ...asked }
      emit(bookmark)
      return bookmark
    },
    as: (asking) => createTelling({ ...deps, by: asking }),
  }
}
