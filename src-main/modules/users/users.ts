import type { ObjectEvent } from '#contract/events'
import { UserInput, type UserDocument, type UserSummary } from '#contract/users'
import {
  createCollection,
  type Candidate,
  type Collection,
} from '../../platform/documents/collection.ts'
import type {
  Body,
  Content,
  Documents,
  StoredDocument,
} from '../../platform/documents/documents.ts'
import { invalid } from '../../platform/errors.ts'
import type { Bus } from '../../platform/events/bus.ts'
import type { Validator } from '../../platform/http/validate.ts'
import type { Database, Reader } from '../../platform/sqlite/sqlite.ts'
import { hasOtherAdministrator, isUsernameTaken } from './store.ts'

/**
 * The people of an account: they own devices, and those who are administrators log in. A password is
 * kept as what logging in compares, and never shown.
 */
export type Users = Collection

/** What logging in compares; the accounts module makes and reads it. */
export type Protect = (username: string, password: string) => Promise<{ md5: string; sha1: string }>

const inputOf = (body: Body): UserInput => body as unknown as UserInput

const canAdminister = ({ body, private: kept }: { body: Body; private: Body }): boolean =>
  body.priv_level === 'admin' && body.enabled !== false && typeof kept.md5 === 'string'

const passwordMissing = (message: string) =>
  invalid({ password: { required: { message, value: 'password' } } })

const contentOf =
  (protect: Protect) =>
  async (body: Body, before: StoredDocument | undefined): Promise<Content> => {
    const { password, ...shown } = inputOf(body)
    const { username } = shown
    const kept = before?.private ?? {}
    if (password !== undefined) {
      if (username !== undefined) {
        return { body: shown, private: { ...kept, ...(await protect(username, password)) } }
      }
      const message = 'A password needs a username'
      throw invalid({ username: { required: { message, value: 'username' } } })
    }
    const { md5: _md5, sha1: _sha1, ...rest } = kept
    // Without a name nobody logs in; with another one the hash of both would never match again.
    if (username === undefined) return { body: shown, private: rest }
    const isSame = before?.body.username === username
    if (isSame || kept.md5 === undefined) return { body: shown, private: kept }
    throw passwordMissing('The password must be provided when updating the username')
  }

const checkUsername = (db: Reader, { accountId, id, body }: Candidate) => {
  const { username } = inputOf(body)
  if (username === undefined || !isUsernameTaken(db, { accountId, id, username })) return
  const message = 'Username is not unique for this account'
  throw invalid({ username: { unique: { message, cause: username } } })
}

const lastAdministrator = (field: string, cause: string) => {
  const message = 'Nobody else could log in and administer this account'
  return invalid({ [field]: { forbidden: { message, cause } } })
}

export const createUsers = (deps: {
  db: Database
  documents: Documents
  validator: Validator
  events: Bus<ObjectEvent>
  protect: Protect
}): Users =>
  createCollection(deps, {
    type: 'user',
    schema: UserInput,
    content: contentOf(deps.protect),
    check: (tx, candidate) => {
      checkUsername(tx, candidate)
      const { accountId, id, before, body } = candidate
      if (!before || !canAdminister(before) || hasOtherAdministrator(tx, accountId, id)) return
      const remains = body.priv_level === 'admin' && body.enabled !== false && body.username
      if (!remains) throw lastAdministrator('priv_level', id)
    },
    checkRemoval: (tx, document) => {
      const { accountId, id } = document
      if (!canAdminister(document) || hasOtherAdministrator(tx, accountId, id)) return
      throw lastAdministrator('id', id)
    },
  })

export const toUserDocument = (document: StoredDocument): UserDocument => ({
  ...inputOf(document.body),
  id: document.id,
  _read_only: {
    created: document.created,
    modified: document.modified,
    ...(document.deleted && { deleted: true }),
  },
})

export const toUserSummary = ({ id, body }: StoredDocument): UserSummary => {
  const { first_name, last_name, username, email, priv_level, enabled } = inputOf(body)
  return {
    id,
    first_name,
    last_name,
    ...(username !== undefined && { username }),
    ...(email !== undefined && { email }),
    priv_level,
    enabled,
  }
}
