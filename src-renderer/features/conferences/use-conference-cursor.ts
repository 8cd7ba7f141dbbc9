import { useCommand } from '../../ui/use-command.ts'
import { useRowCursor, type RowCursor } from '../../ui/use-row-cursor.ts'
import type { ConferenceRow } from './conference-text.ts'
import { useConferencesState } from './conferences-state.ts'

const setActiveId = (activeId: string) => useConferencesState.setState({ activeId })

export const useConferenceCursor = (rows: readonly ConferenceRow[]): RowCursor<ConferenceRow> => {
  const activeId = useConferencesState((state) => state.activeId)
  return useRowCursor(rows, { name: 'conference', activeId, setActiveId })
}

/** The keys of the page, also to be found in the palette. */
export const useConferenceCommands = (cursor: RowCursor<ConferenceRow>) => {
  const { active, openId, open, step } = cursor
  const group = 'Conferences'
  const when = active !== undefined
  useCommand({
    id: 'conferences.add',
    title: 'Add a conference…',
    group,
    keys: 'n',
    run: () => useConferencesState.setState({ dialog: 'new' }),
  })
  useCommand({
    id: 'conferences.next',
    title: 'Next conference',
    group,
    keys: 'j',
    run: () => step(1),
  })
  useCommand({
    id: 'conferences.previous',
    title: 'Previous conference',
    group,
    keys: 'k',
    run: () => step(-1),
  })
  useCommand({
    id: 'conferences.open',
    title: 'Show the conference',
    group,
    keys: 'enter',
    when,
    run: () => open(active?.id),
  })
  useCommand({
    id: 'conferences.close',
    title: 'Close the panel',
    group,
    keys: 'escape',
    when: openId !== undefined,
    run: () => open(undefined),
  })
  useCommand({
    id: 'conferences.remove',
    title: 'Delete conference…',
    group,
    keys: 'delete',
    when: active !== undefined && !active._read_only.is_ad_hoc,
    run: () => useConferencesState.setState({ dialog: 'remove' }),
  })
}
