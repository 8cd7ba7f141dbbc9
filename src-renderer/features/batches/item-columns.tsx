import type { BatchItem } from '#contract/batches'
import { Icon } from '../../ui/icon.tsx'
import type { Column } from '../../ui/virtual-table.tsx'
import { changeText, figureText, itemStateText } from './batch-text.ts'

const figure = (value: number | null | undefined) => (
  <span className="mono muted">{figureText(value)}</span>
)

const seconds = (ms: number | undefined): string =>
  ms === undefined ? '–' : (ms / 1000).toFixed(2)

/** What a recipe for levels can be held to; the rest stands in the panel. */
const ownChecks: readonly string[] = ['level', 'peak', 'clipping', 'silent']

const WhatWasDone = ({ reason, steps = [], findings = [], state }: BatchItem) => {
  const found = findings.filter(
    ({ check, severity }) => severity !== 'info' && ownChecks.includes(check),
  )
  const all = [...steps, ...(reason === undefined ? [] : [reason])].join(' · ')
  const isWarned = found.length > 0 || (state === 'done' && reason !== undefined)
  return (
    <>
      {isWarned ? (
        <span
          className="tone-warn batch-flag"
          title={[reason, ...found.map(({ message }) => message)].filter(Boolean).join('\n')}
        >
          <Icon name="warning" size={14} />
          <span className="visually-hidden">Not quite as wanted</span>
        </span>
      ) : null}
      <span className={state === 'failed' ? 'tone-bad truncate' : 'muted truncate'} title={all}>
        {all}
      </span>
    </>
  )
}

/** `isMixed`: files of several languages. */
type Told = { isDryRun: boolean; isMixed: boolean }

/** Columns of the files of a batch; those of a dry run speak of what would be. */
export const itemColumns = ({ isDryRun, isMixed }: Told): readonly Column<BatchItem>[] => [
  {
    id: 'name',
    title: 'File',
    width: 'minmax(170px, 1.4fr)',
    isSortable: true,
    cell: ({ name, language }) => (
      <>
        <span className="truncate batch-file" title={name}>
          {name}
        </span>
        {isMixed ? <span className="faint mono">{language}</span> : null}
      </>
    ),
  },
  {
    id: 'state',
    title: 'State',
    width: '118px',
    isSortable: true,
    cell: ({ state }) => {
      const { title, tone, glyph } = itemStateText(state, isDryRun)
      return (
        <span className={tone}>
          <span aria-hidden="true">{glyph}</span> {title}
        </span>
      )
    },
  },
  {
    id: 'before',
    title: 'Before, dBov',
    width: '112px',
    align: 'end',
    isSortable: true,
    cell: ({ before }) => figure(before?.active_level_dbov),
  },
  {
    id: 'after',
    title: 'After',
    width: '70px',
    align: 'end',
    isSortable: true,
    cell: ({ after }) => <span className="mono">{figureText(after?.active_level_dbov)}</span>,
  },
  {
    id: 'change',
    title: 'Change',
    width: '84px',
    align: 'end',
    isSortable: true,
    cell: (item) => <span className="mono muted">{changeText(item)}</span>,
  },
  {
    id: 'peak',
    title: 'Peak, dBTP',
    width: '100px',
    align: 'end',
    isSortable: true,
    cell: ({ after }) => figure(after?.true_peak_dbtp),
  },
  {
    id: 'length',
    title: 'Length, s',
    width: '116px',
    align: 'end',
    isSortable: true,
    cell: ({ before, after }) => (
      <span className="mono muted">
        {before && after && before.duration_ms !== after.duration_ms
          ? `${seconds(before.duration_ms)} → ${seconds(after.duration_ms)}`
          : seconds((after ?? before)?.duration_ms)}
      </span>
    ),
  },
  {
    id: 'told',
    title: isDryRun ? 'What would be done' : 'What was done',
    width: 'minmax(160px, 3fr)',
    cell: (item) => <WhatWasDone {...item} />,
  },
]

/** Beside the open panel, which has the rest in full. */
export const narrowItemColumns = (told: Told): readonly Column<BatchItem>[] =>
  itemColumns(told).filter(({ id }) => ['name', 'state', 'before', 'after', 'change'].includes(id))
