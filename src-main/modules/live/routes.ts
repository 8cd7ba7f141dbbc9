import * as api from '#contract/events'
import { handle, json, type Route } from '../../platform/http/route.ts'
import type { Sockets } from '../../platform/http/sockets.ts'
import { GREGORIAN_OFFSET_S } from '#contract/envelope'
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
