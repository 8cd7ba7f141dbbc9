import { useState, type MouseEvent, type RefObject } from 'react'
import { cursorAt, locateCursor } from './cursor.ts'
import { MatrixBody } from './matrix-body.tsx'
import { MatrixHeader } from './matrix-header.tsx'
import type { LanguageCoverage, MatrixItem } from './matrix-model.ts'
import { cellId } from './matrix-row.tsx'
import type { Place } from './media-id.ts'
import { setCursor, toggleCollapsed, usePrompts } from './prompts-state.ts'
import { placeOfElement, useCellDrop } from './use-cell-drop.ts'
import { useGridCommands } from './use-grid-commands.ts'
import { useMatrixWindow, useScrollToCursor } from './use-matrix-window.ts'
import './matrix-grid.css'

type MatrixGridProps = {
  gridRef: RefObject<HTMLDivElement | null>
  items: readonly MatrixItem[]
  languages: readonly string[]
  coverage: ReadonlyMap<string, LanguageCoverage>
  longestId: number
  sourceLanguage: string
  /** Another value when the filters show other rows. */
  filterKey: string
  onPlay: (place: Place) => void
  onOpen: () => void
  onDropFile: (place: Place, file: File) => void
}

/** The left end of a cell, where its glyph is: a click there plays. */
const GLYPH_AREA = 26

const isOnGlyph = (target: Element, clientX: number): boolean => {
  const cell = target.closest('[data-language]')
  return cell !== null && clientX - cell.getBoundingClientRect().left < GLYPH_AREA
}

/**
 * Prompts × languages. The grid itself has the focus and names its active cell, so that rows can come
 * and go under it; only what is on the screen, and the active cell, is in the document.
 */
export const MatrixGrid = (props: MatrixGridProps) => {
  const { gridRef, items, languages, coverage, longestId, sourceLanguage, filterKey } = props
  const { onPlay, onOpen, onDropFile } = props
  const cursor = usePrompts((state) => state.cursor)
  const [hasFocus, setFocus] = useState(false)
  const { dropPlace, handlers } = useCellDrop(onDropFile)
  const shown = useMatrixWindow(gridRef, items, languages, longestId)
  const matrix = { items, languages }
  const position = locateCursor(matrix, cursor)
  useScrollToCursor(gridRef, shown.layout, { cursor, position, filterKey })
  useGridCommands({ items, languages, page: shown.page, position, hasFocus })
  const active = position && items[position.item]

  const activeId = position && cellId(position.item, active?.kind === 'area' ? 0 : position.column)

  const onClick = ({ target, clientX }: MouseEvent) => {
    const row = target instanceof Element ? target.closest('[data-item]') : null
    if (!row || !(target instanceof Element)) return
    const item = Number(row.getAttribute('data-item'))
    const place = placeOfElement(target)
    const column = place ? languages.indexOf(place.language) : (position?.column ?? 0)
    setCursor(cursorAt(matrix, { item, column }))
    const area = row.getAttribute('data-area')
    if (area !== null) toggleCollapsed(area)
    if (place && isOnGlyph(target, clientX)) onPlay(place)
  }

  return (
    <div
      ref={gridRef}
      role="grid"
      className="matrix"
      tabIndex={0}
      aria-label="Prompts by language"
      aria-describedby="matrix-help"
      aria-rowcount={items.length + 1}
      aria-colcount={languages.length + 2}
      aria-activedescendant={activeId}
      onFocus={() => setFocus(true)}
      onBlur={() => setFocus(false)}
      onClick={onClick}
      onDoubleClick={({ target }) => {
        if (placeOfElement(target)) onOpen()
      }}
      {...handlers}
    >
      <div
        className="matrix-sizer"
        role="presentation"
        style={{ width: shown.layout.width, height: shown.layout.height }}
      >
        <MatrixHeader
          columns={shown.columns}
          coverage={coverage}
          sourceLanguage={sourceLanguage}
          activeLanguage={position && languages[position.column]}
        />
        <MatrixBody items={items} shown={shown} position={position} dropPlace={dropPlace} />
      </div>
    </div>
  )
}
