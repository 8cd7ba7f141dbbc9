import { memo } from 'react'
import type { Cell } from '#contract/studio'
import { ShapeGlyph } from '../../audio/shape-glyph.tsx'
import { describeCell, placeState, secondsOf, stateTexts } from './cell-state.ts'
import { StateGlyph } from './state-glyph.tsx'

type MatrixCellProps = {
  id: string
  /** The prompt id. */
  name: string
  language: string
  cell: Cell | undefined
  columnIndex: number
  left: number
  /** Extra class names for what happens to this one cell: cursor, playing, drop. */
  marks: string
  isActive: boolean
}

/** One prompt in one language. The grid finds it under the pointer by its data attribute. */
export const MatrixCell = memo((props: MatrixCellProps) => {
  const { id, name, language, cell, columnIndex, left, marks, isActive } = props
  const state = placeState(cell)
  const isFaulty = cell?.normalization_error !== undefined
  return (
    <div
      id={id}
      role="gridcell"
      className={`matrix-cell matrix-cell-${state}${marks}`}
      aria-colindex={columnIndex}
      aria-selected={isActive}
      aria-label={describeCell({ promptId: name, language }, cell)}
      data-language={language}
      style={{ transform: `translateX(${left}px)` }}
    >
      <StateGlyph state={state} />
      {cell?.shape === undefined ? (
        <span className="matrix-cell-word">{stateTexts[state].word}</span>
      ) : (
        <ShapeGlyph shape={cell.shape} width={44} height={18} tone={isFaulty ? 'warn' : 'wave'} />
      )}
      {cell?.duration_ms === undefined ? null : (
        <span className="matrix-cell-length">
          {isFaulty ? <span className="matrix-cell-fault">!</span> : null}
          {secondsOf(cell.duration_ms)}
        </span>
      )}
    </div>
  )
})
MatrixCell.displayName = 'MatrixCell'
