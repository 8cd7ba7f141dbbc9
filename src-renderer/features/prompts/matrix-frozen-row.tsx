import { memo } from 'react'
import { Icon } from '../../ui/icon.tsx'
import type { MatrixItem } from './matrix-model.ts'
import { headerIds } from './matrix-row.tsx'

type MatrixFrozenRowProps = {
  content: MatrixItem
  item: number
  top: number
  idWidth: number
  columnCount: number
  isActive: boolean
}

/**
 * The left end of a row, which stays while the languages scroll. It lies in one layer for all rows (a
 * sticky element per row costs a layer each and half of the frames); its row owns it by id.
 */
export const MatrixFrozenRow = memo((props: MatrixFrozenRowProps) => {
  const { content, item, top, idWidth, columnCount, isActive } = props
  const ids = headerIds(item)
  const current = isActive ? ' is-current' : ''
  const style = { transform: `translateY(${top}px)` }
  if (content.kind === 'area') {
    return (
      <div
        role="presentation"
        className={`matrix-area-row${current}`}
        data-area={content.area}
        data-item={item}
        style={style}
      >
        <div
          id={ids.name}
          role="gridcell"
          className="matrix-area"
          aria-colindex={1}
          aria-colspan={columnCount}
          aria-expanded={!content.isCollapsed}
          aria-selected={isActive}
        >
          <Icon name={content.isCollapsed ? 'chevron-right' : 'chevron-down'} size={12} />
          {content.area} · {content.count}
        </div>
      </div>
    )
  }
  const { prompt_id: promptId, text } = content.row
  return (
    <div
      role="presentation"
      className={`matrix-frozen-row${current}`}
      data-item={item}
      style={{ ...style, gridTemplateColumns: `${idWidth}px minmax(0, 1fr)` }}
    >
      <div
        id={ids.name}
        role="rowheader"
        className="matrix-id mono"
        aria-colindex={1}
        title={promptId}
      >
        {promptId}
      </div>
      <div id={ids.text} role="gridcell" className="matrix-text" aria-colindex={2} title={text}>
        {text}
      </div>
    </div>
  )
})
MatrixFrozenRow.displayName = 'MatrixFrozenRow'
