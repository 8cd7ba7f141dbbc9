import {
  useEffect,
  useId,
  useRef,
  type CSSProperties,
  type HTMLAttributes,
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
} from 'react'
import { scrollTopForRow } from './row-window.ts'
import { stepIndex } from './table-keys.ts'
import { useRowWindow } from './use-row-window.ts'
import './virtual-table.css'

export type Column<Row> = {
  id: string
  title: string
  /** A track of CSS grid: `minmax(160px, 2fr)`, `80px`. */
  width: string
  align?: 'end'
  /** Its cells say what they are: the title is only read aloud. */
  isTitleHidden?: boolean
  /** Its title is a button that sorts by it. */
  isSortable?: boolean
  cell: (row: Row) => ReactNode
}

export type Sorting = { columnId: string; isDescending: boolean }

type VirtualTableProps<Row> = {
  label: string
  columns: readonly Column<Row>[]
  rows: readonly Row[]
  rowId: (row: Row) => string
  /** False when `rows` is only what has been loaded so far. */
  isComplete?: boolean
  /** The table takes the focus when nothing else has it: at first, and when this changes. */
  focusKey?: string
  /** The row the cursor is on. Without `onActivate` the table is only for reading. */
  activeId?: string | undefined
  onActivate?: (id: string) => void
  /** Enter or a click on a row. */
  onOpen?: (id: string) => void
  /** The last rows came into sight. */
  onEnd?: () => void
  /** In which order `rows` is. */
  sorting?: Sorting | undefined
  onSort?: (columnId: string) => void
  /** Several rows can be selected, apart from the one the cursor is on. */
  selection?: TableSelection
  /** The right mouse button on a row, or the key for its menu. */
  onMenu?: (id: string, row: HTMLElement) => void
  /** The columns a row is called by, in the order they are said; else all of them, buttons included. */
  rowNamedBy?: readonly string[]
  /** A pointer or the focus came into the list, or left it. */
  onPresence?: (change: { pointer?: boolean; focus?: boolean }) => void
}

type TableSelection = {
  ids: ReadonlySet<string>
  /** A click with Ctrl or ⌘. */
  onToggle: (id: string) => void
  /** A click with Shift: everything from the cursor to this row. */
  onRange: (id: string) => void
}

const rowHeight = 28
const headerHeight = 30

const cellId = (rowId: string, columnId: string) => `${rowId}-${columnId}`

type LineProps<Row> = {
  /** Of its element. */
  id: string
  columns: readonly Column<Row>[]
  role: 'gridcell' | 'cell'
  row: Row
}

const Cells = <Row,>({ id: ofRow, columns, role, row }: LineProps<Row>) =>
  columns.map(({ id, align, cell }) => (
    <div
      key={id}
      id={cellId(ofRow, id)}
      role={role}
      data-column={id}
      className={align ? 'table-cell table-end' : 'table-cell'}
    >
      {cell(row)}
    </div>
  ))

type HeaderProps<Row> = Pick<VirtualTableProps<Row>, 'columns' | 'sorting'> & {
  onSort: ((columnId: string) => void) | undefined
}

const directionOf = (sorting: Sorting | undefined, columnId: string) => {
  if (sorting?.columnId !== columnId) return 'none'
  return sorting.isDescending ? 'descending' : 'ascending'
}

const signs = { none: '', ascending: '↑', descending: '↓' } as const

const HeaderCells = <Row,>({ columns, sorting, onSort }: HeaderProps<Row>) =>
  columns.map(({ id, title, align, isSortable, isTitleHidden }) => {
    const direction = directionOf(sorting, id)
    const isButton = isSortable === true && onSort !== undefined
    return (
      <div
        key={id}
        role="columnheader"
        data-column={id}
        className={align ? 'table-cell table-end' : 'table-cell'}
        {...(isButton ? { 'aria-sort': direction } : {})}
      >
        {isButton ? (
          <button type="button" className="table-sort" onClick={() => onSort(id)}>
            {title}
            <span aria-hidden="true">{signs[direction]}</span>
          </button>
        ) : isTitleHidden ? (
          <span className="visually-hidden">{title}</span>
        ) : (
          title
        )}
      </div>
    )
  })

/** The buttons of its head and rows keep their keys; Shift and an arrow select by a command of the page. */
const isForRows = (event: KeyboardEvent, canSelect: boolean): boolean => {
  const { target, currentTarget, key, ctrlKey, metaKey, altKey, shiftKey } = event
  if (ctrlKey || metaKey || altKey || (canSelect && shiftKey)) return false
  if (target instanceof Element && target.closest('.table-head')) return false
  return key !== 'Enter' || target === currentTarget
}

/** The key for it asks at the table itself, which has the focus. */
const menuProps = (
  onMenu: NonNullable<VirtualTableProps<never>['onMenu']>,
): HTMLAttributes<HTMLElement> => ({
  onContextMenu: (event) => {
    const pointed = event.target instanceof Element ? event.target.closest('[data-row]') : null
    const row = pointed ?? event.currentTarget.querySelector('[data-cursor]')
    const id = row?.getAttribute('data-row')
    if (!(row instanceof HTMLElement) || typeof id !== 'string') return
    event.preventDefault()
    onMenu(id, row)
  },
})

