import type { Command } from '../../lib/commands.ts'
import { openPage } from '../../lib/route.ts'
import { useCommand } from '../../ui/use-command.ts'
import { hasFile, isOwned, stateTexts, type PlaceState } from './cell-state.ts'
import { locateCursor } from './cursor.ts'
import { nextPlace, promptKey } from './matrix-model.ts'
import { mediaIdOf, type Place } from './media-id.ts'
import {
  clearFilters,
  openDialog,
  openPanel,
  openSpeak,
  setCollapsedAreas,
  setCursor,
  toggleState,
  usePrompts,
} from './prompts-state.ts'
import type { CellActions } from './use-cell-actions.ts'
import type { MatrixView } from './use-matrix-view.ts'

type PromptCommands = {
  view: MatrixView
  place: Place | undefined
  actions: CellActions
  pickFile: (place: Place) => void
  focusGrid: () => void
  focusSearch: () => void
  /** Opens it where needed and moves the focus there. */
  showPanel: () => void
}

const useGroup = (group: string, { id, ...command }: Omit<Command, 'group'>) =>
  useCommand({ ...command, id: `prompts.${id}`, group })

const useFilterCommand = (state: PlaceState | null, keys: string) =>
  useGroup('Filter prompts', {
    id: `show-${state ?? 'all'}`,
    title: state === null ? 'All cells' : stateTexts[state].title,
    keys,
    run: () => toggleState(state),
  })

const useFilterCommands = () => {
  useFilterCommand(null, '1')
  useFilterCommand('recorded', '2')
  useFilterCommand('spoken', '3')
  useFilterCommand('missing', '4')
  useFilterCommand('empty', '5')
  useFilterCommand('unreadable', '6')
  useFilterCommand('inherited', '7')
  useGroup('Filter prompts', {
    id: 'clear-filters',
    title: 'Show everything again',
    keys: '0',
    run: clearFilters,
  })
}

const useCellCommands = ({ place, actions, pickFile }: PromptCommands) => {
  const state = place && actions.stateOf(place)
  const canPlay = state !== undefined && hasFile(state) && state !== 'unreadable'
  const withPlace = (run: (place: Place) => void) => () => {
    if (place) run(place)
  }
  useGroup('Prompts', {
    id: 'play',
    title: 'Play or stop the cell',
    keys: 'space',
    when: canPlay,
    run: withPlace(actions.play),
  })
  useGroup('Prompts', {
    id: 'edit',
    title: 'Edit the sound',
    keys: 'mod+e',
    when: canPlay && isOwned(state),
    run: withPlace((at) => openPage('editor', { media: mediaIdOf(at) })),
  })
  useGroup('Prompts', {
    id: 'play-after-source',
    title: 'Play the source, then the cell',
    keys: 'shift+space',
    when: place !== undefined,
    run: withPlace(actions.playAfterSource),
  })
  useGroup('Prompts', {
    id: 'upload',
    title: 'Upload or replace the file…',
    keys: 'u',
    when: place !== undefined,
    run: withPlace(pickFile),
  })
  useGroup('Prompts', {
    id: 'speak',
    title: 'Speak the text…',
    keys: 'e',
    when: place !== undefined,
    run: withPlace(openSpeak),
  })
  useGroup('Prompts', {
    id: 'download',
    title: 'Download the file',
    when: state !== undefined && hasFile(state),
    run: withPlace((cell) => actions.download(cell, 'file')),
  })
  useGroup('Prompts', {
    id: 'delete',
    title: 'Delete the cell',
    keys: ['delete', 'backspace'],
    when: state !== undefined && isOwned(state),
    run: withPlace(actions.remove),
  })
}

const useMatrixCommands = (commands: PromptCommands) => {
  const { view, place, focusGrid, focusSearch, showPanel } = commands
  useGroup('Prompts', {
    id: 'open',
    title: 'Open the details',
    keys: 'enter',
    when: place !== undefined,
    run: showPanel,
  })
  useGroup('Prompts', {
    id: 'panel',
    title: 'Show or hide the details',
    keys: 'd',
    run: () => {
      // Before the panel takes the focus with it.
      focusGrid()
      openPanel(!usePrompts.getState().isPanelOpen)
    },
  })
  useGroup('Prompts', { id: 'back', title: 'Back to the matrix', keys: 'escape', run: focusGrid })
  useGroup('Prompts', {
    id: 'search',
    title: 'Search ids and texts',
    keys: '/',
    run: focusSearch,
  })
  useGroup('Prompts', {
    id: 'next-missing',
    title: 'Next missing cell',
    keys: 'n',
    when: view.counts.missing > 0,
    run: () => {
      const from = locateCursor(view, usePrompts.getState().cursor)
      const next = from && nextPlace(view.items, view.languages, { state: 'missing', from })
      if (next) setCursor({ key: promptKey(next.promptId), language: next.language, item: 0 })
    },
  })
  useGroup('Prompts', {
    id: 'collapse-areas',
    title: 'Collapse all areas',
    run: () => setCollapsedAreas(view.areas.map(({ area }) => area)),
  })
  useGroup('Prompts', {
    id: 'expand-areas',
    title: 'Expand all areas',
    run: () => setCollapsedAreas([]),
  })
}

/** Everything that can be done on this page, for the keys, the menus and the palette. */
export const usePromptCommands = (commands: PromptCommands): void => {
  useMatrixCommands(commands)
  useCellCommands(commands)
  useFilterCommands()
}

/** Available with an empty library, too. */
export const usePackCommands = (hasPrompts: boolean): void => {
  useGroup('Prompts', {
    id: 'new',
    title: 'New prompt…',
    keys: 'a',
    run: () => openDialog('new'),
  })
  useGroup('Prompts', {
    id: 'import',
    title: 'Import a pack…',
    keys: 'i',
    run: () => openDialog('import'),
  })
  useGroup('Prompts', {
    id: 'export',
    title: 'Export a pack…',
    when: hasPrompts,
    run: () => openDialog('export'),
  })
}
