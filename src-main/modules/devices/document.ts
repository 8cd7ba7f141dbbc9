import type { DeviceDocument, DeviceInput, DeviceSummary, Registration } from '#contract/devices'
import type { Body, StoredDocument } from '../../platform/documents/documents.ts'

/** What a device is to the telephone side. */
export type SipDevice = {
  id: string
  accountId: string
  name: string
  enabled: boolean
  /** Undefined: nobody can prove to be this device. */
  password: string | undefined
  method: 'password' | 'ip'
}

/** The stored body; it passed the schema when it was written. */
const inputOf = (body: Body): DeviceInput => body as unknown as DeviceInput

export const sipUsernameOf = (body: Body): string | undefined => inputOf(body).sip.username

export const toSipDevice = ({ id, accountId, body }: StoredDocument): SipDevice => {
  const { name, enabled, sip } = inputOf(body)
  return { id, accountId, name, enabled, password: sip.password, method: sip.method }
}

export const toDeviceDocument = (
  document: StoredDocument,
  registrations: Registration[],
): DeviceDocument => ({
  ...inputOf(document.body),
  id: document.id,
  _read_only: {
    registered: registrations.length > 0,
    registrations,
    created: document.created,
    modified: document.modified,
    ...(document.deleted && { deleted: true }),
  },
})

export const toDeviceSummary = (
  { id, body }: StoredDocument,
  registered: boolean,
): DeviceSummary => {
  const { name, enabled, device_type, mac_address, owner_id, sip } = inputOf(body)
  return {
    id,
    name,
    enabled,
    ...(device_type !== undefined && { device_type }),
    ...(mac_address !== undefined && { mac_address }),
    ...(owner_id !== undefined && { owner_id }),
    ...(sip.username !== undefined && { username: sip.username }),
    registered,
  }
}
