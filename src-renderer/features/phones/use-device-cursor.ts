import { useCommand } from '../../ui/use-command.ts'
import { useRowCursor, type RowCursor } from '../../ui/use-row-cursor.ts'
import type { PhoneRow } from './phone-text.ts'
import { usePhonesState } from './phones-state.ts'

const setActiveId = (activeId: string) => usePhonesState.setState({ activeId })

export const useDeviceCursor = (rows: readonly PhoneRow[]): RowCursor<PhoneRow> => {
  const activeId = usePhonesState((state) => state.activeId)
  return useRowCursor(rows, { name: 'phone', activeId, setActiveId })
}

const openDialog = (dialog: 'new' | 'remove') => usePhonesState.setState({ dialog })

/** The keys of the page, also to be found in the palette. */
export const useDeviceCommands = ({ active, openId, open, step }: RowCursor<PhoneRow>) => {
  const group = 'Phones'
  const when = active !== undefined
  useCommand({
    id: 'phones.add',
    title: 'Add a phone…',
    group,
    keys: 'n',
    run: () => openDialog('new'),
  })
  useCommand({ id: 'phones.next', title: 'Next phone', group, keys: 'j', run: () => step(1) })
  useCommand({
    id: 'phones.previous',
    title: 'Previous phone',
    group,
    keys: 'k',
    run: () => step(-1),
  })
  useCommand({
    id: 'phones.open',
    title: 'Show details',
    group,
    keys: 'enter',
    when,
    run: () => open(active?.id),
  })
  useCommand({
    id: 'phones.close',
    title: 'Close details',
    group,
    keys: 'escape',
    when: openId !== undefined,
    run: () => open(undefined),
  })
  useCommand({
    id: 'phones.remove',
    title: 'Delete phone…',
    group,
    keys: 'delete',
    when,
    run: () => openDialog('remove'),
  })
}
