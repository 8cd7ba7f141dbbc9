import { replaceParams, useRoute } from '../../lib/route.ts'
import { useCommand } from '../../ui/use-command.ts'
import type { PhoneRow } from './phone-text.ts'
import { usePhonesState } from './phones-state.ts'

export type DeviceCursor = {
  rows: readonly PhoneRow[]
  active: PhoneRow | undefined
  openId: string | undefined
  activate: (id: string) => void
  open: (id: string | undefined) => void
}

/** The cursor is a row; while the panel is open it follows, and the address names its phone. */
export const useDeviceCursor = (rows: readonly PhoneRow[]): DeviceCursor => {
  const { params } = useRoute()
  const openId = params.phone
  const activeId = usePhonesState((state) => state.activeId)
  const open = (id: string | undefined) => replaceParams({ phone: id })
  return {
    rows,
    active: rows.find(({ id }) => id === (openId ?? activeId)),
    openId,
    open,
    activate: (id) => {
      usePhonesState.setState({ activeId: id })
      if (openId !== undefined) open(id)
    },
  }
}

const openDialog = (dialog: 'new' | 'remove') => usePhonesState.setState({ dialog })

/** The keys of the page, also to be found in the palette. */
export const useDeviceCommands = ({ rows, active, openId, activate, open }: DeviceCursor) => {
  const index = active ? rows.indexOf(active) : -1
  const step = (by: number) => {
    const row = rows[Math.min(Math.max(index + by, 0), rows.length - 1)]
    if (row) activate(row.id)
  }
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
