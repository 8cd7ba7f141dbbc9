import type { Column } from '../../ui/virtual-table.tsx'
import { DeviceState } from './device-state.tsx'
import type { PhoneRow } from './phone-text.ts'

const quiet = (text: string | undefined) => <span className="truncate muted">{text}</span>
const mono = (text: string | undefined) => <span className="mono truncate muted">{text}</span>

/** Of several contacts the one that came last, and how many more there are. */
const newest = ({ registrations }: PhoneRow, text: 'source' | 'user_agent') => {
  const last = registrations.at(-1)
  const more = text === 'source' && registrations.length > 1 ? ` +${registrations.length - 1}` : ''
  return last?.[text] === undefined ? undefined : `${last[text]}${more}`
}

export const deviceColumns: readonly Column<PhoneRow>[] = [
  {
    id: 'state',
    title: 'State',
    width: '128px',
    cell: (row) => <DeviceState {...row} />,
  },
  {
    id: 'name',
    title: 'Name',
    width: 'minmax(140px, 2fr)',
    cell: ({ name }) => <span className="truncate">{name}</span>,
  },
  {
    id: 'username',
    title: 'SIP user',
    width: 'minmax(90px, 140px)',
    cell: ({ username }) => mono(username),
  },
  {
    id: 'owner',
    title: 'Belongs to',
    width: 'minmax(110px, 1fr)',
    cell: ({ owner }) => quiet(owner),
  },
  {
    id: 'source',
    title: 'Address',
    width: 'minmax(150px, 190px)',
    cell: (row) => mono(newest(row, 'source')),
  },
  {
    id: 'agent',
    title: 'Phone',
    width: 'minmax(120px, 1.4fr)',
    cell: (row) => quiet(newest(row, 'user_agent')),
  },
]

/** Beside the open panel: what the panel shows in full stays out of the table. */
export const narrowDeviceColumns = deviceColumns.filter(({ id }) =>
  ['state', 'name', 'username', 'owner'].includes(id),
)
