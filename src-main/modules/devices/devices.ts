import { DeviceInput } from '#contract/devices'
import type { ObjectEvent } from '#contract/events'
import {
  createCollection,
  type Candidate,
  type Collection,
} from '../../platform/documents/collection.ts'
import type { Documents } from '../../platform/documents/documents.ts'
import { invalid } from '../../platform/errors.ts'
import type { Bus } from '../../platform/events/bus.ts'
import type { Validator } from '../../platform/http/validate.ts'
import type { Database, Reader } from '../../platform/sqlite/sqlite.ts'
import { sipUsernameOf, toSipDevice, type SipDevice } from './document.ts'
import { idBySipUsername, userExists } from './store.ts'

/** The phones of an account, as documents: who they belong to, and what they register with. */
export type Devices = Collection & {
  /** The device that registers under this name in the account, whatever its case. */
  bySipUsername: (accountId: string, username: string) => SipDevice | undefined
}

export type { SipDevice }

const type = 'device'

const checkUsername = (db: Reader, { accountId, id, body }: Candidate) => {
  const username = sipUsernameOf(body)
  if (username === undefined) return
  const owner = idBySipUsername(db, accountId, username)
  if (owner === undefined || owner === id) return
  const message = 'SIP credentials already in use'
  throw invalid({ 'sip.username': { unique: { message, cause: username } } })
}

/** An owner who left is let stand; a new one must be there. */
const checkOwner = (db: Reader, { accountId, body, before }: Candidate) => {
  const owner = body.owner_id
  if (typeof owner !== 'string' || owner === before?.body.owner_id) return
  if (userExists(db, accountId, owner)) return
  const message = 'The account has no user with this id'
  throw invalid({ owner_id: { not_found: { message, cause: owner } } })
}

export const createDevices = (deps: {
  db: Database
  documents: Documents
  validator: Validator
  events: Bus<ObjectEvent>
}): Devices => {
  const { db, documents } = deps
  const collection = createCollection(deps, {
    type,
    schema: DeviceInput,
    content: (body) => ({ body, private: {} }),
    check: (tx, candidate) => {
      checkUsername(tx, candidate)
      checkOwner(tx, candidate)
    },
  })
  return {
    ...collection,
    bySipUsername: (accountId, username) => {
      const id = idBySipUsername(db, accountId, username)
      return id === undefined ? undefined : toSipDevice(documents.get({ accountId, type, id }))
    },
  }
}
