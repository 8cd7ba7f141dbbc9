import { Link } from 'react-aria-components'
import { clockText } from '../../lib/duration.ts'
import { hrefOf } from '../../lib/route.ts'
import { Button } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { SearchField } from '../../ui/search-field.tsx'
import { useClock } from './board/board-clock.ts'
import { headCount, numbersOf, titleOf, type ConferenceRow } from './conference-text.ts'
import { useConferencesState } from './conferences-state.ts'
import { useRoomAlerts } from './room-alerts.ts'
import './rooms.css'

/** A list this long is found in by searching. */
const manyRooms = 12

const Figures = ({ room }: { room: ConferenceRow }) => {
  const { moderators, sinceMs, _read_only: live } = room
  const ranS = useClock(({ asOfMs }) => Math.max(0, Math.floor((asOfMs - sinceMs) / 1000)))
  const count = headCount(room)
  return (
    <span className="room-figures">
      <span>{count === 1 ? '1 person' : `${count} people`}</span>
      {moderators > 0 ? (
        <span title={moderators === 1 ? '1 moderator' : `${moderators} moderators`}>
          {moderators} mod.
        </span>
      ) : null}
      <span className="mono">{clockText(ranS * 1000)}</span>
      {live.is_recording ? (
        <span className="room-recording">
          <Icon name="record" size={12} />
          REC<span className="visually-hidden"> recording</span>
        </span>
      ) : null}
    </span>
  )
}

const Room = ({ room, isCurrent }: { room: ConferenceRow; isCurrent: boolean }) => {
  const alerts = useRoomAlerts(({ byRoom }) => byRoom.get(room.id))
  const { is_running: isRunning, is_locked: isLocked } = room._read_only
  const numbers = numbersOf(room)
  return (
    <li>
      <Link
        className="room"
        href={hrefOf('conferences', { conference: room.id })}
        {...(isCurrent ? { 'aria-current': 'page' } : {})}
      >
        <span className="room-name">
          <bdi className="truncate">{titleOf(room)}</bdi>
          {alerts ? (
            <span className="room-alert" title={alerts.join('\n')}>
              <Icon name="warning" size={13} />
              {alerts.length}
              <span className="visually-hidden">{alerts.length === 1 ? ' alert' : ' alerts'}</span>
            </span>
          ) : null}
          {isLocked ? <span className="room-locked">locked</span> : null}
        </span>
        {isRunning ? (
          <Figures room={room} />
        ) : (
          <span className="room-figures">
            <span>idle</span>
            <span className="mono truncate">{numbers}</span>
          </span>
        )}
      </Link>
    </li>
  )
}

/** All conferences, those that run first. */
export const Rooms = ({
  rooms,
  total,
  currentId,
}: {
  rooms: readonly ConferenceRow[]
  /** Before the search. */
  total: number
  currentId: string | undefined
}) => {
  const search = useConferencesState((state) => state.search)
  return (
    <nav className="rooms" aria-label="Conferences">
      {total > manyRooms || search !== '' ? (
        <div className="rooms-search">
          <SearchField
            label="Search conferences"
            value={search}
            onChange={(text) => useConferencesState.setState({ search: text })}
          />
        </div>
      ) : null}
      <ul className="rooms-list">
        {rooms.map((room) => (
          <Room key={room.id} room={room} isCurrent={room.id === currentId} />
        ))}
        {rooms.length === 0 ? <li className="rooms-none muted">Nothing fits.</li> : null}
      </ul>
      <div className="rooms-end">
        <Button
          variant="quiet"
          command="conferences.add"
          onPress={() => useConferencesState.setState({ dialog: 'new' })}
        >
          <Icon name="add" />
          New conference
        </Button>
      </div>
    </nav>
  )
}
