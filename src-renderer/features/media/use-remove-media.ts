import { useToasts } from '../../ui/toast-store.ts'
import { useRemoveMedia, useRestoreMedia } from './queries.ts'

/** Deletes softly and offers the way back. */
export const useRemoveWithUndo = () => {
  const showToast = useToasts((state) => state.show)
  const remove = useRemoveMedia()
  const restore = useRestoreMedia()
  return (id: string, name: string) =>
    remove.mutate(id, {
      onSuccess: () =>
        showToast({
          tone: 'ok',
          text: `“${name}” was deleted.`,
          action: { label: 'Undo', run: () => restore.mutate(id) },
        }),
    })
}
