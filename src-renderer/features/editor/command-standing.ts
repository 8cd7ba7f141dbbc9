import { framesOf } from '#sound/edit-list/edit-list'
import { canRedo, canUndo } from '#sound/edit-list/history'
import { isSelected } from '../../audio/edit-view/edit-view-state.ts'
import type { Command } from '../../lib/commands.ts'
import { useEditList, useEditorState, useSession, useViewState } from './editor-context.ts'
import type { Session } from './editor-session.ts'
import { blockOf } from './editor-state.ts'

/** What commands depend on. */
export type Standing = {
  session: Session
  /** What stands in the way of every change. */
  block: string | undefined
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
    block: useEditorState(blockOf),
    hasSelection: useViewState(({ selection }) => isSelected(selection)),
    hasSound: framesOf(useEditList()) > 0,
    canUndo: canUndo(history),
    canRedo: canRedo(history),
    last: history.steps[history.position - 1]?.label,
    next: history.steps[history.position]?.label,
  }
}

type Ability = Pick<Command, 'when' | 'whyNot'>

const unless = (whyNot: string | undefined): Ability => ({ when: whyNot === undefined, whyNot })

const noSelection = 'Select a part of the sound first.'
const noSound = 'There is no sound in it.'

/** Changes of the draft: possible, or what is in the way. */
export const toEdit = ({ block }: Standing): Ability => unless(block)

export const toEditSound = ({ block, hasSound }: Standing): Ability =>
  unless(block ?? (hasSound ? undefined : noSound))

export const toEditSelection = ({ block, hasSelection }: Standing): Ability =>
  unless(block ?? (hasSelection ? undefined : noSelection))

/** What changes nothing. */
export const withSelection = ({ hasSelection }: Standing): Ability =>
  unless(hasSelection ? undefined : noSelection)

type Keys = Command['keys']

/** Short for a row of a list of commands. */
export const commandsOf =
  (group: string) =>
  (
    id: string,
    title: string,
    keys: Keys,
    rest: Pick<Command, 'run' | 'when' | 'whyNot'>,
  ): Command => ({
    id: `editor.${id}`,
    title,
    group,
    keys,
    ...rest,
  })
