import type { LibraryItem } from '#contract/studio'
import { player } from '../../audio/player.ts'
import { openPage, replaceParams, useRoute } from '../../lib/route.ts'
import { useCommand } from '../../ui/use-command.ts'
import { useMediaState } from './media-state.ts'
import { loadFile } from './queries.ts'
import { useRemoveWithUndo } from './use-remove-media.ts'

type Cursor = {
  items: readonly LibraryItem[]
  active: LibraryItem | undefined
  openId: string | undefined
  activate: (id: string) => void
  open: (id: string | undefined) => void
}

/** The cursor is a row; while the panel is open it follows, and the address names its medium. */
export const useMediaCursor = (items: readonly LibraryItem[]): Cursor => {
  const { params } = useRoute()
  const openId = params.item
  const activeId = useMediaState((state) => state.activeId)
  const open = (id: string | undefined) => replaceParams({ item: id })
  return {
    items,
    active: items.find(({ id }) => id === (openId ?? activeId)),
    openId,
    open,
    activate: (id) => {
      useMediaState.setState({ activeId: id })
      if (openId !== undefined) open(id)
    },
  }
}

/** The keys of the page, also to be found in the palette. */
export const useMediaCommands = ({ items, active, openId, activate, open }: Cursor) => {
  const remove = useRemoveWithUndo()
  const index = active ? items.indexOf(active) : -1
  const step = (by: number) => {
    const item = items[Math.min(Math.max(index + by, 0), items.length - 1)]
    if (item) activate(item.id)
  }
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
      const neighbour = items[index + 1] ?? items[index - 1]
      remove(active.id, active.name)
      open(openId === undefined ? undefined : neighbour?.id)
      useMediaState.setState({ activeId: neighbour?.id })
    },
  })
}