const presenceProps = (
  onPresence: NonNullable<VirtualTableProps<never>['onPresence']>,
): HTMLAttributes<HTMLElement> => ({
  onPointerEnter: () => onPresence({ pointer: true }),
  onPointerLeave: () => onPresence({ pointer: false }),
  onFocus: () => onPresence({ focus: true }),
  onBlur: () => onPresence({ focus: false }),
})

/**
 * Rows of which only the visible ones exist. The table keeps the focus and points to its active row
 * (aria-activedescendant), because a row that scrolls away takes its focus with it.
 */
export const VirtualTable = <Row,>(props: VirtualTableProps<Row>) => {
  const {
    label,
    columns,
    rows,
    rowId,
    isComplete = true,
    focusKey,
    activeId,
    onActivate,
    onOpen,
    onEnd,
    sorting,
    onSort,
    selection,
    onMenu,
    rowNamedBy,
    onPresence,
  } = props
  const scroller = useRef<HTMLDivElement>(null)
  const baseId = useId()
  const { first, end } = useRowWindow(scroller, rowHeight)
  const activeIndex = activeId === undefined ? -1 : rows.findIndex((row) => rowId(row) === activeId)

  useEffect(() => {
    const element = scroller.current
    if (!element || activeIndex < 0) return
    const view = { top: element.scrollTop, height: element.clientHeight, headerHeight }
    element.scrollTop = scrollTopForRow(activeIndex, rowHeight, view)
  }, [activeIndex])

  useEffect(() => {
    if (focusKey !== undefined && document.activeElement === document.body)
      scroller.current?.focus()
  }, [focusKey])

  const isAtEnd = !isComplete && end >= rows.length
  useEffect(() => {
    if (isAtEnd) onEnd?.()
  }, [isAtEnd, rows.length, onEnd])

  const moveByKey = (event: KeyboardEvent) => {
    if (!onActivate || !isForRows(event, selection !== undefined)) return
    const pageRows = Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight) - 2
    const index = stepIndex(event.key, activeIndex, rows.length, pageRows)
    const row = index === undefined ? undefined : rows[index]
    if (row !== undefined) {
      event.preventDefault()
      onActivate(rowId(row))
    } else if (event.key === 'Enter' && activeId !== undefined && onOpen) {
      event.preventDefault()
      onOpen(activeId)
    }
  }

  const choose = (id: string, event: MouseEvent) => {
    if (selection && (event.ctrlKey || event.metaKey)) selection.onToggle(id)
    else if (selection && event.shiftKey) selection.onRange(id)
    else {
      onActivate?.(id)
      onOpen?.(id)
    }
  }

  const rowProps = (id: string) => ({
    'data-row': id,
    'aria-selected': selection ? selection.ids.has(id) : id === activeId,
    ...(selection && id === activeId ? { 'data-cursor': true } : {}),
    onClick: (event: MouseEvent) => choose(id, event),
  })

  const isGrid = onActivate !== undefined
  const tracks: CSSProperties = {
    gridTemplateColumns: columns.map(({ width }) => width).join(' '),
  }
  return (
    <div
      ref={scroller}
      className="table"
      role={isGrid ? 'grid' : 'table'}
      aria-label={label}
      aria-rowcount={isComplete ? rows.length + 1 : -1}
      aria-colcount={columns.length}
      tabIndex={0}
      onKeyDown={moveByKey}
      {...(selection ? { 'aria-multiselectable': true } : {})}
      {...(onMenu ? menuProps(onMenu) : {})}
      {...(onPresence ? presenceProps(onPresence) : {})}
      {...(activeIndex >= 0 ? { 'aria-activedescendant': `${baseId}-${activeIndex}` } : {})}
    >
      <div role="rowgroup" className="table-head">
        <div role="row" aria-rowindex={1} className="table-row" style={tracks}>
          <HeaderCells columns={columns} sorting={sorting} onSort={onSort} />
        </div>
      </div>
      <div role="rowgroup" className="table-body" style={{ height: rows.length * rowHeight }}>
        {rows.slice(first, end).map((row, position) => {
          const id = rowId(row)
          const index = first + position
          const elementId = `${baseId}-${index}`
          return (
            <div
              key={id}
              id={elementId}
              role="row"
              aria-rowindex={index + 2}
              className="table-row table-item"
              style={{ ...tracks, transform: `translateY(${index * rowHeight}px)` }}
              {...(isGrid ? rowProps(id) : {})}
              {...(rowNamedBy
                ? { 'aria-labelledby': rowNamedBy.map((each) => cellId(elementId, each)).join(' ') }
                : {})}
            >
              <Cells
                id={elementId}
                columns={columns}
                role={isGrid ? 'gridcell' : 'cell'}
                row={row}
              />
            </div>
          )
        })}
      </div>
    </div>
  )
}
