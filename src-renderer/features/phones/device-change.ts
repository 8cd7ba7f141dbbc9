import type { DeviceDocument } from '#contract/devices'
import type { DeviceDraft } from './phones-state.ts'
import type { DeviceChange } from './queries.ts'

export type DeviceValues = Required<DeviceDraft>

export const valuesOf = (device: DeviceDocument, draft: DeviceDraft = {}): DeviceValues => ({
  name: device.name,
  owner: device.owner_id ?? '',
  username: device.sip.username ?? '',
  password: device.sip.password ?? '',
  enabled: device.enabled,
  ...draft,
})

/** What Save has to say; undefined when nothing differs. */
export const changeOf = (device: DeviceDocument, draft: DeviceDraft): DeviceChange | undefined => {
  const before = valuesOf(device)
  const after = valuesOf(device, draft)
  const differs = (key: keyof DeviceValues) => before[key] !== after[key]
  const sip = {
    ...(differs('username') && { username: after.username }),
    ...(differs('password') && { password: after.password }),
  }
  const change: DeviceChange = {
    ...(differs('name') && { name: after.name }),
    ...(differs('owner') && { owner_id: after.owner === '' ? null : after.owner }),
    ...(differs('enabled') && { enabled: after.enabled }),
    ...(Object.keys(sip).length > 0 && { sip }),
  }
  return Object.keys(change).length > 0 ? change : undefined
}
