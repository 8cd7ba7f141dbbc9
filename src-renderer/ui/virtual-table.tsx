import {
  useEffect,
  useId,
  useRef,
  type CSSProperties,
  type KeyboardEvent,
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
}

const rowHeight = 28
const headerHeight = 30

type LineProps<Row> = {
  columns: readonly Column<Row>[]
  role: 'gridcell' | 'cell'
  row: Row
}

const Cells = <Row,>({ columns, role, row }: LineProps<Row>) =>
  columns.map(({ id, align, cell }) => (
    <div key={id} role={role} className={align ? 'table-cell table-end' : 'table-cell'}>
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
  columns.map(({ id, title, align, isSortable }) => {
    const direction = directionOf(sorting, id)
    const isButton = isSortable === true && onSort !== undefined
    return (
      <div
        key={id}
        role="columnheader"
        className={align ? 'table-cell table-end' : 'table-cell'}
        {...(isButton ? { 'aria-sort': direction } : {})}
      >
        {isButton ? (
          <button type="button" className="table-sort" onClick={() => onSort(id)}>
            {title}
            <span aria-hidden="true">{signs[direction]}</span>
          </button>
        ) : (
          title
        )}
      </div>
    )
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
    // The buttons of its head keep their keys.
    if (event.target instanceof Element && event.target.closest('.table-head')) return
    if (!onActivate || event.ctrlKey || event.metaKey || event.altKey) return
    const pageRows = Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight) - 2
    const index = stepIndex(event.key, activeIndex, rows.length, pageRows)
    const row = index === undefined ? undefined : rows[index]
    if (row !== undefined) {
      event.preventDefault()
      onActivate(rowId(row))
    } else if (event.key === 'Enter' && activeId !== undefined) {
      event.preventDefault()
      onOpen?.(activeId)
    }
  }

  const choose = (id: string) => {
    onActivate?.(id)
    onOpen?.(id)
  }

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
          return (
            <div
              key={id}
              id={`${baseId}-${index}`}
              role="row"
              aria-rowindex={index + 2}
              className="table-row table-item"
              style={{ ...tracks, transform: `translateY(${index * rowHeight}px)` }}
              {...(isGrid ? { 'aria-selected': id === activeId, onClick: () => choose(id) } : {})}
            >
              <Cells columns={columns} role={isGrid ? 'gridcell' : 'cell'} row={row} />
            </div>
          )
        })}
      </div>
    </div>
  )
}
