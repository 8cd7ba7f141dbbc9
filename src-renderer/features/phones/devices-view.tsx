import { useQuery } from '@tanstack/react-query'
import { useRef } from 'react'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Icon } from '../../ui/icon.tsx'
import { SearchField } from '../../ui/search-field.tsx'
import { useCommand } from '../../ui/use-command.ts'
import { useCrumbs } from '../../ui/use-crumbs.ts'
import { VirtualTable } from '../../ui/virtual-table.tsx'
import type { RowCursor } from '../../ui/use-row-cursor.ts'
import { deviceColumns, narrowDeviceColumns } from './device-columns.tsx'
import { DevicePanel } from './device-panel.tsx'
import { NewDeviceDialog } from './new-device-dialog.tsx'
import { fits, nextUsername, type PhoneRow } from './phone-text.ts'
import { NoServer } from './phone-setup.tsx'
import { usePhonesState } from './phones-state.ts'
import { serverQuery, usePhones, useRemoveDevice } from './queries.ts'
import { RemoveDialog } from '../../ui/remove-dialog.tsx'
import { useDeviceCommands, useDeviceCursor } from './use-device-cursor.ts'

const closeDialog = () => usePhonesState.setState({ dialog: undefined })

const AddButton = () => (
  <Button variant="primary" onPress={() => usePhonesState.setState({ dialog: 'new' })}>
    <Icon name="add" />
    Add phone…
  </Button>
)

const Toolbar = ({ rows }: { rows: readonly PhoneRow[] }) => {
  const search = usePhonesState((state) => state.search)
  const input = useRef<HTMLInputElement>(null)
  useCommand({
    id: 'phones.search',
    title: 'Search phones',
    group: 'Phones',
    keys: '/',
    run: () => input.current?.focus(),
  })
  const registered = rows.filter(({ registrations }) => registrations.length > 0).length
  return (
    <div className="phones-bar">
      <SearchField
        label="Search phones"
        command="phones.search"
        value={search}
        onChange={(text) => usePhonesState.setState({ search: text })}
        inputRef={input}
      />
      <span className="phones-count muted">
        {rows.length > 0 ? `${registered} of ${rows.length} registered` : null}
      </span>
      <AddButton />
    </div>
  )
}

const NoPhones = () => (
  <EmptyState icon="phones" title="No phones yet" actions={<AddButton />}>
    <p>
      Any SIP phone can register here: a desk phone, a softphone, a door bell. Add it, type what you
      are then shown into the phone, and it appears as registered.
    </p>
  </EmptyState>
)

const NothingFits = ({ search }: { search: string }) => (
  <EmptyState
    icon="search"
    title={`Nothing fits “${search}”`}
    actions={
      <Button onPress={() => usePhonesState.setState({ search: '' })}>Show all phones</Button>
    }
  />
)

const Dialogs = ({ all, cursor }: { all: readonly PhoneRow[]; cursor: RowCursor<PhoneRow> }) => {
  const dialog = usePhonesState((state) => state.dialog)
  const remove = useRemoveDevice()
  const { active, open } = cursor
  const close = () => {
    remove.reset()
    closeDialog()
  }
  if (dialog === 'new') {
    const opened = (id: string) => {
      closeDialog()
      usePhonesState.setState({ activeId: id })
      open(id)
    }
    return <NewDeviceDialog username={nextUsername(all)} onClose={closeDialog} onCreated={opened} />
  }
  if (dialog !== 'remove' || !active) return null
  return (
    <RemoveDialog
      name={active.name}
      isPending={remove.isPending}
      error={remove.error}
      onClose={close}
      onRemove={() =>
        remove.mutate(active.id, {
          onSuccess: () => {
            open(undefined)
            close()
          },
        })
      }
    >
      Its registration ends at once, and its SIP user and password are of no use any more.
    </RemoveDialog>
  )
}

type ListProps = {
  /** Undefined until it is loaded. */
  all: readonly PhoneRow[] | undefined
  error: Error | null
  search: string
  cursor: RowCursor<PhoneRow>
}

const List = ({ all, error, search, cursor }: ListProps) => {
  const { rows, active, openId, activate, open } = cursor
  if (!all) {
    return error ? (
      <EmptyState icon="warning" title="The phones could not be loaded">
        <p>{error.message}</p>
      </EmptyState>
    ) : null
  }
  if (all.length === 0) return <NoPhones />
  if (rows.length === 0) return <NothingFits search={search} />
  return (
    <VirtualTable
      label="Phones"
      focusKey={openId === undefined ? 'list' : 'panel'}
      columns={openId === undefined ? deviceColumns : narrowDeviceColumns}
      rows={rows}
      rowId={({ id }) => id}
      activeId={active?.id}
      onActivate={activate}
      onOpen={open}
    />
  )
}

export const DevicesView = () => {
  const { rows: all, error } = usePhones()
  const { data: server } = useQuery(serverQuery)
  const search = usePhonesState((state) => state.search.trim())
  const rows = (all ?? []).filter((row) => search === '' || fits(row, search))
  const cursor = useDeviceCursor(rows)
  const { active, openId, open } = cursor
  useDeviceCommands(cursor)
  useCrumbs(all ? [`${rows.length} ${rows.length === 1 ? 'phone' : 'phones'}`] : [])
  return (
    <div className="phones-view">
      <div className="phones-main">
        <Toolbar rows={all ?? []} />
        {server?.address === null ? <NoServer server={server} /> : null}
        <List all={all} error={error} search={search} cursor={cursor} />
      </div>
      {openId === undefined ? null : (
        <DevicePanel
          key={openId}
          id={openId}
          name={active?.name ?? ''}
          close={() => open(undefined)}
        />
      )}
      <Dialogs all={all ?? []} cursor={cursor} />
    </div>
  )
}
