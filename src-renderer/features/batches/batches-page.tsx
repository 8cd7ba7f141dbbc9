import { useQuery } from '@tanstack/react-query'
import { Link } from 'react-aria-components'
import { hrefOf, openPage, useRoute } from '../../lib/route.ts'
import { Button } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { useCommand } from '../../ui/use-command.ts'
import { useCrumbs } from '../../ui/use-crumbs.ts'
import { BatchList } from './batch-list.tsx'
import { BatchView } from './batch-view.tsx'
import { NewBatch } from './new-batch.tsx'
import { batchQuery } from './queries.ts'
import { RecipesView } from './recipes-view.tsx'
import { SessionView } from './session-view.tsx'
import './batches-page.css'

const tabs = [
  { id: 'list', title: 'Batches' },
  { id: 'recipes', title: 'Recipes' },
  { id: 'session', title: 'Split a session' },
] as const

type ViewId = (typeof tabs)[number]['id'] | 'new' | 'batch'

/** An address that names files asks for a new batch of them. */
const viewOf = (params: Readonly<Record<string, string>>): ViewId => {
  if (params.batch !== undefined) return 'batch'
  const { view } = params
  if (view === 'recipes' || view === 'session' || view === 'new') return view
  const namesFiles = ['language', 'area', 'media'].some((name) => params[name] !== undefined)
  return namesFiles ? 'new' : 'list'
}

const hrefOfTab = (id: (typeof tabs)[number]['id']): string =>
  hrefOf('batches', id === 'list' ? {} : { view: id })

/** A batch, and a new one, are among the batches. */
const currentOf = (id: (typeof tabs)[number]['id'], view: ViewId) => {
  if (id === view) return { 'aria-current': 'page' } as const
  const isInside = id === 'list' && (view === 'batch' || view === 'new')
  return isInside ? ({ 'aria-current': 'true' } as const) : {}
}

const Tabs = ({ view }: { view: ViewId }) => (
  <nav className="batches-tabs" aria-label="Batches, recipes and sessions">
    {tabs.map(({ id, title }) => (
      <Link key={id} className="batches-tab" href={hrefOfTab(id)} {...currentOf(id, view)}>
        {title}
      </Link>
    ))}
  </nav>
)

const useBatchesCrumbs = (view: ViewId, batchId: string | undefined) => {
  const { data: batch } = useQuery({ ...batchQuery(batchId ?? ''), enabled: view === 'batch' })
  const crumbs: Record<ViewId, readonly string[]> = {
    list: [],
    recipes: ['Recipes'],
    session: ['Split a session'],
    new: ['New batch'],
    batch: batch ? [batch.name] : [],
  }
  useCrumbs(crumbs[view])
}

/** What is done to many files at once: batches, their recipes, and the splitting of sessions. */
export const BatchesPage = () => {
  const { params } = useRoute()
  const view = viewOf(params)
  useBatchesCrumbs(view, params.batch)
  const begin = () => openPage('batches', { view: 'new' })
  useCommand({ id: 'batches.new', title: 'New batch', group: 'Batches', keys: 'n', run: begin })
  useCommand({
    id: 'batches.recipes',
    title: 'Show recipes',
    group: 'Batches',
    run: () => openPage('batches', { view: 'recipes' }),
  })
  useCommand({
    id: 'batches.session',
    title: 'Split a session',
    group: 'Batches',
    run: () => openPage('batches', { view: 'session' }),
  })
  return (
    <div className="batches-page">
      <div className="batches-bar">
        <Tabs view={view} />
        {view === 'new' ? null : (
          <Button
            variant={view === 'list' ? 'primary' : 'default'}
            command="batches.new"
            onPress={begin}
          >
            <Icon name="add" />
            New batch
          </Button>
        )}
      </div>
      {view === 'list' ? <BatchList /> : null}
      {view === 'batch' && params.batch !== undefined ? (
        <BatchView key={params.batch} id={params.batch} />
      ) : null}
      {view === 'new' ? <NewBatch /> : null}
      {view === 'recipes' ? <RecipesView /> : null}
      {view === 'session' ? <SessionView /> : null}
    </div>
  )
}
