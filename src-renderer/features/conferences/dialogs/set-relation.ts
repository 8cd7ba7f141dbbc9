import { useToasts } from '../../../ui/toast-store.ts'
import { useBoard } from '../board/board-store.ts'
import { sendActions, whenOver } from '../board/send-action.ts'
import type { RelationChange } from '../inspector/relation-text.ts'

const send = async (changes: readonly RelationChange[]) => {
  const ids = sendActions(changes.map((change) => ({ kind: 'relate', ...change })))
  return Promise.all(ids.map(whenOver))
}

/** Who left took their relations along. */
const stillThere = (changes: readonly RelationChange[]) => {
  const { participants } = useBoard.getState()
  return changes.filter(({ key, otherKey }) => participants.has(key) && participants.has(otherKey))
}

/**
 * Sets relations as one step: what of it was done can be taken back as one. Answers why not, where something was not done.
 */
export const setRelations = async (
  { changes, undo }: { changes: readonly RelationChange[]; undo: readonly RelationChange[] },
  said: string,
): Promise<string | undefined> => {
  const over = await send(changes)
  const back = undo.filter((_, index) => over[index]?.status === 'confirmed')
  const failed = over.find((each) => each?.status === 'failed')
  if (back.length > 0)
    useToasts.getState().show({
      tone: 'ok',
      text: said,
      action: { label: 'Undo', run: () => void send(stillThere(back)) },
    })
  if (!failed) return undefined
  const share = changes.length === 1 ? '' : `Done for ${back.length} of ${changes.length}. `
  return `${share}${failed.reason ?? ''}`
}
