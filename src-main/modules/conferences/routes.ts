import * as api from '#contract/conferences'
import type { ConferenceDocument } from '#contract/conferences'
import type { AskedBy, CommandFailedEvent } from '#contract/live-conferences'
import { filtersOf } from '../../platform/documents/filter.ts'
import { keysOf, type StoredDocument } from '../../platform/documents/documents.ts'
import { changeBy, isForGood } from '../../platform/http/change.ts'
import {
  handle,
  json,
  type Principal,
  type RawQuery,
  type Route,
} from '../../platform/http/route.ts'
import type { Validator } from '../../platform/http/validate.ts'
import type { ConferenceCollection } from './collection.ts'
import type { Dialling } from './dial/dial.ts'
import { toConferenceDocument, toConferenceSummary, toConference, type Live } from './document.ts'
import { figuresOf, liveOf } from './participant-view.ts'
import type { Room, Rooms } from './room/rooms.ts'
import type { Looking } from './room/views.ts'
import { actionRoutes } from './routes-actions.ts'

export type ConferenceRoutesDeps = {
  conferences: ConferenceCollection
  rooms: Pick<Rooms, 'get' | 'ofAccount'>
  dialling: Pick<Dialling, 'dial'>
  validator: Validator
  /** The moment, and the name of this machine. */
  looking: () => Looking
  askedBy: (principal: Principal) => AskedBy
  tell: (event: CommandFailedEvent) => void
}

/** Whether a list is the beginning of everything there is. */
const isWhole = (query: RawQuery): boolean =>
  query.start_key === undefined && filtersOf(query).length === 0

export const conferenceRoutes = (deps: ConferenceRoutesDeps): Route[] => {
  const { conferences, rooms, looking } = deps

  const reply = (document: ConferenceDocument, live: Live, revision?: string) =>
    json(document, { ...(revision !== undefined && { revision, live }), metadata: live })

  const stored = async (document: StoredDocument) => {
    const room = rooms.get(document.accountId, document.id)
    await room?.refresh()
    const live = liveOf(room, looking())
    return reply(toConferenceDocument(document, live), live, document.revision)
  }

  /** Runs without a document: it was dialled into being, or deleted meanwhile. */
  const isLoose = ({ conference: { accountId, id } }: Room) => !conferences.byId(accountId, id)

  const loose = async (room: Room) => {
    await room.refresh()
    const live = liveOf(room, looking())
    return reply({ ...room.conference.document, _read_only: live }, live)
  }

  const looseSummaries = (accountId: string) =>
    rooms
      .ofAccount(accountId)
      .filter(isLoose)
      .map((room) => toConferenceSummary(room.conference.document, figuresOf(room, looking())))

  return [
    handle(api.list, ({ accountId, rawQuery }) => {
      const page = conferences.page(accountId, rawQuery)
      const configured = page.items.map((document) =>
        toConferenceSummary(
          toConference(document).document,
          figuresOf(rooms.get(accountId, document.id), looking()),
        ),
      )
      const items = [...(isWhole(rawQuery) ? looseSummaries(accountId) : []), ...configured]
      const keys = keysOf(page)
      return json(items, { page: keys && { ...keys, size: items.length } })
    }),
    handle(api.create, async ({ accountId, data, requestId }) => {
      const made = await conferences.create(accountId, data, requestId)
      return { ...(await stored(made)), created: made.id }
    }),
    handle(api.get, async ({ accountId, params }) => {
      const id = params.conference_id ?? ''
      const room = rooms.get(accountId, id)
      if (room && isLoose(room)) return loose(room)
      return stored(conferences.get(accountId, id))
    }),
    handle(api.update, async (call) =>
      stored(
        await conferences.replace({
          ...changeBy(call, call.params.conference_id ?? ''),
          input: call.data,
        }),
      ),
    ),
    handle(api.patch, async (call) =>
      stored(
        await conferences.patch({
          ...changeBy(call, call.params.conference_id ?? ''),
          patch: call.data,
        }),
      ),
    ),
    handle(api.remove, async (call) => {
      const change = changeBy(call, call.params.conference_id ?? '')
      return stored(await conferences.remove({ ...change, hard: isForGood(call) }))
    }),
    ...actionRoutes(deps),
  ]
}
