import { bridge } from '../../lib/bridge.ts'
import type { Command } from '../../lib/commands.ts'
import { commandsOf, type Standing } from './command-standing.ts'
import {
  addMarker,
  copySelection,
  crossfade,
  cutSelection,
  editSelection,
  fade,
  nearestMarker,
  paste,
  reverse,
  selectAll,
  setEdge,
  snapSelection,
} from './editor-actions.ts'
import { openDialog, useEditorDialog } from './editor-dialogs-state.ts'
import type { Session } from './editor-session.ts'
import { closeDraft } from './opening.ts'
import { save } from './save-draft.ts'

/** Browsers keep Ctrl+T to themselves: there the other one works, and stands first. */
const trimKeys = bridge.launch ? ['mod+t', 'shift+t'] : ['shift+t', 'mod+t']

const edit = commandsOf('Edit')
const select = commandsOf('Selection')

const historyCommands = ({ session, isFree, ...standing }: Standing): Command[] => {
  const { last, next } = standing
  const { undo, redo } = session.editor
  return [
    edit('undo', last === undefined ? 'Undo' : `Undo ${last}`, 'mod+z', {
      when: isFree && standing.canUndo,
      run: undo,
    }),
    edit('redo', next === undefined ? 'Redo' : `Redo ${next}`, ['shift+mod+z', 'mod+y'], {
      when: isFree && standing.canRedo,
      run: redo,
    }),
  ]
}

/** What is done to the selection and can be pasted elsewhere. */
const clipCommands = ({ session, isFree, hasSelection }: Standing): Command[] => {
  const when = isFree && hasSelection
  return [
    edit('cut', 'Cut', 'mod+x', { when, run: () => cutSelection(session) }),
    edit('copy', 'Copy', 'mod+c', {
      when: hasSelection,
      run: () => void copySelection(session),
    }),
    edit('paste', 'Paste', 'mod+v', { when: isFree, run: () => paste(session) }),
    edit('delete', 'Delete and close the gap', ['delete', 'backspace'], {
      when,
      run: () => editSelection(session, 'delete'),
    }),
    edit('silence', 'Silence the selection', 'mod+l', {
      when,
      run: () => editSelection(session, 'silence'),
    }),
    edit('trim', 'Trim to the selection', trimKeys, {
      when,
      run: () => editSelection(session, 'trim'),
    }),
  ]
}

const changeCommands = ({ session, isFree, hasSound }: Standing): Command[] => {
  const when = isFree && hasSound
  return [
    edit('fade-in', 'Fade in', undefined, { when, run: () => fade(session, 'in') }),
    edit('fade-out', 'Fade out', undefined, { when, run: () => fade(session, 'out') }),
    edit('gain', 'Gain…', 'g', { when, run: () => openDialog('gain') }),
    edit('reverse', 'Reverse', 'r', { when, run: () => reverse(session) }),
    edit('crossfade', 'Crossfade at the cursor', 'x', { when, run: () => crossfade(session) }),
    edit('insert-silence', 'Insert silence…', 'i', {
      when: isFree,
      run: () => openDialog('insert_silence'),
    }),
    edit('save', 'Save', 'mod+s', { when, run: () => void save(session) }),
    edit('save-as', 'Save as another medium…', 'shift+mod+s', {
      when,
      run: () => openDialog('save_as'),
    }),
    edit('export', 'Export…', 'shift+mod+e', { when, run: () => openDialog('export') }),
    edit('close', 'Close, keeping the draft', undefined, { run: closeDraft }),
  ]
}

/** Everything that changes the draft. */
export const editCommands = (standing: Standing): Command[] => [
  ...historyCommands(standing),
  ...clipCommands(standing),
  ...changeCommands(standing),
]

const deselect = ({ editor }: Session) => {
  const { cursor } = editor.view.getState()
  editor.view.setState({ selection: { from: cursor, to: cursor } })
}

const renameNearest = (session: Session) => {
  const marker = nearestMarker(session)
  if (marker) useEditorDialog.setState({ renamingMarker: marker.id })
}

export const selectCommands = ({ session, hasSelection, isFree }: Standing): Command[] => [
  select('select-all', 'Select everything', ['mod+a', 'a'], { run: () => selectAll(session) }),
  select('deselect', 'Select nothing', 'escape', {
    when: hasSelection,
    run: () => deselect(session),
  }),
  select('set-in', 'Selection starts here', '[', { run: () => setEdge(session, 'from') }),
  select('set-out', 'Selection ends here', ']', { run: () => setEdge(session, 'to') }),
  select('snap', 'Move the edges to zero crossings', 'z', {
    when: hasSelection,
    run: () => void snapSelection(session),
  }),
  select('marker', 'Set a marker', 'm', { when: isFree, run: () => void addMarker(session) }),
  select('rename-marker', 'Rename the nearest marker', 'f2', {
    when: isFree,
    run: () => renameNearest(session),
  }),
]
