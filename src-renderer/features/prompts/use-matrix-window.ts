import { useEffect, useEffectEvent, useMemo, type RefObject } from 'react'
import type { GridPosition } from './grid-moves.ts'
import {
  AREA_HEIGHT,
  HEADER_HEIGHT,
  layoutGrid,
  ROW_HEIGHT,
  type GridLayout,
} from './grid-layout.ts'
import type { MatrixItem } from './matrix-model.ts'
import type { ColumnWindow } from './matrix-row.tsx'
import type { Cursor } from './prompts-state.ts'
import { TOP_STEP, useViewport } from './use-viewport.ts'
import { scrollToShow, spanOf, type Span } from './virtual-window.ts'

const ROW_OVERSCAN = 4
const COLUMN_OVERSCAN = 1

export type MatrixWindow = {
  layout: GridLayout
  rows: Span
  /** Never fewer than rows are drawn at once. */
  slotCount: number
  columns: ColumnWindow
  /** Rows that a page key moves by. */
  page: number
}

/** What of the matrix is on the screen. */
export const useMatrixWindow = (
  grid: RefObject<HTMLElement | null>,
  items: readonly MatrixItem[],
  languages: readonly string[],
  longestId: number,
): MatrixWindow => {
  const { left, top, width, height } = useViewport(grid)
  const layout = useMemo(
    () => layoutGrid(items, { languageCount: languages.length, viewportWidth: width, longestId }),
    [items, languages.length, width, longestId],
  )
  const { rowOffsets, columnOffsets, idWidth, frozenWidth } = layout
  const { first, end } = spanOf(
    columnOffsets,
    { start: left, length: width - frozenWidth },
    COLUMN_OVERSCAN,
  )
  const columns = useMemo<ColumnWindow>(
    () => ({ languages, span: { first, end }, idWidth, frozenWidth }),
    [languages, first, end, idWidth, frozenWidth],
  )
  return {
    layout,
    rows: spanOf(rowOffsets, { start: top, length: height + TOP_STEP }, ROW_OVERSCAN),
    columns,
    slotCount: Math.ceil((height + TOP_STEP) / AREA_HEIGHT) + 2 * ROW_OVERSCAN + 2,
    page: Math.max(1, Math.floor((height - HEADER_HEIGHT) / ROW_HEIGHT) - 1),
  }
}

type CursorView = {
  cursor: Cursor | null
  position: GridPosition | undefined
  filterKey: string
}

/** Brings the cursor into view when it moves or the filters do; fresh data leave the view alone. */
export const useScrollToCursor = (
  grid: RefObject<HTMLElement | null>,
  { rowOffsets, columnOffsets, frozenWidth }: GridLayout,
  { cursor, position, filterKey }: CursorView,
): void => {
  const scroll = useEffectEvent(() => {
    const element = grid.current
    if (!element || !position || cursor === null) return
    const top = scrollToShow(rowOffsets, position.item, {
      start: element.scrollTop,
      length: element.clientHeight - HEADER_HEIGHT,
    })
    const left = scrollToShow(columnOffsets, position.column, {
      start: element.scrollLeft,
      length: element.clientWidth - frozenWidth,
    })
    element.scrollTo({ top, left, behavior: 'instant' })
  })
  useEffect(() => scroll(), [cursor, filterKey])
}
