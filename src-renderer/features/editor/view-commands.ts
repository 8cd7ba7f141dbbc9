import { framesOf } from '#sound/edit-list/edit-list'
import { showAll, showSelection, zoomBy } from '../../audio/edit-view/edit-view-state.ts'
import { pressed } from '../../audio/edit-view/keys.ts'
import type { Command } from '../../lib/commands.ts'
import { commandsOf, type Standing } from './command-standing.ts'

const command = commandsOf('View')

type Modifiers = { shiftKey?: boolean; altKey?: boolean }

/** Keys that the wave answers itself while it has the focus: from elsewhere they reach it as commands. */
const moves: readonly [string, string, string, string, Modifiers][] = [
  ['left', 'Cursor left by a pixel', 'left', 'ArrowLeft', {}],
  ['right', 'Cursor right by a pixel', 'right', 'ArrowRight', {}],
  ['sample-left', 'Cursor left by a sample', 'alt+left', 'ArrowLeft', { altKey: true }],
  ['sample-right', 'Cursor right by a sample', 'alt+right', 'ArrowRight', { altKey: true }],
  ['extend-left', 'Extend to the left', 'shift+left', 'ArrowLeft', { shiftKey: true }],
  ['extend-right', 'Extend to the right', 'shift+right', 'ArrowRight', { shiftKey: true }],
  ['start', 'Cursor to the start', 'home', 'Home', {}],
  ['end', 'Cursor to the end', 'end', 'End', {}],
  ['extend-start', 'Extend to the start', 'shift+home', 'Home', { shiftKey: true }],
  ['extend-end', 'Extend to the end', 'shift+end', 'End', { shiftKey: true }],
  ['page-back', 'A page back', 'pageup', 'PageUp', {}],
  ['page-on', 'A page on', 'pagedown', 'PageDown', {}],
]

const unmodified = { shiftKey: false, altKey: false, ctrlKey: false, metaKey: false }

export const viewCommands = ({ session }: Standing): Command[] => {
  const { view, list } = session.editor
  const frames = () => framesOf(list())
  const press = (key: string, modifiers: Modifiers) => {
    const next = pressed({ ...unmodified, ...modifiers, key }, view.getState(), frames())
    if (next) view.setState(next)
  }
  return [
    command('zoom-in', 'Zoom in', ['+', '='], { run: () => zoomBy(view, 2, frames()) }),
    command('zoom-out', 'Zoom out', '-', { run: () => zoomBy(view, 0.5, frames()) }),
    command('zoom-selection', 'Zoom to the selection', 'e', {
      run: () => showSelection(view, frames()),
    }),
    command('zoom-fit', 'Show everything', 'mod+e', { run: () => showAll(view, frames()) }),
    ...moves.map(([id, title, keys, key, modifiers]) =>
      command(id, title, keys, { run: () => press(key, modifiers) }),
    ),
  ]
}
