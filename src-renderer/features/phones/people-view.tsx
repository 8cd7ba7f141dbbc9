import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { UserSummary } from '#contract/users'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Icon } from '../../ui/icon.tsx'
import { useCommand } from '../../ui/use-command.ts'
import { useCrumbs } from '../../ui/use-crumbs.ts'
import { VirtualTable, type Column } from '../../ui/virtual-table.tsx'
import { PersonDialog } from './person-dialog.tsx'
import { byName, personName, type PhoneRow } from './phone-text.ts'
import { usePhones, useRemovePerson, usersQuery } from './queries.ts'
import { RemoveDialog } from '../../ui/remove-dialog.tsx'

type PersonRow = UserSummary & { phones: readonly PhoneRow[] }

const phonesText = (phones: readonly PhoneRow[]): string => {
  if (phones.length === 0) return ''
  const registered = phones.filter(({ registrations }) => registrations.length > 0).length
  return `${registered} of ${phones.length} registered`
}

const columns: readonly Column<PersonRow>[] = [
  {
    id: 'name',
    title: 'Name',
    width: 'minmax(160px, 2fr)',
    cell: (row) => <span className="truncate">{personName(row)}</span>,
  },
  {
    id: 'phones',
    title: 'Phones',
    width: 'minmax(130px, 1fr)',
    cell: ({ phones }) => <span className="truncate muted">{phonesText(phones)}</span>,
  },
  {
    id: 'email',
    title: 'E-mail',
    width: 'minmax(140px, 1.5fr)',
    cell: ({ email }) => <span className="truncate muted">{email}</span>,
  },
  {
    id: 'login',
    title: 'Logs in as',
    width: 'minmax(120px, 1fr)',
    cell: ({ username, priv_level: level, enabled }) => (
      <span className="mono truncate muted">
        {level === 'admin' && enabled ? username : undefined}
      </span>
    ),
  },
]

type Asked = { kind: 'add' } | { kind: 'edit' | 'remove'; person: UserSummary }

const Dialogs = ({ asked, close }: { asked: Asked | undefined; close: () => void }) => {
  const remove = useRemovePerson()
  if (!asked) return null
  if (asked.kind === 'add') return <PersonDialog person={undefined} onClose={close} />
  const { person } = asked
  if (asked.kind === 'edit') return <PersonDialog person={person} onClose={close} />
  const done = () => {
    remove.reset()
    close()
  }
  return (
    <RemoveDialog
      name={personName(person)}
      isPending={remove.isPending}
      error={remove.error}
      onClose={done}
      onRemove={() => remove.mutate(person.id, { onSuccess: done })}
    >
      Their phones stay and keep working; they are shown as belonging to somebody who left.
    </RemoveDialog>
  )
}

/** The people of the account and the phones they have. */
export const PeopleView = () => {
  const { data: people, error } = useQuery(usersQuery)
  const { rows: phones = [] } = usePhones()
  const [activeId, setActiveId] = useState<string>()
  const [asked, setAsked] = useState<Asked>()
  const rows = (people ?? [])
    .map((person) => ({
      ...person,
      phones: phones.filter(({ owner_id: owner }) => owner === person.id),
    }))
    .sort((a, b) => byName.compare(personName(a), personName(b)))
  const active = rows.find(({ id }) => id === activeId)
  const ask = (kind: 'edit' | 'remove') => {
    if (active) setAsked({ kind, person: active })
  }
  const group = 'People'
  const when = active !== undefined
  const add = () => setAsked({ kind: 'add' })
  useCrumbs(['People'])
  useCommand({ id: 'people.add', title: 'Add a person…', group, keys: 'n', run: add })
  useCommand({
    id: 'people.edit',
    title: 'Edit person…',
    group,
    keys: 'e',
    when,
    run: () => ask('edit'),
  })
  useCommand({
    id: 'people.remove',
    title: 'Delete person…',
    group,
    keys: 'delete',
    when,
    run: () => ask('remove'),
  })
  return (
    <div className="phones-view">
      <div className="phones-main">
        <div className="phones-bar">
          <Button isDisabled={!when} onPress={() => ask('edit')}>
            <Icon name="edit" />
            Edit…
          </Button>
          <Button isDisabled={!when} onPress={() => ask('remove')}>
            <Icon name="trash" />
            Delete…
          </Button>
          <span className="phones-count" />
          <Button variant="primary" onPress={add}>
            <Icon name="add" />
            Add person…
          </Button>
        </div>
        {error && !people ? (
          <EmptyState icon="warning" title="The people could not be loaded">
            <p>{error.message}</p>
          </EmptyState>
        ) : null}
        {rows.length > 0 ? (
          <VirtualTable
            label="People"
            focusKey="people"
            columns={columns}
            rows={rows}
            rowId={({ id }) => id}
            activeId={activeId}
            onActivate={setActiveId}
          />
        ) : null}
      </div>
      <Dialogs asked={asked} close={() => setAsked(undefined)} />
    </div>
  )
}
