import { Link } from 'react-aria-components'
import { clockText } from '../../lib/duration.ts'
import { hrefOf } from '../../lib/route.ts'
import { Button } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { Menu, type MenuEntry } from '../../ui/menu.tsx'
import { SearchField } from '../../ui/search-field.tsx'
import { useClock } from './board/board-clock.ts'
import { headCount, numbersOf, titleOf, type ConferenceRow } from './conference-text.ts'
import { useConferencesState } from './conferences-state.ts'
import {
  addConference,
  useConferenceActions,
  type ConferenceActions,
} from './forms/use-conference-actions.ts'
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
        <span className="room-moderators">
          <span aria-hidden="true">{moderators} mod.</span>
          <span className="visually-hidden">
            {moderators === 1 ? '1 moderator' : `${moderators} moderators`}
          </span>
        </span>
      ) : null}
      <span className="mono">{clockText(ranS * 1000)}</span>
      {live.is_recording ? (
        <span className="room-recording">
          <Icon name="record" size={12} />
          <span aria-hidden="true">REC</span>
          <span className="visually-hidden">recording</span>
        </span>
      ) : null}
    </span>
  )
}

/** The newest in words, and how many came before it: all of them are in the timeline. */
const Alerts = ({ alerts }: { alerts: readonly string[] }) => (
  <span className="room-alert" title={alerts.join('\n')}>
    <Icon name="warning" size={13} />
    <span className="visually-hidden">
      {alerts.length === 1 ? '1 alert: ' : `${alerts.length} alerts, the last: `}
    </span>
    <span className="room-alert-text">{alerts.at(-1)}</span>
    {alerts.length > 1 ? <span aria-hidden="true">{alerts.length}</span> : null}
  </span>
)

const menuOf = (room: ConferenceRow, actions: ConferenceActions): readonly MenuEntry[] => {
  const isDisabled = room._read_only.is_ad_hoc
  return [
    { id: 'edit', label: 'Edit…', icon: 'edit', isDisabled, run: () => actions.edit(room) },
    {
      ...{ id: 'duplicate', label: 'Duplicate…', icon: 'copy', isDisabled },
      run: () => actions.duplicate(room),
    },
    { id: 'test', label: 'Test call…', icon: 'phones', run: () => actions.testCall(room) },
    {
      ...{ id: 'remove', label: 'Delete', icon: 'trash', tone: 'danger', isDisabled },
      run: () => actions.remove(room),
    },
  ]
}

type RoomProps = { room: ConferenceRow; isCurrent: boolean; actions: ConferenceActions }

const Room = ({ room, isCurrent, actions }: RoomProps) => {
  const alerts = useRoomAlerts(({ byRoom }) => byRoom.get(room.id))
  const { is_running: isRunning, is_locked: isLocked } = room._read_only
  const numbers = numbersOf(room)
  return (
    <li className="room-item">
      <Link
        className="room"
        href={hrefOf('conferences', { conference: room.id })}
        {...(isCurrent ? { 'aria-current': 'page' } : {})}
      >
        <span className="room-name">
          <bdi className="truncate" title={titleOf(room)}>
            {titleOf(room)}
          </bdi>
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
        {alerts ? <Alerts alerts={alerts} /> : null}
      </Link>
      <span className="room-menu">
        <Menu label={`More about ${titleOf(room)}`} entries={menuOf(room, actions)}>
          {/* The keys of commands do the same: a stop of Tab at every room would be in the way. */}
          <IconButton icon="more" label={`More about ${titleOf(room)}`} excludeFromTabOrder />
        </Menu>
      </span>
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
  const actions = useConferenceActions()
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
          <Room key={room.id} room={room} isCurrent={room.id === currentId} actions={actions} />
        ))}
        {rooms.length === 0 ? <li className="rooms-none muted">Nothing fits.</li> : null}
      </ul>
      <div className="rooms-end">
        <Button variant="quiet" command="conferences.add" onPress={addConference}>
          <Icon name="add" />
          New conference
        </Button>
      </div>
    </nav>
  )
}
