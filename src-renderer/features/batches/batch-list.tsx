import { useQuery } from '@tanstack/react-query'
import type { Batch } from '#contract/batches'
import { whenFullText, whenText } from '../../lib/gregorian.ts'
import { openPage } from '../../lib/route.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Progress } from '../../ui/progress.tsx'
import { VirtualTable, type Column } from '../../ui/virtual-table.tsx'
import { batchStateText, fileCount, progressOf } from './batch-text.ts'
import { useBatches } from './batches-state.ts'
import { batchesQuery } from './queries.ts'

const count = (value: number, tone = 'muted') => (
  <span className={value > 0 ? `mono ${tone}` : 'mono faint'}>{value.toLocaleString('en')}</span>
)

const State = ({ batch }: { batch: Batch }) => {
  const { title, tone, glyph } = batchStateText(batch)
  return (
    <span className={`${tone} truncate`}>
      <span aria-hidden="true">{glyph}</span> {title}
    </span>
  )
}

const columns: readonly Column<Batch>[] = [
  {
    id: 'name',
    title: 'Batch',
    width: 'minmax(180px, 3fr)',
    cell: ({ name, is_dry_run: isDryRun, target }) => (
      <>
        <span className="truncate" title={name}>
          {name}
        </span>
        {isDryRun ? <span className="faint">dry run</span> : null}
        {target === 'system' ? <span className="faint">system library</span> : null}
      </>
    ),
  },
  {
    id: 'state',
    title: 'State',
    width: '160px',
    cell: (batch) => <State batch={batch} />,
  },
  {
    id: 'progress',
    title: 'Progress',
    width: '120px',
    cell: (batch) => (
      <span className="batches-progress">
        <Progress isCompact label={`Progress of ${batch.name}`} value={progressOf(batch)} />
      </span>
    ),
  },
  {
    id: 'files',
    title: 'Files',
    width: '70px',
    align: 'end',
    cell: (batch) => count(fileCount(batch)),
  },
  {
    id: 'done',
    title: 'Changed',
    width: '84px',
    align: 'end',
    cell: ({ counts }) => count(counts.done, 'tone-ok'),
  },
  {
    id: 'same',
    title: 'No change',
    width: '92px',
    align: 'end',
    cell: ({ counts }) => count(counts.same),
  },
  {
    id: 'failed',
    title: 'Failed',
    width: '70px',
    align: 'end',
    cell: ({ counts }) => count(counts.failed, 'tone-bad'),
  },
  {
    id: 'modified',
    title: 'Last change',
    width: '104px',
    cell: ({ modified }) => (
      <span className="muted truncate" title={whenFullText(modified)}>
        {whenText(modified)}
      </span>
    ),
  },
]

const idOf = ({ id }: Batch) => id

/** Every batch of the account, the newest first. */
export const BatchList = () => {
  const { data: batches, error, refetch } = useQuery(batchesQuery)
  const activeId = useBatches((state) => state.activeBatch)
  if (error && !batches) {
    return (
      <EmptyState
        icon="warning"
        title="The batches could not be loaded"
        actions={<Button onPress={() => void refetch()}>Try again</Button>}
      >
        <p>{error.message}</p>
      </EmptyState>
    )
  }
  if (!batches) return <div role="status" aria-label="The batches are loading" />
  if (batches.length === 0) {
    return (
      <EmptyState
        icon="batches"
        title="No batches yet"
        actions={
          <Button variant="primary" onPress={() => openPage('batches', { view: 'new' })}>
            New batch
          </Button>
        }
      >
        <p>
          A batch does one recipe to many files: it levels a whole language, trims its silence, or
          writes it in another format. A dry run shows what would happen to each file first.
        </p>
        <p>Every file can be brought back: the one from before is kept.</p>
      </EmptyState>
    )
  }
  return (
    <div className="batches-list">
      <VirtualTable
        label="Batches"
        focusKey="list"
        columns={columns}
        rows={batches}
        rowId={idOf}
        activeId={activeId}
        onActivate={(id) => useBatches.setState({ activeBatch: id })}
        onOpen={(id) => openPage('batches', { batch: id })}
      />
    </div>
  )
}
