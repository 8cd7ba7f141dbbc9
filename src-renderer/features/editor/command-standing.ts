import { framesOf } from '#sound/edit-list/edit-list'
import { canRedo, canUndo } from '#sound/edit-list/history'
import { isSelected } from '../../audio/edit-view/edit-view-state.ts'
import type { Command } from '../../lib/commands.ts'
import { useEditList, useEditorState, useSession, useViewState } from './editor-context.ts'
import type { Session } from './editor-session.ts'
import { canEdit } from './editor-state.ts'

/** What commands depend on. */
export type Standing = {
  session: Session
  isFree: boolean
  hasSelection: boolean
  hasSound: boolean
  canUndo: boolean
  canRedo: boolean
  /** The step that undo and redo are about. */
  last: string | undefined
  next: string | undefined
}

export const useStanding = (): Standing => {
  const session = useSession()
  const history = useEditorState((state) => state.history)
  return {
    session,
    isFree: useEditorState(canEdit),
    hasSelection: useViewState(({ selection }) => isSelected(selection)),
    hasSound: framesOf(useEditList()) > 0,
    canUndo: canUndo(history),
    canRedo: canRedo(history),
    last: history.steps[history.position - 1]?.label,
    next: history.steps[history.position]?.label,
  }
}

type Keys = Command['keys']

/** Short for a row of a list of commands. */
export const commandsOf =
  (group: string) =>
  (id: string, title: string, keys: Keys, rest: Pick<Command, 'run' | 'when'>): Command => ({
    id: `editor.${id}`,
    title,
    group,
    keys,
    ...rest,
  })
