import * as api from '#contract/conference-check'
import { handle, json, type Route } from '../../platform/http/route.ts'
import type { Check } from './check/check.ts'
import type { ConferenceCollection } from './collection.ts'
import { toConferenceDocument } from './document.ts'
import { liveOf } from './participant-view.ts'
import type { Rooms } from './room/rooms.ts'
import type { Looking } from './room/views.ts'

/** What the forms of conferences need besides Crossbar's calls. */
export const conferenceFormRoutes = (deps: {
  conferences: Pick<ConferenceCollection, 'restore'>
  check: Check
  rooms: Pick<Rooms, 'get'>
  looking: () => Looking
}): Route[] => {
  const { conferences, check, rooms, looking } = deps
  return [
    handle(api.check, ({ accountId, data }) => json({ findings: check(accountId, data) })),
    handle(api.restore, async ({ accountId, params, requestId }) => {
      const id = params.conference_id ?? ''
      const restored = await conferences.restore({ accountId, id, origin: requestId })
      const room = rooms.get(accountId, id)
      await room?.refresh()
      const live = liveOf(room, looking())
      const { revision } = restored
      return json(toConferenceDocument(restored, live), { revision, live, metadata: live })
    }),
  ]
}
