import { create } from 'zustand'
import { onConferences } from './board/queries.ts'

/** What the server noted about conferences that run, the last ones by conference: a prompt that is missing, say. */
export const useRoomAlerts = create<{
  readonly byRoom: ReadonlyMap<string, readonly string[]>
}>(() => ({ byRoom: new Map() }))

const mostKept = 20

const change = (id: string, next: (before: readonly string[]) => readonly string[]) =>
  useRoomAlerts.setState(({ byRoom }) => {
    const changed = new Map(byRoom)
    const alerts = next(byRoom.get(id) ?? [])
    if (alerts.length > 0) changed.set(id, alerts)
    else changed.delete(id)
    return { byRoom: changed }
  })

/** Listens until the answer is called. Notes end with the run they are about. */
export const startRoomAlerts = (): (() => void) =>
  onConferences({
    onHappening: (told) => {
      const { conference_id: id } = told
      if (told.event === 'note') {
        const { text } = told
        change(id, (before) => [...before.filter((each) => each !== text), text].slice(-mostKept))
      } else if (told.event === 'conference-destroy' && useRoomAlerts.getState().byRoom.has(id))
        change(id, () => [])
    },
  })
