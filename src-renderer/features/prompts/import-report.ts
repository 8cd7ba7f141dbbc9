import {
  importOutcomes,
  type ImportedScripts,
  type ImportEntry,
  type ImportOutcome,
  type ImportReport,
  type Job,
} from '#contract/studio'

type OutcomeTexts = { title: string; tone: string; glyph: string }

export const outcomeTexts: Record<ImportOutcome, OutcomeTexts> = {
  add: { title: 'New', tone: 'tone-ok', glyph: '+' },
  replace: { title: 'Replaced', tone: 'tone-info', glyph: '↻' },
  same: { title: 'Unchanged', tone: 'faint', glyph: '=' },
  orphan: { title: 'Orphaned', tone: 'tone-violet', glyph: '?' },
  unreadable: { title: 'Unreadable', tone: 'tone-warn', glyph: '▲' },
}

const isReport = (value: unknown): value is ImportReport =>
  typeof value === 'object' &&
  value !== null &&
  'changes' in value &&
  'counts' in value &&
  'entries' in value &&
  Array.isArray(value.entries) &&
  'scripts' in value &&
  Array.isArray(value.scripts)

/** What an import job found or did; undefined until it is done. */
export const reportOf = (job: Job | undefined): ImportReport | undefined =>
  job?.status === 'done' && isReport(job.result) ? job.result : undefined

/** A file of the pack and what happens to it. */
export type ReportRow = {
  path: string
  outcome: ImportOutcome
  isOrphan: boolean
  language: string
  what: string
  note: string
}

const soundRow = (entry: ImportEntry): ReportRow => {
  const { path, outcome, language = '', prompt_id = '', orphan = false, reason } = entry
  return {
    path,
    outcome,
    isOrphan: orphan || outcome === 'orphan',
    language,
    what: prompt_id,
    note: reason ?? (orphan ? 'no prompt of the source language has this id' : path),
  }
}

const scriptRow = ({ path, language, outcome, lines, duplicates }: ImportedScripts): ReportRow => ({
  path,
  outcome,
  isOrphan: false,
  language,
  what: `${lines} ${lines === 1 ? 'script' : 'scripts'}`,
  note: duplicates.length > 0 ? `twice in ${path}: ${duplicates.join(', ')}` : path,
})

/** Scripts first, then the sounds; what stays as it is comes last. */
export const rowsOf = ({ scripts, entries }: ImportReport): ReportRow[] => {
  const rows = [...scripts.map(scriptRow), ...entries.map(soundRow)]
  const isSame = ({ outcome }: ReportRow) => outcome === 'same'
  return [...rows.filter((row) => !isSame(row)), ...rows.filter(isSame)]
}

export const isListed = (row: ReportRow, outcome: ImportOutcome | undefined): boolean =>
  outcome === undefined || row.outcome === outcome || (outcome === 'orphan' && row.isOrphan)

/** The outcomes there are, with the number of rows that each of them lists. */
export const outcomesOf = (rows: readonly ReportRow[]): [ImportOutcome, number][] =>
  importOutcomes
    .map((each): [ImportOutcome, number] => [
      each,
      rows.filter((row) => isListed(row, each)).length,
    ])
    .filter(([, count]) => count > 0)

export const changesText = (changes: number): string =>
  `${changes.toLocaleString('en')} ${changes === 1 ? 'change' : 'changes'}`

/** What was done, in a sentence: `Added 12, replaced 3, left 150 unchanged, wrote 2 lists of scripts.` */
export const summaryText = ({
  counts,
  scripts,
}: Pick<ImportReport, 'counts' | 'scripts'>): string => {
  const lists = scripts.filter(({ outcome }) => outcome === 'add' || outcome === 'replace').length
  const parts: [number, string][] = [
    [counts.add, `added ${counts.add}`],
    [counts.replace, `replaced ${counts.replace}`],
    [counts.same, `left ${counts.same} unchanged`],
    [counts.orphan, `${counts.orphan} without a source prompt`],
    [counts.unreadable, `could not read ${counts.unreadable}`],
    [lists, `wrote ${lists} ${lists === 1 ? 'list' : 'lists'} of scripts`],
  ]
  const text = parts.flatMap(([count, said]) => (count > 0 ? [said] : [])).join(', ')
  return text === ''
    ? 'The pack holds no prompts.'
    : `${text.charAt(0).toUpperCase()}${text.slice(1)}.`
}
