import type { LibraryItem } from '#contract/studio'
import { player } from '../../audio/player.ts'
import { openPage } from '../../lib/route.ts'
import { useCommand } from '../../ui/use-command.ts'
import { useRowCursor, type RowCursor } from '../../ui/use-row-cursor.ts'
import { useMediaState } from './media-state.ts'
import { loadFile } from './queries.ts'
import { useRemoveWithUndo } from './use-remove-media.ts'

const setActiveId = (activeId: string) => useMediaState.setState({ activeId })

export const useMediaCursor = (items: readonly LibraryItem[]): RowCursor<LibraryItem> => {
  const activeId = useMediaState((state) => state.activeId)
  return useRowCursor(items, { name: 'item', activeId, setActiveId })
}

/** The keys of the page, also to be found in the palette. */
export const useMediaCommands = ({ rows, active, openId, open, step }: RowCursor<LibraryItem>) => {
  const remove = useRemoveWithUndo()
  const group = 'Media'
  const when = active !== undefined
  useCommand({ id: 'media.next', title: 'Next medium', group, keys: 'j', run: () => step(1) })
  useCommand({
    id: 'media.previous',
    title: 'Previous medium',
    group,
    keys: 'k',
    run: () => step(-1),
  })
  useCommand({
    id: 'media.play',
    title: 'Play or stop',
    group,
    keys: 'space',
    when: active?.audio?.playable ?? false,
    run: () => {
      if (active) player.toggle(active.id, () => loadFile(active.id))
    },
  })
  useCommand({
    id: 'media.open',
    title: 'Show details',
    group,
    keys: 'enter',
    when,
    run: () => open(active?.id),
  })
  useCommand({
    id: 'media.edit',
    title: 'Edit the sound',
    group,
    keys: 'e',
    when: active?.audio?.playable ?? false,
    run: () => openPage('editor', { media: active?.id }),
  })
  useCommand({
    id: 'media.close',
    title: 'Close details',
    group,
    keys: 'escape',
    when: openId !== undefined,
    run: () => open(undefined),
  })
  useCommand({
    id: 'media.remove',
    title: 'Delete medium',
    group,
    keys: 'delete',
    when,
    run: () => {
      if (!active) return
      const index = rows.indexOf(active)
      const neighbour = rows[index + 1] ?? rows[index - 1]
      remove(active.id, active.name)
      open(openId === undefined ? undefined : neighbour?.id)
      useMediaState.setState({ activeId: neighbour?.id })
    },
  })
}
