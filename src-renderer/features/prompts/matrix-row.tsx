import { memo } from 'react'
import type { PromptRow } from '#contract/studio'
import { placeState, type PlaceState } from './cell-state.ts'
import { COLUMN_WIDTH } from './grid-layout.ts'
import { MatrixCell } from './matrix-cell.tsx'
import type { Span } from './virtual-window.ts'

/** The languages on the screen: one object per window, so that memoised rows can compare it. */
export type ColumnWindow = {
  languages: readonly string[]
  span: Span
  idWidth: number
  frozenWidth: number
}

type MatrixRowProps = {
  row: PromptRow
  item: number
  top: number
  columns: ColumnWindow
  /** The cursor's column when it is in this row, else -1. */
  activeColumn: number
  playingLanguage: string | undefined
  dropLanguage: string | undefined
  filter: PlaceState | null
}

/** The heading of an area is the cell 0 of its row. */
export const cellId = (item: number, column: number): string => `matrix-${item}-${column}`

const columnsShown = ({ span }: ColumnWindow, activeColumn: number): number[] => {
  const shown = Array.from({ length: span.end - span.first }, (_, index) => span.first + index)
  // The active cell stays in the document, or the grid's focus would point at nothing.
  const isOutside = activeColumn >= 0 && (activeColumn < span.first || activeColumn >= span.end)
  return isOutside ? [...shown, activeColumn] : shown
}

export const MatrixRow = memo((props: MatrixRowProps) => {
  const { row, item, top, columns, activeColumn, playingLanguage, dropLanguage, filter } = props
  const marksOf = (language: string, column: number): string => {
    const isOther = filter !== null && placeState(row.cells[language]) !== filter
    return (
      (column === activeColumn ? ' is-active' : '') +
      (language === playingLanguage ? ' is-playing' : '') +
      (language === dropLanguage ? ' is-drop' : '') +
      (isOther ? ' is-dimmed' : '')
    )
  }
  return (
    <div
      role="row"
      className="matrix-row"
      aria-rowindex={item + 2}
      data-prompt={row.prompt_id}
      data-item={item}
      style={{ transform: `translateY(${top}px)` }}
    >
      <div role="gridcell" aria-colindex={1} aria-label={row.prompt_id} />
      <div role="gridcell" aria-colindex={2} aria-label={row.text} />
      {columnsShown(columns, activeColumn).map((column) => {
        const language = columns.languages[column] ?? ''
        return (
          <MatrixCell
            key={language}
            id={cellId(item, column)}
            name={row.prompt_id}
            language={language}
            cell={row.cells[language]}
            columnIndex={column + 3}
            left={columns.frozenWidth + column * COLUMN_WIDTH}
            marks={marksOf(language, column)}
            isActive={column === activeColumn}
          />
        )
      })}
    </div>
  )
})
MatrixRow.displayName = 'MatrixRow'
