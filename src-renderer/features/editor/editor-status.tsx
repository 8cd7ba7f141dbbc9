import { useStore } from 'zustand'
import { useCalmState } from '../../audio/edit-view/use-calm-state.ts'
import { Icon } from '../../ui/icon.tsx'
import { InStatusBar } from '../../ui/status-slot.tsx'
import { useNow } from '../../ui/use-now.ts'
import { useEditList, useEditorState, useSession } from './editor-context.ts'
import { transport } from './editor-session.ts'
import { isSaved } from './editor-state.ts'
import { formatText } from './format-text.ts'
import type { JournalState } from './journal.ts'

const agoText = (ms: number) => {
  const seconds = Math.max(0, Math.round(ms / 1000))
  if (seconds < 60) return `${seconds} s ago`
  const minutes = Math.round(seconds / 60)
  return minutes < 60 ? `${minutes} min ago` : `${Math.round(minutes / 60)} h ago`
}

const steps = (count: number) => (count === 1 ? '1 step' : `${count} steps`)

/** Where the edits are, as it is. */
const journalText = (state: JournalState, now: number): string => {
  switch (state.status) {
    case 'saved':
      return `Journal saved ${agoText(now - state.at)}`
    case 'sending':
      return `Writing ${steps(state.waiting)} to the journal…`
    case 'retrying':
      return `${steps(state.waiting)} not in the journal yet: ${state.reason}`
    case 'refused':
      return `${steps(state.waiting)} not in the journal: ${state.reason}`
  }
}

const JournalStatus = () => {
  const { editor } = useSession()
  const state = useStore(editor.journal.store)
  const now = useNow()
  const isGood = state.status === 'saved' || state.status === 'sending'
  return (
    <span className={isGood ? 'status-item' : 'status-item tone-warn'}>
      {isGood ? null : <Icon name="warning" size={13} />}
      <span className="truncate">
        {journalText(state, Math.max(now, 'at' in state ? state.at : 0))}
      </span>
    </span>
  )
}

const zoomText = (framesPerPixel: number) => {
  if (framesPerPixel > 1e9) return ''
  return framesPerPixel >= 1
    ? `${framesPerPixel.toFixed(framesPerPixel < 10 ? 1 : 0)} samples / px`
    : `${(1 / framesPerPixel).toFixed(1)} px / sample`
}

export const EditorStatus = () => {
  const list = useEditList()
  const { editor } = useSession()
  const zoom = useCalmState(editor.view, ({ view }) => zoomText(view.framesPerPixel))
  const saved = useEditorState(isSaved)
  const note = useStore(transport.store, (state) => state.note)
  return (
    <InStatusBar>
      <span className="status-item">{formatText(list)}</span>
      <span className="status-item">{zoom}</span>
      {note === null ? null : <span className="status-item tone-warn">{note}</span>}
      <JournalStatus />
      <span className="status-item">{saved ? 'As saved' : 'Not saved · draft kept'}</span>
    </InStatusBar>
  )
}
