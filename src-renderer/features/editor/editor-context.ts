import { createContext, use } from 'react'
import { useStore } from 'zustand'
import type { EditList } from '#contract/edit-list'
import { current } from '#sound/edit-list/history'
import type { EditViewState, FrameRange } from '../../audio/edit-view/types.ts'
import type { Session } from './editor-session.ts'
import type { EditorState } from './editor-state.ts'

/** The draft below which everything of the editor is drawn. */
export const SessionContext = createContext<Session | undefined>(undefined)

export const useSession = (): Session => {
  const session = use(SessionContext)
  if (!session) throw new Error('There is no draft above this component.')
  return session
}

export const useEditorState = <T>(select: (state: EditorState) => T): T =>
  useStore(useSession().editor.store, select)

export const useViewState = <T>(select: (state: EditViewState) => T): T =>
  useStore(useSession().editor.view, select)

export const useEditList = (): EditList => useEditorState(({ history }) => current(history))

export const useSelection = (): FrameRange => useViewState(({ selection }) => selection)
