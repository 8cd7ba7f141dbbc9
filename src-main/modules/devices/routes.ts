import * as api from '#contract/devices'
import type { DeviceStatus, Registration } from '#contract/devices'
import { keysOf, type StoredDocument } from '../../platform/documents/documents.ts'
import { changeBy, isForGood } from '../../platform/http/change.ts'
import { handle, json, type RawQuery, type Route } from '../../platform/http/route.ts'
import type { Devices } from './devices.ts'
import { toDeviceDocument, toDeviceSummary } from './document.ts'

/** What the registrar knows of devices: live, and in no document. */
export type LiveDevices = {
  registrationsOf: (deviceId: string) => Registration[]
  /** Only devices that are registered. */
  registered: (accountId: string) => DeviceStatus[]
}

export const deviceRoutes = (devices: Devices, live: LiveDevices): Route[] => {
  const reply = (document: StoredDocument) => {
    const { revision } = document
    const registrations = live.registrationsOf(document.id)
    return json(toDeviceDocument(document, registrations), { revision, live: registrations })
  }
  const listOf = (accountId: string, query: RawQuery) => {
    const page = devices.page(accountId, query)
    const items = page.items.map((document) =>
      toDeviceSummary(document, live.registrationsOf(document.id).length > 0),
    )
    return json(items, { page: keysOf(page) })
  }

  return [
    handle(api.list, ({ accountId, rawQuery }) => listOf(accountId, rawQuery)),
    handle(api.create, async ({ accountId, data, requestId }) => {
      const made = await devices.create(accountId, data, requestId)
      return { ...reply(made), created: made.id }
    }),
    handle(api.status, ({ accountId }) => json(live.registered(accountId))),
    handle(api.get, ({ accountId, params }) =>
      reply(devices.get(accountId, params.device_id ?? '')),
    ),
    handle(api.update, async (call) =>
      reply(
        await devices.replace({ ...changeBy(call, call.params.device_id ?? ''), input: call.data }),
      ),
    ),
    handle(api.patch, async (call) =>
      reply(
        await devices.patch({ ...changeBy(call, call.params.device_id ?? ''), patch: call.data }),
      ),
    ),
    handle(api.remove, async (call) => {
      const change = changeBy(call, call.params.device_id ?? '')
      return reply(await devices.remove({ ...change, hard: isForGood(call) }))
    }),
    handle(api.ofUser, ({ accountId, params, rawQuery }) =>
      listOf(accountId, { ...rawQuery, filter_owner_id: params.user_id }),
    ),
  ]
}
