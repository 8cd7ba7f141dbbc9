import { useMemo, useRef, useState } from 'react'
import type { ImportOutcome, ImportReport } from '#contract/studio'
import { Chip } from '../../ui/chip.tsx'
import { isListed, outcomesOf, outcomeTexts, rowsOf, type ReportRow } from './import-report.ts'
import { TOP_STEP, useViewport } from './use-viewport.ts'
import { offsetsOf, spanOf } from './virtual-window.ts'

const ENTRY_HEIGHT = 26
const OVERSCAN = 4

const Row = ({ row, index, count }: { row: ReportRow; index: number; count: number }) => {
  const { title, tone, glyph } = outcomeTexts[row.outcome]
  return (
    <li
      className="import-entry"
      aria-posinset={index + 1}
      aria-setsize={count}
      style={{ transform: `translateY(${index * ENTRY_HEIGHT}px)` }}
    >
      <span className={`import-entry-outcome ${tone}`}>
        <span aria-hidden="true">{glyph}</span> {title}
      </span>
      <span className="mono">{row.language}</span>
      <span className="mono truncate" title={row.what}>
        {row.what}
      </span>
      <span className={row.isOrphan ? 'tone-violet truncate' : 'muted truncate'} title={row.note}>
        {row.note}
      </span>
    </li>
  )
}

/** Every file of a pack with what happens to it. */
export const ImportEntries = ({ report }: { report: ImportReport }) => {
  const [outcome, setOutcome] = useState<ImportOutcome>()
  const scroller = useRef<HTMLDivElement>(null)
  const { top, height } = useViewport(scroller)
  const all = useMemo(() => rowsOf(report), [report])
  const found = useMemo(() => outcomesOf(all), [all])
  const rows = useMemo(() => all.filter((row) => isListed(row, outcome)), [all, outcome])
  const offsets = useMemo(() => offsetsOf(rows.map(() => ENTRY_HEIGHT)), [rows])
  const { first, end } = spanOf(offsets, { start: top, length: height + TOP_STEP }, OVERSCAN)
  return (
    <div className="import-report">
      <div className="filter-chips" role="group" aria-label="Outcomes">
        <Chip
          pressed={outcome === undefined}
          count={all.length}
          onChange={() => setOutcome(undefined)}
        >
          All
        </Chip>
        {found.map(([each, count]) => (
          <Chip
            key={each}
            pressed={outcome === each}
            count={count}
            glyph={<span className={outcomeTexts[each].tone}>{outcomeTexts[each].glyph}</span>}
            onChange={(isPressed) => setOutcome(isPressed ? each : undefined)}
          >
            {outcomeTexts[each].title}
          </Chip>
        ))}
      </div>
      <div ref={scroller} className="import-entries" role="region" aria-label="Files" tabIndex={0}>
        <ul style={{ height: offsets.at(-1) }}>
          {rows.slice(first, end).map((row, index) => (
            <Row key={row.path} row={row} index={first + index} count={rows.length} />
          ))}
        </ul>
      </div>
    </div>
  )
}
