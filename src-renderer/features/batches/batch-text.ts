import type { Batch, BatchItem, ItemMeasures } from '#contract/batches'
import { gainText, levelText } from '#sound/levels/level-text'

/** How a batch and its files are told. Values in, words out. */

type StateText = { title: string; tone: string; glyph: string }

const stateTexts: Readonly<Record<BatchItem['state'], StateText>> = {
  waiting: { title: 'Waiting', tone: 'faint', glyph: '○' },
  running: { title: 'Working', tone: 'tone-info', glyph: '◐' },
  done: { title: 'Changed', tone: 'tone-ok', glyph: '✓' },
  same: { title: 'No change', tone: 'muted', glyph: '=' },
  failed: { title: 'Failed', tone: 'tone-bad', glyph: '✕' },
}

export const itemStateText = (state: BatchItem['state'], isDryRun: boolean): StateText =>
  isDryRun && state === 'done'
    ? { title: 'Would change', tone: 'tone-ok', glyph: '✓' }
    : stateTexts[state]

export const batchStateText = ({ state, is_dry_run: isDryRun, counts }: Batch): StateText => {
  switch (state) {
    case 'running':
      return { title: 'Running', tone: 'tone-info', glyph: '◐' }
    case 'stopped':
      return { title: 'Stopped', tone: 'tone-warn', glyph: '‖' }
    case 'done':
      if (counts.failed > 0) return { title: 'Done, with failures', tone: 'tone-bad', glyph: '✕' }
      return { title: isDryRun ? 'Checked' : 'Done', tone: 'tone-ok', glyph: '✓' }
  }
}

export const fileCount = ({ counts }: Pick<Batch, 'counts'>): number =>
  Object.values(counts).reduce((sum, count) => sum + count, 0)

/** Share that is over, 0 to 1. */
export const progressOf = (batch: Pick<Batch, 'counts'>): number => {
  const all = fileCount(batch)
  return all === 0 ? 1 : 1 - (batch.counts.waiting + batch.counts.running) / all
}

/** `5,106`. */
export const numberText = (count: number): string => count.toLocaleString('en')

export const filesText = (count: number): string =>
  `${numberText(count)} ${count === 1 ? 'file' : 'files'}`

/** One decimal and a real minus; nothing measured is a dash. */
export const figureText = (value: number | null | undefined): string =>
  typeof value === 'number' ? levelText(value) : '–'

/** By how much a level moved: `+6.4`, `−1.2`; empty when it cannot be told. */
export const changeText = (item: Pick<BatchItem, 'before' | 'after'>): string => {
  const change = changeOf(item)
  return change === undefined ? '' : gainText(change)
}

const changeOf = ({ before, after }: Pick<BatchItem, 'before' | 'after'>): number | undefined =>
  typeof before?.active_level_dbov === 'number' && typeof after?.active_level_dbov === 'number'
    ? after.active_level_dbov - before.active_level_dbov
    : undefined

const stateOrder: Readonly<Record<BatchItem['state'], number>> = {
  failed: 0,
  running: 1,
  done: 2,
  same: 3,
  waiting: 4,
}

const lengthOf = (measures: ItemMeasures | undefined) => measures?.duration_ms

const keys: Readonly<Record<string, (item: BatchItem) => string | number | null | undefined>> = {
  name: (item) => item.name,
  language: (item) => item.language,
  state: (item) => stateOrder[item.state],
  before: (item) => item.before?.active_level_dbov,
  after: (item) => item.after?.active_level_dbov,
  change: changeOf,
  peak: (item) => item.after?.true_peak_dbtp,
  length: (item) => lengthOf(item.after) ?? lengthOf(item.before),
}

type Sorting = { columnId: string; isDescending: boolean }

/** In another order; files without the figure come last either way. */
export const sortedItems = (
  items: readonly BatchItem[],
  sorting: Sorting | undefined,
): readonly BatchItem[] => {
  const keyOf = sorting && keys[sorting.columnId]
  if (!keyOf) return items
  const direction = sorting.isDescending ? -1 : 1
  return items.toSorted((a, b) => {
    const [left, right] = [keyOf(a), keyOf(b)]
    if (typeof left === 'string' && typeof right === 'string') {
      return direction * left.localeCompare(right, 'en')
    }
    const known = typeof left === 'number'
    if (!known || typeof right !== 'number') {
      return Number(typeof right === 'number') - Number(known)
    }
    return direction * (left - right)
  })
}

/** First upwards, then downwards, then as the batch has them. */
export const nextSorting = (
  sorting: Sorting | undefined,
  columnId: string,
): Sorting | undefined => {
  if (sorting?.columnId !== columnId) return { columnId, isDescending: false }
  return sorting.isDescending ? undefined : { columnId, isDescending: true }
}

export type Levels = { before: readonly number[]; after: readonly number[] }

/** Speech levels of the files that were measured twice. */
export const levelsOf = (items: readonly BatchItem[]): Levels => {
  const pairs = items.flatMap(({ before, after }) => {
    const [first, second] = [before?.active_level_dbov, after?.active_level_dbov]
    return typeof first === 'number' && typeof second === 'number' ? [[first, second] as const] : []
  })
  return { before: pairs.map(([first]) => first), after: pairs.map(([, second]) => second) }
}

/** `122 files: 118 changed, 3 need no change, 1 failed`. */
export const countsText = (batch: Batch): string => {
  const { counts, is_dry_run: isDryRun } = batch
  const parts = [
    [counts.done, isDryRun ? 'would change' : 'changed'],
    [counts.same, counts.same === 1 ? 'needs no change' : 'need no change'],
    [counts.failed, 'failed'],
    [counts.running, 'being worked on'],
    [counts.waiting, 'waiting'],
  ] as const
  const told = parts
    .filter(([count]) => count > 0)
    .map(([count, text]) => `${numberText(count)} ${text}`)
  return `${filesText(fileCount(batch))}${told.length > 0 ? `: ${told.join(', ')}` : ''}`
}
