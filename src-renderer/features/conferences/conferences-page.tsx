import { useQuery } from '@tanstack/react-query'
import { useMemo, useRef } from 'react'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Icon } from '../../ui/icon.tsx'
import { SearchField } from '../../ui/search-field.tsx'
import { useCommand } from '../../ui/use-command.ts'
import { useCrumbs } from '../../ui/use-crumbs.ts'
import type { RowCursor } from '../../ui/use-row-cursor.ts'
import { VirtualTable } from '../../ui/virtual-table.tsx'
import { conferenceColumns, narrowConferenceColumns } from './conference-columns.tsx'
import { ConferenceDialogs } from './conference-dialogs.tsx'
import { ConferencePanel } from './conference-panel.tsx'
import { fits, headCount, sorted, titleOf, type ConferenceRow } from './conference-text.ts'
import { useConferencesState } from './conferences-state.ts'
import { listQuery } from './queries.ts'
import { useConferenceCommands, useConferenceCursor } from './use-conference-cursor.ts'
import './conferences-page.css'

const AddButton = () => (
  <Button variant="primary" onPress={() => useConferencesState.setState({ dialog: 'new' })}>
    <Icon name="add" />
    Add conference…
  </Button>
)

const Toolbar = ({ all }: { all: readonly ConferenceRow[] }) => {
  const search = useConferencesState((state) => state.search)
  const input = useRef<HTMLInputElement>(null)
  useCommand({
    id: 'conferences.search',
    title: 'Search conferences',
    group: 'Conferences',
    keys: '/',
    run: () => input.current?.focus(),
  })
  const running = all.filter(({ _read_only: live }) => live.is_running)
  const people = running.reduce((sum, conference) => sum + headCount(conference), 0)
  return (
    <div className="conferences-bar">
      <SearchField
        label="Search conferences"
        command="conferences.search"
        value={search}
        onChange={(text) => useConferencesState.setState({ search: text })}
        inputRef={input}
      />
      <span className="conferences-count muted">
        {all.length > 0 ? `${running.length} of ${all.length} running, ${people} in them` : null}
      </span>
      <AddButton />
    </div>
  )
}

type ListProps = {
  /** Undefined until it is loaded. */
  all: readonly ConferenceRow[] | undefined
  error: Error | null
  search: string
  cursor: RowCursor<ConferenceRow>
}

const List = ({ all, error, search, cursor }: ListProps) => {
  const { rows, active, openId, activate, open } = cursor
  if (!all) {
    return error ? (
      <EmptyState icon="warning" title="The conferences could not be loaded">
        <p>{error.message}</p>
      </EmptyState>
    ) : null
  }
  if (all.length === 0) {
    return (
      <EmptyState icon="conferences" title="No conferences yet" actions={<AddButton />}>
        <p>
          Give a conference a number, and every phone that can call this installation gets in by it.
          Here you see who is in it and who talks.
        </p>
      </EmptyState>
    )
  }
  if (rows.length === 0) {
    return (
      <EmptyState
        icon="search"
        title={`Nothing fits “${search}”`}
        actions={
          <Button onPress={() => useConferencesState.setState({ search: '' })}>
            Show all conferences
          </Button>
        }
      />
    )
  }
  return (
    <VirtualTable
      label="Conferences"
      focusKey={openId === undefined ? 'list' : 'panel'}
      columns={openId === undefined ? conferenceColumns : narrowConferenceColumns}
      rows={rows}
      rowId={({ id }) => id}
      activeId={active?.id}
      onActivate={activate}
      onOpen={open}
    />
  )
}

/** The account's conferences, who is in them, and how they are set up. */
export const ConferencesPage = () => {
  const { data: all, error } = useQuery(listQuery)
  const search = useConferencesState((state) => state.search.trim())
  const rows = useMemo(
    () => sorted(all ?? []).filter((conference) => search === '' || fits(conference, search)),
    [all, search],
  )
  const cursor = useConferenceCursor(rows)
  const { active, openId, open } = cursor
  useConferenceCommands(cursor)
  useCrumbs(all ? [`${rows.length} ${rows.length === 1 ? 'conference' : 'conferences'}`] : [])
  return (
    <div className="conferences">
      <div className="conferences-main">
        <Toolbar all={all ?? []} />
        <List all={all} error={error} search={search} cursor={cursor} />
      </div>
      {openId === undefined ? null : (
        <ConferencePanel
          key={openId}
          id={openId}
          title={active ? titleOf(active) : ''}
          close={() => open(undefined)}
        />
      )}
      <ConferenceDialogs cursor={cursor} />
    </div>
  )
}
