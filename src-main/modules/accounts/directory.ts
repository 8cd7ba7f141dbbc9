import type { AccountDocument, AccountInput } from '#contract/accounts'
import {
  newId,
  type Body,
  type Documents,
  type StoredDocument,
} from '../../platform/documents/documents.ts'
import { invalid } from '../../platform/errors.ts'
import type { Writer } from '../../platform/sqlite/sqlite.ts'
import { newSecret } from './secrets.ts'

/** The accounts of this installation and their users. The first account is the master. */
export type Directory = {
  all: () => StoredDocument[]
  /** Throws `bad_identifier` when there is none. */
  get: (accountId: string) => StoredDocument
  exists: (accountId: string) => boolean
  masterId: () => string | undefined
  usersOf: (accountId: string) => StoredDocument[]
  /** Throws a validation error when name or realm are taken. */
  insert: (tx: Writer, input: AccountInput) => StoredDocument
  insertUser: (tx: Writer, accountId: string, user: NewUser) => StoredDocument
}

export type NewUser = { username: string; md5: string; sha1: string }

const root = 'accounts'
const key = (id: string) => ({ accountId: root, type: 'account', id })
const everything = { paginate: 'false', ascending: 'true' }

export const nameOf = (account: StoredDocument): string => String(account.body.name)
export const realmOf = (account: StoredDocument): string => String(account.body.realm)
export const apiKeyOf = (account: StoredDocument): string => String(account.private.api_key)

export const toAccountDocument = (account: StoredDocument): AccountDocument => ({
  ...account.body,
  id: account.id,
  name: nameOf(account),
  realm: realmOf(account),
})

export const isSameName = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase()

export const createDirectory = ({ documents }: { documents: Documents }): Directory => {
  const all = () => documents.page({ accountId: root, type: 'account', query: everything }).items

  // Asked with every request, and never changes once it exists.
  let master: string | undefined

  const refuseTaken = (field: 'name' | 'realm', value: string, valueOf: typeof nameOf) => {
    if (!all().some((account) => isSameName(valueOf(account), value))) return
    const message = `Account ${field} already in use`
    throw invalid({ [field]: { unique: { message, cause: value } } })
  }

  return {
    all,
    get: (accountId) => documents.get(key(accountId)),
    exists: (accountId) => documents.find(key(accountId))?.deleted === false,
    masterId: () => (master ??= all()[0]?.id),
    usersOf: (accountId) => documents.page({ accountId, type: 'user', query: everything }).items,
    insert: (tx, input) => {
      const id = newId()
      const realm = input.realm ?? `${id.slice(0, 8)}.patchbay.local`
      refuseTaken('name', input.name, nameOf)
      refuseTaken('realm', realm, realmOf)
      // Only the server says these; a client's would pass for them later.
      const { id: _id, api_key: _apiKey, ...body } = input as AccountInput & Body
      return documents.create(tx, key(id), {
        body: { ...body, realm },
        private: { api_key: newSecret() },
      })
    },
    insertUser: (tx, accountId, { username, md5, sha1 }) =>
      documents.create(
        tx,
        { accountId, type: 'user', id: newId() },
        { body: { username, priv_level: 'admin' }, private: { md5, sha1 } },
      ),
  }
}
