import * as api from '#contract/media'
import type { Blobs } from '../../platform/blobs/blobs.ts'
import { keysOf } from '../../platform/documents/documents.ts'
import { pageRequestOf } from '../../platform/documents/page.ts'
import { handle, json, type Route } from '../../platform/http/route.ts'
import { changeOf, createFileReplies, mediaId, reply, wantsFile } from './file-replies.ts'
import type { Media } from './media.ts'

const is = (expected: boolean, value: unknown): boolean =>
  value === expected || value === String(expected)

export const mediaRoutes = (media: Media, blobs: Blobs): Route[] => {
  const files = createFileReplies(media, blobs)

  return [
    handle(api.list, (call) => {
      const { page, items } = media.list(call.accountId, call.rawQuery)
      return json(items, { page: keysOf(page) })
    }),
    handle(api.create, async ({ accountId, data, requestId }) => {
      const made = await media.create(accountId, data, requestId)
      return { ...reply(made), created: made.document.id }
    }),
    handle(api.languages, ({ accountId }) => {
      const counts = media.languages(accountId)
      return json(Object.keys(counts).length === 0 ? [] : [counts])
    }),
    handle(api.byLanguage, ({ accountId, params, rawQuery }) => {
      const page = media.byLanguage(accountId, params.language ?? '', rawQuery)
      return json(
        page.items.map(({ id }) => id),
        { page: keysOf(page) },
      )
    }),
    handle(api.prompts, ({ accountId, rawQuery }) => {
      const { size, startKey } = pageRequestOf(rawQuery)
      const limit = size === undefined ? undefined : size + 1
      const counts = media.promptCounts(accountId, { from: startKey ?? '', limit })
      const next = size === undefined ? undefined : counts[size]
      const shown = next ? counts.slice(0, -1) : counts
      const data = Object.fromEntries(shown.map(({ promptId, count }) => [promptId, count]))
      return json(shown.length === 0 ? [] : [data], {
        page:
          size === undefined
            ? undefined
            : { size: shown.length, startKey, nextStartKey: next?.promptId },
      })
    }),
    handle(api.translations, ({ accountId, params, rawQuery }) => {
      const promptId = params.prompt_id ?? ''
      const page = media.translations(accountId, promptId, rawQuery)
      const keys = keysOf({ ...page, startKey: page.startKey ?? promptId })
      return json(
        page.items.map(({ id }) => id),
        { page: keys },
      )
    }),
    handle(api.get, (call) =>
      wantsFile(call) ? files.send(call) : reply(media.get(call.accountId, mediaId(call))),
    ),
    handle(api.update, async (call) =>
      call.file
        ? files.store(call)
        : reply(await media.replace({ ...changeOf(call), input: call.data })),
    ),
    handle(api.patch, async (call) =>
      reply(await media.patch({ ...changeOf(call), patch: call.data })),
    ),
    handle(api.remove, async (call) => {
      const hard =
        is(true, call.option('hard_delete')) || is(false, call.option('should_soft_delete'))
      return json(await media.remove({ ...changeOf(call), hard }))
    }),
    handle(api.download, files.send),
    handle(api.upload, files.store),
  ]
}
