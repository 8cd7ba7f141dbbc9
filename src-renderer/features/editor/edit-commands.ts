import { bridge } from '../../lib/bridge.ts'
import type { Command } from '../../lib/commands.ts'
import {
  commandsOf,
  toEdit,
  toEditSelection,
  toEditSound,
  withSelection,
  type Standing,
} from './command-standing.ts'
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

const historyCommands = ({ session, block, ...standing }: Standing): Command[] => {
  const { last, next } = standing
  const { undo, redo } = session.editor
  return [
    edit('undo', last === undefined ? 'Undo' : `Undo ${last}`, 'mod+z', {
      when: block === undefined && standing.canUndo,
      run: undo,
    }),
    edit('redo', next === undefined ? 'Redo' : `Redo ${next}`, ['shift+mod+z', 'mod+y'], {
      when: block === undefined && standing.canRedo,
      run: redo,
    }),
  ]
}

/** What is done to the selection and can be pasted elsewhere. */
const clipCommands = (standing: Standing): Command[] => {
  const { session } = standing
  const ability = toEditSelection(standing)
  return [
    edit('cut', 'Cut', 'mod+x', { ...ability, run: () => cutSelection(session) }),
    edit('copy', 'Copy', 'mod+c', {
      ...withSelection(standing),
      run: () => void copySelection(session),
    }),
    edit('paste', 'Paste', 'mod+v', { ...toEdit(standing), run: () => paste(session) }),
    edit('delete', 'Delete and close the gap', ['delete', 'backspace'], {
      ...ability,
      run: () => editSelection(session, 'delete'),
    }),
    edit('silence', 'Silence the selection', 'mod+l', {
      ...ability,
      run: () => editSelection(session, 'silence'),
    }),
    edit('trim', 'Trim to the selection', trimKeys, {
      ...ability,
      run: () => editSelection(session, 'trim'),
    }),
  ]
}

const changeCommands = (standing: Standing): Command[] => {
  const { session } = standing
  const ability = toEditSound(standing)
  return [
    edit('fade-in', 'Fade in', undefined, { ...ability, run: () => fade(session, 'in') }),
    edit('fade-out', 'Fade out', undefined, { ...ability, run: () => fade(session, 'out') }),
    edit('gain', 'Gain…', 'g', { ...ability, run: () => openDialog('gain') }),
    edit('reverse', 'Reverse', 'r', { ...ability, run: () => reverse(session) }),
    edit('crossfade', 'Crossfade at the cursor', 'x', {
      ...ability,
      run: () => crossfade(session),
    }),
    edit('insert-silence', 'Insert silence…', 'i', {
      ...toEdit(standing),
      run: () => openDialog('insert_silence'),
    }),
  ]
}

/** Where the draft goes: to callers, to a file, or back among the drafts. */
const fileCommands = (standing: Standing): Command[] => {
  const ability = toEditSound(standing)
  return [
    edit('save', 'Save', 'mod+s', { ...ability, run: () => void save(standing.session) }),
    edit('save-as', 'Save as another medium…', 'shift+mod+s', {
      ...ability,
      run: () => openDialog('save_as'),
    }),
    edit('export', 'Export…', 'shift+mod+e', { ...ability, run: () => openDialog('export') }),
    edit('close', 'Close, keeping the draft', undefined, { run: closeDraft }),
  ]
}

/** Everything that changes the draft. */
export const editCommands = (standing: Standing): Command[] => [
  ...historyCommands(standing),
  ...clipCommands(standing),
  ...changeCommands(standing),
  ...fileCommands(standing),
]

const deselect = ({ editor }: Session) => {
  const { cursor } = editor.view.getState()
  editor.view.setState({ selection: { from: cursor, to: cursor } })
}

const renameNearest = (session: Session) => {
  const marker = nearestMarker(session)
  if (marker) useEditorDialog.setState({ renamingMarker: marker.id })
}

export const selectCommands = (standing: Standing): Command[] => {
  const { session } = standing
  return [
    select('select-all', 'Select everything', ['mod+a', 'a'], { run: () => selectAll(session) }),
    select('deselect', 'Select nothing', 'escape', {
      ...withSelection(standing),
      run: () => deselect(session),
    }),
    select('set-in', 'Selection starts here', '[', { run: () => setEdge(session, 'from') }),
    select('set-out', 'Selection ends here', ']', { run: () => setEdge(session, 'to') }),
    select('snap', 'Move the edges to zero crossings', 'z', {
      ...withSelection(standing),
      run: () => void snapSelection(session),
    }),
    select('marker', 'Set a marker', 'm', {
      ...toEdit(standing),
      run: () => void addMarker(session),
    }),
    select('rename-marker', 'Rename the nearest marker', 'f2', {
      ...toEdit(standing),
      run: () => renameNearest(session),
    }),
  ]
}
