import { useQuery } from '@tanstack/react-query'
import { Button } from '../../../ui/button.tsx'
import { PanelSection } from '../../../ui/panel.tsx'
import { kick, toggleDeaf, toggleMute } from '../board/board-actions.ts'
import { useNoiseTrack } from '../board/board-clock.ts'
import type { BoardRow } from '../board/board-state.ts'
import {
  openBoardDialog,
  useBoard,
  useBoardView,
  useLatestAction,
  useParticipant,
} from '../board/board-store.ts'
import { nameOf } from '../board/row-order.ts'
import type { SentAction } from '../board/sent-action.ts'
import { devicesQuery, usersQuery } from '../dialogs/queries.ts'
import { personFacts } from './person-facts.ts'
import { lookAt, qualityQuery } from './queries.ts'
import { qualityFacts, qualityVerdict } from './quality-text.ts'
import { Relations } from './relations.tsx'
import { TalkChart } from './talk-chart.tsx'
import { talkVerdict } from './talk-minute.ts'
import './inspector.css'

const isOnItsWay = (action: SentAction | undefined) => action?.status === 'sent'

const statusText = (action: SentAction | undefined): string | undefined => {
  if (action?.status === 'failed') return action.reason ?? 'It did not work.'
  return action?.status === 'unconfirmed' ? 'Not confirmed after three seconds.' : undefined
}

const Actions = ({ row }: { row: BoardRow }) => {
  const { key, speak, hear } = row
  const [speech, hearing] = [useLatestAction('speak', key), useLatestAction('hear', key)]
  const removal = useLatestAction('kick', key)
  const isHeld = removal?.status === 'held'
  const problem = [speech, hearing, removal].map(statusText).find((text) => text !== undefined)
  return (
    <>
      <div className="inspector-actions">
        <Button
          variant={speak ? 'primary' : 'default'}
          command="conferences.mute"
          isPending={isOnItsWay(speech)}
          onPress={() => toggleMute([key])}
        >
          {speak ? 'Mute' : 'Unmute'}
        </Button>
        <Button
          command="conferences.deaf"
          isPending={isOnItsWay(hearing)}
          onPress={() => toggleDeaf([key])}
        >
          {hear ? 'Deaf' : 'Let hear'}
        </Button>
        <Button
          command="conferences.play"
          onPress={() => openBoardDialog({ kind: 'play', keys: [key] })}
        >
          Play…
        </Button>
        <Button
          variant="danger"
          command="conferences.kick"
          isPending={isOnItsWay(removal)}
          onPress={() => kick([key])}
        >
          {isHeld ? 'Keep' : 'Remove'}
        </Button>
      </div>
      {problem === undefined ? null : (
        <p role="alert" className="tone-bad inspector-problem">
          {problem}
        </p>
      )}
    </>
  )
}

const Talk = ({ row }: { row: BoardRow }) => {
  const track = useNoiseTrack(row.key)
  const verdict = talkVerdict(track)
  const isWarning = verdict.isSuspicious && row.speak
  return (
    <PanelSection title="Talk, last minute">
      <TalkChart track={track} isWarning={isWarning} />
      <p className={isWarning ? 'inspector-talk tone-warn' : 'inspector-talk'}>
        {verdict.text}
        {row.speak ? null : row.muteDetect ? ' Muted, and talks.' : ' Muted.'}
      </p>
      <Actions row={row} />
    </PanelSection>
  )
}

const Quality = ({ row }: { row: BoardRow }) => {
  const conferenceId = useBoard((state) => state.conferenceId)
  const instanceId = useBoard((state) => state.instanceId)
  const { data, error } = useQuery(qualityQuery(conferenceId, instanceId))
  const look = data && lookAt(data, row.participantId)
  const verdict = look && qualityVerdict(look)
  return (
    <PanelSection
      title="Sound quality"
      isBare
      actions={
        verdict ? (
          <span className={`inspector-verdict tone-${verdict.tone}`}>{verdict.text}</span>
        ) : undefined
      }
    >
      {look ? (
        <p className="inspector-facts">{qualityFacts(look).join(' · ')}</p>
      ) : (
        <p className="muted">
          {error ? error.message : data ? 'Nothing is measured of this call.' : 'Measuring…'}
        </p>
      )}
    </PanelSection>
  )
}

const Person = ({ row }: { row: BoardRow }) => {
  const devices = useQuery(devicesQuery).data ?? []
  const users = useQuery(usersQuery).data ?? []
  const { roles, sentence } = personFacts(row, devices, users)
  return (
    <header className="inspector-head">
      <h3 className="inspector-name">
        <bdi>{nameOf(row)}</bdi>
      </h3>
      {roles.map((role) => (
        <span key={role} className="inspector-role">
          {role}
        </span>
      ))}
      <p className="inspector-facts muted">{sentence}</p>
    </header>
  )
}

/** Everything about the participant the cursor is on. */
export const Inspector = () => {
  const cursor = useBoardView((state) => state.cursor)
  const row = useParticipant(cursor)
  const isAnybody = useBoard(({ participants }) => participants.size > 0)
  if (!row)
    return isAnybody ? (
      <p className="inspector-none muted">
        What is known of somebody stands here. The arrow keys move through the list.
      </p>
    ) : null
  return (
    <section className="inspector" aria-label={`About ${nameOf(row)}`}>
      <Person row={row} />
      <Talk row={row} />
      <Quality key={row.key} row={row} />
      <Relations row={row} />
    </section>
  )
}
