import { useMutation, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { Batch, BatchItem } from '#contract/batches'
import { replaceParams, openPage, useRoute } from '../../lib/route.ts'
import { saveBlob } from '../../lib/save-blob.ts'
import { Button } from '../../ui/button.tsx'
import { Chip } from '../../ui/chip.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Icon } from '../../ui/icon.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { Menu } from '../../ui/menu.tsx'
import { Progress } from '../../ui/progress.tsx'
import { useCommand } from '../../ui/use-command.ts'
import { VirtualTable } from '../../ui/virtual-table.tsx'
import {
  batchStateText,
  countsText,
  fileCount,
  itemStateText,
  levelsOf,
  nextSorting,
  numberText,
  progressOf,
  sortedItems,
} from './batch-text.ts'
import { useBatches } from './batches-state.ts'
import { itemColumns, narrowItemColumns } from './item-columns.tsx'
import { ItemPanel } from './item-panel.tsx'
import { LevelStrip } from './level-strip.tsx'
import {
  batchQuery,
  cancelJob,
  deleteBatch,
  itemsQuery,
  loadReport,
  resumeBatch,
  startBatch,
} from './queries.ts'
import { stepsText } from './recipe-presets.ts'
import './batch-view.css'

const states = ['failed', 'done', 'same', 'running', 'waiting'] as const

const idOf = (item: BatchItem) => item.media_id

const openBatch = (id: string | undefined) => openPage('batches', { batch: id })

/** What can be done with a batch as it stands. */
const useBatchActions = (batch: Batch) => {
  const { id, job_id: jobId, target, name } = batch
  const run = useMutation({
    mutationFn: () => startBatch({ library: target, like: id, isDryRun: false }),
    onSuccess: (started) => openBatch(started.id),
  })
  const resume = useMutation({ mutationFn: () => resumeBatch(id) })
  const cancel = useMutation({
    mutationFn: () => (jobId === undefined ? Promise.resolve(undefined) : cancelJob(jobId)),
  })
  const forget = useMutation({
    mutationFn: () => deleteBatch(id),
    onSuccess: () => openBatch(undefined),
  })
  const report = useMutation({
    mutationFn: async (format: 'csv' | 'html') =>
      saveBlob(await loadReport(id, format), `${name.replaceAll(/[/\\:*?"<>|]/g, '_')}.${format}`),
  })
  return { run, resume, cancel, forget, report }
}

const Actions = ({ batch }: { batch: Batch }) => {
  const { state, counts, is_dry_run: isDryRun } = batch
  const { run, resume, cancel, forget, report } = useBatchActions(batch)
  const isRunning = state === 'running'
  const isLeft = !isRunning && counts.waiting + counts.failed > 0
  const canRun = isDryRun && state === 'done' && counts.done > 0
  useCommand({
    id: 'batches.cancel',
    title: 'Cancel the batch',
    group: 'Batches',
    when: isRunning,
    run: () => cancel.mutate(),
  })
  useCommand({
    id: 'batches.resume',
    title: 'Resume the batch',
    group: 'Batches',
    when: isLeft,
    run: () => resume.mutate(),
  })
  return (
    <div className="batch-actions">
      {isRunning ? (
        <Button isPending={cancel.isPending} onPress={() => cancel.mutate()}>
          Cancel
        </Button>
      ) : null}
      {isLeft ? (
        <Button
          variant={counts.waiting > 0 ? 'primary' : 'default'}
          isPending={resume.isPending}
          onPress={() => resume.mutate()}
        >
          {counts.waiting > 0
            ? `Resume: ${numberText(counts.waiting + counts.failed)} left`
            : 'Try the failed ones again'}
        </Button>
      ) : null}
      {canRun ? (
        <Button variant="primary" autoFocus isPending={run.isPending} onPress={() => run.mutate()}>
          Run for real: change {numberText(counts.done)}
        </Button>
      ) : null}
      <Menu
        label="Report and more"
        entries={[
          {
            id: 'html',
            label: 'Report to read or print',
            icon: 'file',
            run: () => report.mutate('html'),
          },
          {
            id: 'csv',
            label: 'Report as a table (CSV)',
            icon: 'download',
            run: () => report.mutate('csv'),
          },
          {
            id: 'forget',
            label: 'Forget this batch',
            icon: 'trash',
            tone: 'danger',
            isDisabled: isRunning,
            run: () => forget.mutate(),
          },
        ]}
      >
        <Button>
          Report
          <Icon name="chevron-down" size={14} />
        </Button>
      </Menu>
    </div>
  )
}

const Header = ({ batch, items }: { batch: Batch; items: readonly BatchItem[] }) => {
  const { name, recipe, is_dry_run: isDryRun, state, reason } = batch
  const { title, tone, glyph } = batchStateText(batch)
  const levels = useMemo(() => levelsOf(items), [items])
  return (
    <header className="batch-header">
      <div className="batch-heading">
        <IconButton icon="back" label="All batches" onPress={() => openBatch(undefined)} />
        <div className="batch-titles">
          <h2 className="truncate" title={name}>
            {name}
          </h2>
          <p className="muted truncate" title={stepsText(recipe.steps)}>
            {recipe.name}
            {recipe.version === undefined ? '' : ` (version ${recipe.version})`} ·{' '}
            {stepsText(recipe.steps)}
          </p>
        </div>
        <Actions batch={batch} />
      </div>
      <p role="status" aria-label="How the batch stands" className="batch-summary">
        <span className={tone}>
          <span aria-hidden="true">{glyph}</span> {isDryRun ? `Dry run · ${title}` : title}
        </span>
        <span className="muted">{countsText(batch)}</span>
        {isDryRun ? <span className="muted">Nothing is written.</span> : null}
        {reason === undefined ? null : <span className="tone-warn">{reason}</span>}
      </p>
      {state === 'running' ? (
        <Progress
          label={isDryRun ? 'Measuring and trying out' : 'Working through the files'}
          value={progressOf(batch)}
        />
      ) : null}
      <LevelStrip levels={levels} isDryRun={isDryRun} />
    </header>
  )
}

const StateChips = ({ batch }: { batch: Batch }) => {
  const shown = useBatches((state) => state.shownState)
  const show = (state: BatchItem['state'] | undefined) => useBatches.setState({ shownState: state })
  const { counts, is_dry_run: isDryRun } = batch
  return (
    <div className="batch-chips" role="group" aria-label="States">
      <Chip pressed={shown === undefined} count={fileCount(batch)} onChange={() => show(undefined)}>
        All
      </Chip>
      {states
        .filter((state) => counts[state] > 0 || state === shown)
        .map((state) => {
          const { title, tone, glyph } = itemStateText(state, isDryRun)
          return (
            <Chip
              key={state}
              pressed={shown === state}
              count={counts[state]}
              glyph={<span className={tone}>{glyph}</span>}
              onChange={(isPressed) => show(isPressed ? state : undefined)}
            >
              {title}
            </Chip>
          )
        })}
    </div>
  )
}

const Workspace = ({ batch, items }: { batch: Batch; items: readonly BatchItem[] }) => {
  const { params } = useRoute()
  const shown = useBatches((state) => state.shownState)
  const sorting = useBatches((state) => state.sorting)
  const isDryRun = batch.is_dry_run
  const rows = useMemo(
    () =>
      sortedItems(
        items.filter(({ state }) => !shown || state === shown),
        sorting,
      ),
    [items, shown, sorting],
  )
  const open = items.find(({ media_id: id }) => id === params.item)
  const select = (id: string | undefined) => replaceParams({ item: id })
  const isMixed = items.some(({ language }) => language !== items[0]?.language)
  const isNarrow = open !== undefined
  const columns = useMemo(() => {
    const told = { isDryRun, isMixed }
    return isNarrow ? narrowItemColumns(told) : itemColumns(told)
  }, [isNarrow, isDryRun, isMixed])
  useCommand({
    id: 'batches.close',
    title: 'Close details',
    group: 'Batches',
    keys: 'escape',
    when: open !== undefined,
    run: () => select(undefined),
  })
  return (
    <div className="batch-view">
      <div className="batch-main">
        <Header batch={batch} items={items} />
        <StateChips batch={batch} />
        <VirtualTable
          label="Files of the batch"
          focusKey={batch.id}
          columns={columns}
          rows={rows}
          rowId={idOf}
          sorting={sorting}
          onSort={(columnId) => useBatches.setState({ sorting: nextSorting(sorting, columnId) })}
          activeId={open?.media_id}
          onActivate={select}
        />
      </div>
      {open ? (
        <ItemPanel
          item={open}
          library={batch.target}
          isDryRun={isDryRun}
          close={() => select(undefined)}
        />
      ) : null}
    </div>
  )
}

/** One batch: how it stands, what it did or would do to every file, and its report. */
export const BatchView = ({ id }: { id: string }) => {
  const { data: batch, error } = useQuery(batchQuery(id))
  const { data: items = [] } = useQuery(itemsQuery(id))
  if (batch) return <Workspace batch={batch} items={items} />
  if (!error) return <div role="status" aria-label="The batch is loading" />
  return (
    <EmptyState
      icon="warning"
      title="The batch could not be loaded"
      actions={<Button onPress={() => openBatch(undefined)}>All batches</Button>}
    >
      <p>{error.message}</p>
    </EmptyState>
  )
}
