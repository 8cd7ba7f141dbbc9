import type { Participant } from '#contract/participants'
import { gregorianToDate } from '../../lib/gregorian.ts'
import { IconButton } from '../../ui/icon-button.tsx'
import { Elapsed } from './elapsed.tsx'
import { callerText, stateText } from './conference-text.ts'
import type { ParticipantAction } from './queries.ts'

/** One who is in the conference, and what can be done to them. */
export const ParticipantRow = ({
  participant,
  act,
}: {
  participant: Participant
  act: (action: ParticipantAction) => void
}) => {
  const { speak, hear, talking, is_moderator: isModerator } = participant
  const who = callerText(participant)
  const number = participant.caller_id_number
  return (
    <li className={talking && speak ? 'participant participant-talks' : 'participant'}>
      <span className="participant-bar" aria-hidden="true" />
      <div className="participant-who">
        <span className="truncate">
          {who}
          {isModerator ? <span className="participant-role">Moderator</span> : null}
        </span>
        <span className="participant-facts muted">
          {number !== '' && number !== who ? <span className="mono">{number}</span> : null}
          <span>{stateText(participant)}</span>
          <Elapsed sinceMs={gregorianToDate(participant.join_time).getTime()} />
        </span>
      </div>
      <IconButton
        icon={speak ? 'mic' : 'mic-off'}
        label={speak ? `Mute ${who}` : `Let ${who} talk`}
        onPress={() => act(speak ? 'mute' : 'unmute')}
      />
      <IconButton
        icon={hear ? 'ear' : 'ear-off'}
        label={hear ? `Make ${who} deaf` : `Let ${who} hear`}
        onPress={() => act(hear ? 'deaf' : 'undeaf')}
      />
      <IconButton icon="hang-up" label={`Remove ${who}`} onPress={() => act('kick')} />
    </li>
  )
}
