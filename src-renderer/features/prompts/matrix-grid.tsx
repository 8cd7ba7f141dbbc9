import type { KeyboardEvent, MouseEvent, RefObject } from 'react'
import { usePreferences } from '../../lib/preferences.ts'
import { cursorAt, locateCursor } from './cursor.ts'
import { moveByKey } from './grid-keys.ts'
import { MatrixBody } from './matrix-body.tsx'
import { MatrixHeader } from './matrix-header.tsx'
import type { LanguageCoverage, MatrixItem } from './matrix-model.ts'
import { cellId } from './matrix-row.tsx'
import type { Place } from './media-id.ts'
import { setCursor, toggleCollapsed, usePrompts } from './prompts-state.ts'
import { placeOfElement, useCellDrop } from './use-cell-drop.ts'
import { useMatrixWindow, useScrollToCursor } from './use-matrix-window.ts'
import './matrix-grid.css'

type MatrixGridProps = {
  gridRef: RefObject<HTMLDivElement | null>
  items: readonly MatrixItem[]
  languages: readonly string[]
  coverage: ReadonlyMap<string, LanguageCoverage>
  sourceLanguage: string
  onPlay: (place: Place) => void
  onOpen: () => void
  onDropFile: (place: Place, file: File) => void
}

const isLetter = (key: string) => /^[a-z]$/.test(key)

/** On a heading these keys open and close its area. */
const willCollapse = (key: string, isCollapsed: boolean): boolean | undefined => {
  if (key === 'Enter' || key === ' ') return !isCollapsed
  if (key === 'ArrowLeft') return true
  return key === 'ArrowRight' ? false : undefined
}

/**
 * Prompts × languages. The grid itself has the focus and names its active cell, so that rows can come
 * and go under it; only what is on the screen, and the active cell, is in the document.
 */
export const MatrixGrid = (props: MatrixGridProps) => {
  const { gridRef, items, languages, coverage, sourceLanguage, onPlay, onOpen, onDropFile } = props
  const cursor = usePrompts((state) => state.cursor)
  const hasLetterKeys = usePreferences((state) => state.letterKeys)
  const { dropPlace, handlers } = useCellDrop(onDropFile)
  const shown = useMatrixWindow(gridRef, items, languages)
  const matrix = { items, languages }
  const position = locateCursor(matrix, cursor)
  useScrollToCursor(gridRef, shown.layout, { cursor, position })
  const active = position && items[position.item]

  const onKeyDown = (event: KeyboardEvent) => {
    if (!position || (isLetter(event.key) && !hasLetterKeys)) return
    const collapse =
      active?.kind === 'area' ? willCollapse(event.key, active.isCollapsed) : undefined
    if (active?.kind === 'area' && collapse !== undefined) {
      if (collapse !== active.isCollapsed) toggleCollapsed(active.area)
      event.preventDefault()
      return
    }
    const size = { items: items.length, columns: languages.length, page: shown.page }
    const next = moveByKey(event, position, size)
    if (!next) return
    event.preventDefault()
    setCursor(cursorAt(matrix, next))
  }

  const onClick = ({ target }: MouseEvent) => {
    const row = target instanceof Element ? target.closest('[data-item]') : null
    if (!row || !(target instanceof Element)) return
    const item = Number(row.getAttribute('data-item'))
    const place = placeOfElement(target)
    const column = place ? languages.indexOf(place.language) : (position?.column ?? 0)
    setCursor(cursorAt(matrix, { item, column }))
    const area = row.getAttribute('data-area')
    if (area !== null) toggleCollapsed(area)
    if (place && target.closest('.matrix-cell-glyph')) onPlay(place)
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
      aria-activedescendant={
        position && cellId(position.item, active?.kind === 'area' ? 0 : position.column)
      }
      onKeyDown={onKeyDown}
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
