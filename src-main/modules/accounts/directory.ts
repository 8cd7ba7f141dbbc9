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
  /** The account with this realm, whatever its case. */
  idByRealm: (realm: string) => string | undefined
  masterId: () => string | undefined
  /** Those who may log in: administrators, unless they are disabled. */
  administratorsOf: (accountId: string) => StoredDocument[]
  mayLogIn: (accountId: string, userId: string) => boolean
  /** Throws a validation error when name or realm are taken. */
  insert: (tx: Writer, input: AccountInput) => StoredDocument
  insertUser: (tx: Writer, accountId: string, user: NewUser) => StoredDocument
}

export type NewUser = { username: string; md5: string; sha1: string }

const root = 'accounts'
const key = (id: string) => ({ accountId: root, type: 'account', id })
const everything = { paginate: 'false', ascending: 'true' }
const administrators = { ...everything, filter_priv_level: 'admin' }

/** Crossbar's name for the first administrator of an account. */
const firstUser = { first_name: 'Account', last_name: 'Admin', enabled: true, priv_level: 'admin' }

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

const isAdministrator = ({ deleted, body }: StoredDocument): boolean =>
  !deleted && body.priv_level === 'admin' && body.enabled !== false

export const createDirectory = ({ documents }: { documents: Documents }): Directory => {
  const all = () => documents.page({ accountId: root, type: 'account', query: everything }).items

  // Asked with every request, and never changes once it exists.
  let master: string | undefined
  // Asked with every request of a phone. Realms never change and accounts never go.
  const byRealm = new Map<string, string>()

  const idByRealm = (realm: string): string | undefined => {
    const key = realm.toLowerCase()
    const id = byRealm.get(key) ?? all().find((each) => isSameName(realmOf(each), realm))?.id
    if (id !== undefined) byRealm.set(key, id)
    return id
  }

  const refuseTaken = (field: 'name' | 'realm', value: string, valueOf: typeof nameOf) => {
    if (!all().some((account) => isSameName(valueOf(account), value))) return
    const message = `Account ${field} already in use`
    throw invalid({ [field]: { unique: { message, cause: value } } })
  }

  return {
    all,
    get: (accountId) => documents.get(key(accountId)),
    exists: (accountId) => documents.find(key(accountId))?.deleted === false,
    idByRealm,
    masterId: () => (master ??= all()[0]?.id),
    administratorsOf: (accountId) =>
      documents
        .page({ accountId, type: 'user', query: administrators })
        .items.filter(isAdministrator),
    mayLogIn: (accountId, id) => {
      const user = documents.find({ accountId, type: 'user', id })
      return user !== undefined && isAdministrator(user)
    },
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
        { body: { ...firstUser, username }, private: { md5, sha1 } },
      ),
  }
}
