import * as api from '#contract/users'
import { keysOf, type StoredDocument } from '../../platform/documents/documents.ts'
import { changeBy, isForGood } from '../../platform/http/change.ts'
import { handle, json, type Route } from '../../platform/http/route.ts'
import { toUserDocument, toUserSummary, type Users } from './users.ts'

const reply = (document: StoredDocument) =>
  json(toUserDocument(document), { revision: document.revision })

export const userRoutes = (users: Users): Route[] => [
  handle(api.list, ({ accountId, rawQuery }) => {
    const page = users.page(accountId, rawQuery)
    return json(page.items.map(toUserSummary), { page: keysOf(page) })
  }),
  handle(api.create, async ({ accountId, data, requestId }) => {
    const made = await users.create(accountId, data, requestId)
    return { ...reply(made), created: made.id }
  }),
  handle(api.get, ({ accountId, params }) => reply(users.get(accountId, params.user_id ?? ''))),
  handle(api.update, async (call) =>
    reply(await users.replace({ ...changeBy(call, call.params.user_id ?? ''), input: call.data })),
  ),
  handle(api.patch, async (call) =>
    reply(await users.patch({ ...changeBy(call, call.params.user_id ?? ''), patch: call.data })),
  ),
  handle(api.remove, async (call) => {
    const change = changeBy(call, call.params.user_id ?? '')
    return reply(await users.remove({ ...change, hard: isForGood(call) }))
  }),
]
