import { memo, useCallback, useMemo, useState } from 'react'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { AnchoredMenu } from '../../../ui/menu.tsx'
import { VirtualTable, type Column } from '../../../ui/virtual-table.tsx'
import type { ParticipantKey } from './board-state.ts'
import { useBoard, useBoardView, type BoardSort } from './board-store.ts'
import { LevelBar } from './level-bar.tsx'
import {
  JoinedCell,
  NameCell,
  NumberCell,
  QuietCell,
  ShareCell,
  TalkCell,
} from './participant-cells.tsx'
import { RowButtons } from './row-buttons.tsx'
import { rowMenu } from './row-menu.ts'
import { nameOf } from './row-order.ts'
import { moveCursor, selectTo, toggleSelected } from './selection.ts'
import { setPresence, useShownOrder } from './shown-order.ts'

type Menu = { id: ParticipantKey; anchor: HTMLElement }
type OpenMenu = (id: ParticipantKey, anchor: HTMLElement) => void

/** A step of the cursor draws the table, and of its rows nothing that did not change. */
const cells = {
  TalkCell: memo(TalkCell),
  NameCell: memo(NameCell),
  NumberCell: memo(NumberCell),
  LevelBar: memo(LevelBar),
  QuietCell: memo(QuietCell),
  ShareCell: memo(ShareCell),
  JoinedCell: memo(JoinedCell),
  RowButtons: memo(RowButtons),
}

const columnsOf = (openMenu: OpenMenu): readonly Column<ParticipantKey>[] => [
  {
    id: 'talk',
    title: 'State',
    isTitleHidden: true,
    width: '30px',
    cell: (id) => <cells.TalkCell id={id} />,
  },
  {
    id: 'name',
    title: 'Name',
    width: 'minmax(170px, 1fr)',
    isSortable: true,
    cell: (id) => <cells.NameCell id={id} />,
  },
  {
    id: 'number',
    title: 'Number',
    width: '136px',
    cell: (id) => <cells.NumberCell id={id} />,
  },
  {
    id: 'level',
    title: 'Level',
    width: 'clamp(76px, 9vw, 124px)',
    isSortable: true,
    cell: (id) => <cells.LevelBar id={id} />,
  },
  {
    id: 'quiet',
    title: 'Quiet',
    width: 'clamp(62px, 5vw, 72px)',
    align: 'end',
    isSortable: true,
    cell: (id) => <cells.QuietCell id={id} />,
  },
  {
    id: 'share',
    title: 'Talked',
    width: '66px',
    align: 'end',
    isSortable: true,
    cell: (id) => <cells.ShareCell id={id} />,
  },
  {
    id: 'joined',
    title: 'Here for',
    width: '78px',
    align: 'end',
    isSortable: true,
    cell: (id) => <cells.JoinedCell id={id} />,
  },
  {
    id: 'actions',
    title: 'Actions',
    isTitleHidden: true,
    width: '98px',
    align: 'end',
    cell: (id) => <cells.RowButtons id={id} openMenu={openMenu} />,
  },
]

/** Who it is comes first, and nothing of what its buttons are called. */
const rowNamedBy = ['name', 'talk', 'number', 'quiet', 'share', 'joined']

/** Figures are asked for from the top; who came first stands first. */
const descendingAtFirst = new Set<BoardSort>(['share', 'level'])

const sortBy = (columnId: string) => {
  const sort = columnId as BoardSort
  useBoardView.setState((before) => ({
    sort,
    isDescending: before.sort === sort ? !before.isDescending : descendingAtFirst.has(sort),
  }))
}

const Nobody = () => {
  const { filter, search } = useBoardView()
  const isAnybody = useBoard(({ participants }) => participants.size > 0)
  if (!isAnybody) return <EmptyState icon="conferences" title="Nobody is in it" />
  const title =
    search.trim() !== ''
      ? `Nobody fits “${search.trim()}”`
      : {
          everyone: 'Nobody is in it',
          talking: 'Nobody talks',
          muted: 'Nobody is muted',
          moderators: 'There is no moderator',
          noise: 'No noisy line',
        }[filter]
  return <EmptyState icon="search" title={title} />
}

export const ParticipantsTable = () => {
  const keys = useShownOrder((state) => state.keys)
  const { cursor, selected, sort, isDescending } = useBoardView()
  const [menu, setMenu] = useState<Menu>()
  const openMenu = useCallback<OpenMenu>((id, anchor) => {
    moveCursor(id)
    setMenu({ id, anchor })
  }, [])
  const columns = useMemo(() => columnsOf(openMenu), [openMenu])
  const row = useBoard(({ participants }) => menu && participants.get(menu.id))
  if (keys.length === 0) return <Nobody />
  return (
    <>
      <VirtualTable
        label="Participants"
        focusKey="board"
        columns={columns}
        rows={keys}
        rowId={(id) => id}
        activeId={cursor}
        onActivate={moveCursor}
        onMenu={openMenu}
        rowNamedBy={rowNamedBy}
        onPresence={setPresence}
        sorting={{ columnId: sort, isDescending }}
        onSort={sortBy}
        selection={{ ids: selected, onToggle: toggleSelected, onRange: selectTo }}
      />
      {menu && row ? (
        <AnchoredMenu
          key={menu.id}
          label={nameOf(row)}
          entries={rowMenu(row)}
          anchor={menu.anchor}
          onClose={() => setMenu(undefined)}
        />
      ) : null}
    </>
  )
}
