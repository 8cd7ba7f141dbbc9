import { memo } from 'react'
import { Icon } from '../../ui/icon.tsx'
import { cellId } from './matrix-row.tsx'

type MatrixAreaRowProps = {
  area: string
  count: number
  isCollapsed: boolean
  item: number
  top: number
  columnCount: number
  isActive: boolean
}

/** The heading of an area: one cell across the whole grid that opens and closes what is below. */
export const MatrixAreaRow = memo((props: MatrixAreaRowProps) => {
  const { area, count, isCollapsed, item, top, columnCount, isActive } = props
  return (
    <div
      role="row"
      className={isActive ? 'matrix-area-row is-active' : 'matrix-area-row'}
      aria-rowindex={item + 2}
      data-area={area}
      data-item={item}
      style={{ transform: `translateY(${top}px)` }}
    >
      <div
        id={cellId(item, 0)}
        role="gridcell"
        className="matrix-area"
        aria-colindex={1}
        aria-colspan={columnCount}
        aria-expanded={!isCollapsed}
        aria-selected={isActive}
      >
        <Icon name={isCollapsed ? 'chevron-right' : 'chevron-down'} size={12} />
        {area} · {count}
      </div>
    </div>
  )
})
MatrixAreaRow.displayName = 'MatrixAreaRow'
