import { memo } from 'react'
import { COLUMN_WIDTH } from './grid-layout.ts'
import type { LanguageCoverage } from './matrix-model.ts'
import type { ColumnWindow } from './matrix-row.tsx'

type MatrixHeaderProps = {
  columns: ColumnWindow
  coverage: ReadonlyMap<string, LanguageCoverage>
  sourceLanguage: string
  activeLanguage: string | undefined
}

/** Below this a language is a patchwork for its callers. */
const LOW_COVERAGE = 0.8

const standing = ({ missing, broken }: LanguageCoverage, isSource: boolean): string => {
  if (missing > 0) return `${missing} missing`
  if (broken > 0) return `${broken} without sound`
  return isSource ? 'Source' : 'Complete'
}

const LanguageHeader = ({ entry, isSource }: { entry: LanguageCoverage; isSource: boolean }) => (
  <>
    <span className="matrix-language-line">
      <b className="mono">{entry.language}</b> <span>{entry.heard}</span>
      {isSource ? <span className="visually-hidden">source language</span> : null}
    </span>
    <span className="matrix-language-line">{standing(entry, isSource)}</span>
    <span className="matrix-coverage" aria-hidden="true">
      <span
        className={entry.coverage < LOW_COVERAGE ? 'is-low' : ''}
        style={{ width: `${entry.coverage * 100}%` }}
      />
    </span>
  </>
)

export const MatrixHeader = memo((props: MatrixHeaderProps) => {
  const { columns, coverage, sourceLanguage, activeLanguage } = props
  const { languages, span, idWidth, frozenWidth } = columns
  return (
    <div role="rowgroup" className="matrix-header">
      <div role="row" aria-rowindex={1}>
        <div
          className="matrix-frozen"
          style={{ width: frozenWidth, gridTemplateColumns: `${idWidth}px minmax(0, 1fr)` }}
        >
          <div role="columnheader" className="matrix-id" aria-colindex={1}>
            Prompt
          </div>
          <div role="columnheader" className="matrix-text" aria-colindex={2}>
            Source text
          </div>
        </div>
        {languages.slice(span.first, span.end).map((language, index) => {
          const entry = coverage.get(language)
          const column = span.first + index
          return entry === undefined ? null : (
            <div
              key={language}
              role="columnheader"
              className={
                language === activeLanguage ? 'matrix-language is-current' : 'matrix-language'
              }
              aria-colindex={column + 3}
              style={{ transform: `translateX(${frozenWidth + column * COLUMN_WIDTH}px)` }}
            >
              <LanguageHeader entry={entry} isSource={language === sourceLanguage} />
            </div>
          )
        })}
      </div>
    </div>
  )
})
MatrixHeader.displayName = 'MatrixHeader'
