import type { ConferenceDocument } from '#contract/conferences'
import { Button } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { PanelSection } from '../../ui/panel.tsx'
import { ConferenceState } from './conference-state.tsx'
import { useConferencesState } from './conferences-state.ts'
import { DialForm } from './dial-form.tsx'
import { ParticipantRow } from './participant-row.tsx'
import { useAct, useActOn } from './queries.ts'

const RoomButtons = ({ id, live }: { id: string; live: Live }) => {
  const { mutate: act, isPending } = useAct(id)
  const { is_locked: isLocked, is_recording: isRecording } = live
  return (
    <div className="conference-buttons">
      <Button isPending={isPending} onPress={() => act({ action: isLocked ? 'unlock' : 'lock' })}>
        <Icon name={isLocked ? 'unlock' : 'lock'} />
        {isLocked ? 'Unlock' : 'Lock'}
      </Button>
      <Button
        isPending={isPending}
        onPress={() => act({ action: 'record', data: { action: isRecording ? 'stop' : 'start' } })}
      >
        <Icon name={isRecording ? 'stop' : 'record'} />
        {isRecording ? 'Stop recording' : 'Record'}
      </Button>
      <Button variant="danger" onPress={() => useConferencesState.setState({ dialog: 'kick-all' })}>
        Remove all…
      </Button>
    </div>
  )
}

type Live = NonNullable<ConferenceDocument['_read_only']>

/** Who is in it, and what can be done about that. */
export const LiveSection = ({ id, live }: { id: string; live: Live }) => {
  const { mutate: actOn } = useActOn(id)
  const { participants } = live
  return (
    <PanelSection title="Now" actions={<ConferenceState live={live} />}>
      <div className="conference-live">
        {live.is_running ? <RoomButtons id={id} live={live} /> : null}
        {participants.length > 0 ? (
          <ul className="participants" aria-label="Participants">
            {participants.map((participant) => (
              <ParticipantRow
                key={participant.participant_id}
                participant={participant}
                act={(action) => actOn({ action, participantId: participant.participant_id })}
              />
            ))}
          </ul>
        ) : null}
        <DialForm id={id} />
      </div>
    </PanelSection>
  )
}
