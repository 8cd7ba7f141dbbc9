import type { Documents } from '../../../platform/documents/documents.ts'
import type { Devices } from '../../devices/devices.ts'
import type { Registrar } from '../../registrar/registrar.ts'
import type { ConferenceCollection } from '../collection.ts'
import type { Rooms } from '../room/rooms.ts'
import type { Directory } from './resolve.ts'
import type { Trunk } from './target.ts'

/** What an account's documents, registrations and settings say, for those who dial. */
export const directoryOf =
  (deps: {
    documents: Documents
    devices: Devices
    registrar: Pick<Registrar, 'contactsOf'>
    conferences: Pick<ConferenceCollection, 'byId' | 'byNumber'>
    rooms: Pick<Rooms, 'get'>
    /** SIP domain of an account. */
    domainOf: (accountId: string) => string
    trunk: () => Trunk
  }) =>
  (accountId: string): Directory => {
    const { documents, devices, registrar, conferences, rooms, domainOf, trunk } = deps
    const live = (type: string, id: string) => {
      const document = documents.find({ accountId, type, id })
      return document?.deleted ? undefined : document
    }
    return {
      device: (id) => live('device', id),
      deviceBySipUsername: (username) => {
        const device = devices.bySipUsername(accountId, username)
        return device && live('device', device.id)
      },
      isUser: (id) => live('user', id) !== undefined,
      devicesOfUser: (userId) =>
        devices.page(accountId, { paginate: 'false', ascending: 'true', filter_owner_id: userId })
          .items,
      contactsOf: registrar.contactsOf,
      isConference: (dialled) =>
        conferences.byNumber(accountId, dialled) !== undefined ||
        conferences.byId(accountId, dialled) !== undefined ||
        rooms.get(accountId, dialled) !== undefined,
      isOwnHost: (host) => host === domainOf(accountId).toLowerCase(),
      trunk: trunk(),
    }
  }
