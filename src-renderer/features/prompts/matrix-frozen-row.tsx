import { memo } from 'react'
import { Icon } from '../../ui/icon.tsx'
import type { MatrixItem } from './matrix-model.ts'

type MatrixFrozenRowProps = {
  content: MatrixItem
  item: number
  top: number
  idWidth: number
  isActive: boolean
}

/**
 * The left end of a row, which stays while the languages scroll. It lies in one layer for all rows,
 * because a sticky element per row costs a layer each and half of the frames. It is for the eye: the
 * row itself says the same to screen readers.
 */
export const MatrixFrozenRow = memo((props: MatrixFrozenRowProps) => {
  const { content, item, top, idWidth, isActive } = props
  const current = isActive ? ' is-current' : ''
  const style = { transform: `translateY(${top}px)` }
  if (content.kind === 'area') {
    const { area, count, isCollapsed } = content
    return (
      <div className={`matrix-area-row${current}`} data-area={area} data-item={item} style={style}>
        <div className="matrix-area">
          <Icon name={isCollapsed ? 'chevron-right' : 'chevron-down'} size={12} />
          {area} · {count}
        </div>
      </div>
    )
  }
  const { prompt_id: promptId, text } = content.row
  return (
    <div
      className={`matrix-frozen-row${current}`}
      data-item={item}
      style={{ ...style, gridTemplateColumns: `${idWidth}px minmax(0, 1fr)` }}
    >
      <div className="matrix-id mono" title={promptId}>
        {promptId}
      </div>
      <div className="matrix-text" title={text}>
        {text}
      </div>
    </div>
  )
})
MatrixFrozenRow.displayName = 'MatrixFrozenRow'
