import type { MatrixItem } from './matrix-model.ts'
import { offsetsOf } from './virtual-window.ts'

/** The matrix in CSS pixels; its style sheet takes the same numbers from the custom properties below. */
export const HEADER_HEIGHT = 46
export const ROW_HEIGHT = 28
export const AREA_HEIGHT = 24
export const COLUMN_WIDTH = 112

const ID_WIDTH = { narrow: 148, wide: 184, most: 280 }
const ID_CHARACTER_WIDTH = 7.25
const ID_PADDING = 20
const TEXT_WIDTH = { narrow: 116, wide: 160, most: 860 }
const NARROW_BELOW = 760

export type GridLayout = {
  rowOffsets: readonly number[]
  columnOffsets: readonly number[]
  idWidth: number
  textWidth: number
  /** The two columns that stay while the languages scroll. */
  frozenWidth: number
  width: number
  height: number
}

export type GridSize = { languageCount: number; viewportWidth: number; longestId: number }

/** Ids stay whole as far as the languages leave room; the source text takes the rest. */
export const layoutGrid = (
  items: readonly MatrixItem[],
  { languageCount, viewportWidth, longestId }: GridSize,
): GridLayout => {
  const isNarrow = viewportWidth < NARROW_BELOW
  const least = isNarrow ? TEXT_WIDTH.narrow : TEXT_WIDTH.wide
  const languagesWidth = languageCount * COLUMN_WIDTH
  const free = viewportWidth - languagesWidth
  const idWidth = Math.max(
    isNarrow ? ID_WIDTH.narrow : ID_WIDTH.wide,
    Math.min(Math.ceil(longestId * ID_CHARACTER_WIDTH) + ID_PADDING, free - least, ID_WIDTH.most),
  )
  const textWidth = Math.min(TEXT_WIDTH.most, Math.max(least, free - idWidth))
  const rowOffsets = offsetsOf(
    items.map(({ kind }) => (kind === 'area' ? AREA_HEIGHT : ROW_HEIGHT)),
  )
  return {
    rowOffsets,
    columnOffsets: offsetsOf(Array<number>(languageCount).fill(COLUMN_WIDTH)),
    idWidth,
    textWidth,
    frozenWidth: idWidth + textWidth,
    width: Math.max(viewportWidth, idWidth + textWidth + languagesWidth),
    height: HEADER_HEIGHT + (rowOffsets.at(-1) ?? 0),
  }
}
