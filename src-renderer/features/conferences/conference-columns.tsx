import type { Column } from '../../ui/virtual-table.tsx'
import { Elapsed } from './elapsed.tsx'
import { ConferenceState } from './conference-state.tsx'
import { headCount, numbersOf, titleOf, type ConferenceRow } from './conference-text.ts'

export const conferenceColumns: readonly Column<ConferenceRow>[] = [
  {
    id: 'state',
    title: 'State',
    width: 'minmax(128px, 210px)',
    cell: ({ _read_only: live }) => <ConferenceState live={live} />,
  },
  {
    id: 'name',
    title: 'Name',
    width: 'minmax(140px, 2fr)',
    cell: (conference) => <span className="truncate">{titleOf(conference)}</span>,
  },
  {
    id: 'numbers',
    title: 'Numbers',
    width: 'minmax(110px, 1fr)',
    cell: (conference) => <span className="mono truncate muted">{numbersOf(conference)}</span>,
  },
  {
    id: 'people',
    title: 'People',
    width: '72px',
    align: 'end',
    cell: (conference) =>
      conference._read_only.is_running ? <span>{headCount(conference)}</span> : null,
  },
  {
    id: 'moderators',
    title: 'Moderators',
    width: '92px',
    align: 'end',
    cell: ({ moderators, _read_only: live }) =>
      live.is_running ? <span className="muted">{moderators}</span> : null,
  },
  {
    id: 'duration',
    title: 'Runs for',
    width: '84px',
    align: 'end',
    cell: ({ sinceMs, _read_only: live }) =>
      live.is_running ? (
        <span className="muted">
          <Elapsed sinceMs={sinceMs} />
        </span>
      ) : null,
  },
]

/** Beside the open panel: what the panel shows in full stays out of the table. */
export const narrowConferenceColumns = conferenceColumns.filter(({ id }) =>
  ['state', 'name', 'numbers', 'people'].includes(id),
)
