import * as api from '#contract/events'
import { live } from '#contract/live-conferences'
import { handle, json, type Route } from '../../platform/http/route.ts'
import type { Sockets } from '../../platform/http/sockets.ts'
import { GREGORIAN_OFFSET_S } from '#contract/envelope'
import type { Rooms } from '../conferences/conferences.ts'
import type { ConferenceFeed } from './conference-feed.ts'
import { bindingTemplates } from './live.ts'

export const liveRoutes = (sockets: Sockets): Route[] => [
  handle(api.bindings, () => json(bindingTemplates)),
  handle(api.sockets, ({ accountId }) =>
    json(
      sockets.sessionsOf(accountId).map(({ id, openedMs, subscriptions }) => ({
        websocket_session_id: id,
        timestamp: Math.floor(openedMs / 1000) + GREGORIAN_OFFSET_S,
        bindings: subscriptions.map(({ binding }) => binding),
      })),
    ),
  ),
]

export const liveConferenceRoutes = (deps: {
  feed: ConferenceFeed
  rooms: Pick<Rooms, 'ofAccount'>
}): Route[] => [
  handle(live, async ({ accountId, query }) => {
    const { feed, rooms } = deps
    await Promise.all(rooms.ofAccount(accountId).map((room) => room.refresh()))
    const { epoch, since } = query
    return json({
      ...feed.look(accountId),
      ...(since !== undefined && feed.missed(accountId, { epoch, since })),
    })
  }),
]
