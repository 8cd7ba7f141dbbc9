import { replaceParams } from '../../../lib/route.ts'
import { useToasts } from '../../../ui/toast-store.ts'
import { headCount, titleOf, type ConferenceRow } from '../conference-text.ts'
import { reasonOf, takenNumbersOf, useRemoveConference, useRestoreConference } from '../queries.ts'

const removedText = (conference: ConferenceRow): string => {
  const count = headCount(conference)
  const text = `“${titleOf(conference)}” was deleted.`
  if (!conference._read_only.is_running || count === 0) return text
  return `${text} ${count === 1 ? '1 person stays' : `${count} people stay`} in it until they hang up.`
}

const notBackText = (title: string, error: unknown): string => {
  const taken = takenNumbersOf(error)
  return taken === undefined
    ? `“${title}” stays deleted. ${reasonOf(error)}`
    : `“${title}” stays deleted: another conference has taken ${taken.replaceAll(',', ', ')} meanwhile.`
}

/** Deletes softly and offers the way back. */
export const useRemoveWithUndo = (): ((conference: ConferenceRow) => void) => {
  const show = useToasts((state) => state.show)
  const remove = useRemoveConference()
  const restore = useRestoreConference()
  const bringBack = (id: string, title: string) =>
    void restore
      .mutateAsync(id)
      .then(() => replaceParams({ conference: id }))
      .catch((error: unknown) => show({ tone: 'bad', text: notBackText(title, error) }))
  return (conference) => {
    const { id } = conference
    const title = titleOf(conference)
    void remove
      .mutateAsync(id)
      .then(() => {
        replaceParams({ conference: undefined })
        const action = { label: 'Undo', run: () => bringBack(id, title) }
        show({ tone: 'ok', text: removedText(conference), action })
      })
      .catch((error: unknown) =>
        show({ tone: 'bad', text: `“${title}” was not deleted. ${reasonOf(error)}` }),
      )
  }
}
