import type { AccountDocument, AccountInput, Session, UserAuthInput } from '#contract/accounts'
import type { Clock } from '../../platform/clock.ts'
import type { Documents, StoredDocument } from '../../platform/documents/documents.ts'
import { AppError, invalid } from '../../platform/errors.ts'
import type { Principal } from '../../platform/http/route.ts'
import type { Database } from '../../platform/sqlite/sqlite.ts'
import {
  apiKeyOf,
  createDirectory,
  isSameName,
  nameOf,
  realmOf,
  toAccountDocument,
} from './directory.ts'
import { credentialsOf, isProtectedBy, isSameSecret, newPassword, protect } from './secrets.ts'
import { createSessions } from './sessions.ts'

/**
 * Accounts, their users, and who a token belongs to. The first account is the master: its tokens
 * administer the installation. No other account sees another's documents.
 */
export type Accounts = {
  /** Creates the master account on first start. Credentials are returned only then, to be written down. */
  ensureMaster: () => Promise<{ accountId: string; credentials: Credentials | undefined }>
  launchToken: string
  authenticate: (token: string) => Principal | undefined
  accountExists: (accountId: string) => boolean
  /** Throws `invalid_credentials`, or a validation error when no account is named or found. */
  logIn: (input: UserAuthInput) => Promise<LogIn>
  logInWithKey: (apiKey: string) => Promise<LogIn>
  session: (principal: Principal) => Session
  create: (input: AccountInput) => Promise<AccountDocument>
  list: () => AccountDocument[]
  get: (accountId: string) => AccountDocument
  apiKey: (accountId: string) => string
  /** What is kept of a user's password: enough to compare with, too little to log in with. */
  hashesOf: (username: string, password: string) => Promise<Hashes>
  /** Id of the account with this SIP realm, whatever its case. */
  idByRealm: (realm: string) => string | undefined
}

export type Hashes = { md5: string; sha1: string }

export type LogIn = { token: string; session: Session }

export type Credentials = {
  account_id: string
  account_name: string
  account_realm: string
  username: string
  password: string
  api_key: string
}

const username = 'admin'

export const createAccounts = (deps: {
  db: Database
  documents: Documents
  clock: Clock
  defaultLanguage: () => string
}): Accounts => {
  const { db } = deps
  const directory = createDirectory(deps)
  const { masterId } = directory
  const sessions = createSessions({ ...deps, masterId, mayLogIn: directory.mayLogIn })

  const session = ({ accountId, ownerId, isAdmin }: Principal): Session => {
    const { body, ...account } = directory.get(accountId)
    return {
      account_id: accountId,
      account_name: nameOf({ ...account, body }),
      ...(ownerId !== undefined && { owner_id: ownerId }),
      is_master_account: isAdmin,
      is_reseller: isAdmin,
      reseller_id: masterId() ?? accountId,
      language: typeof body.language === 'string' ? body.language : deps.defaultLanguage(),
      cluster_id: masterId() ?? accountId,
      apps: [],
      capabilities: {},
      ui_config: {},
    }
  }

  const logInAs = async (accountId: string, ownerId: string | undefined): Promise<LogIn> => {
    const principal = await sessions.open(accountId, ownerId)
    return { token: principal.token, session: session(principal) }
  }

  return {
    ensureMaster: async () => {
      const existing = masterId()
      if (existing !== undefined) return { accountId: existing, credentials: undefined }
      const password = newPassword()
      const hashes = await hashesOf(username, password)
      const account = await db.write((tx) => {
        const created = directory.insert(tx, { name: 'Main account', realm: 'main.patchbay.local' })
        directory.insertUser(tx, created.id, { username, ...hashes })
        return created
      })
      const credentials = {
        account_id: account.id,
        account_name: nameOf(account),
        account_realm: realmOf(account),
        username,
        password,
        api_key: apiKeyOf(account),
      }
      return { accountId: account.id, credentials }
    },
    launchToken: sessions.launchToken,
    authenticate: sessions.authenticate,
    accountExists: directory.exists,
    logIn: async (input) => {
      const account = accountNamedBy(input, directory.all())
      const kind = input.method === 'md5' || input.method === undefined ? 'md5' : 'sha1'
      for (const { id, private: kept } of directory.administratorsOf(account.id)) {
        const secret = kept[kind]
        const isRight =
          typeof secret === 'string' &&
          (await isProtectedBy(secret, input.credentials.toLowerCase()))
        if (isRight) return logInAs(account.id, id)
      }
      throw new AppError('invalid_credentials')
    },
    logInWithKey: async (apiKey) => {
      const account = directory.all().find((each) => isSameSecret(apiKeyOf(each), apiKey))
      if (!account) throw new AppError('invalid_credentials')
      return logInAs(account.id, undefined)
    },
    session,
    create: async (input) => {
      const account = await db.write((tx) => directory.insert(tx, input))
      return { ...toAccountDocument(account), api_key: apiKeyOf(account) }
    },
    list: () => directory.all().map(toAccountDocument),
    get: (accountId) => toAccountDocument(directory.get(accountId)),
    apiKey: (accountId) => apiKeyOf(directory.get(accountId)),
    hashesOf,
    idByRealm: directory.idByRealm,
  }
}

const hashesOf = async (username: string, password: string): Promise<Hashes> => {
  const [md5, sha1] = await Promise.all([
    protect(credentialsOf('md5', username, password)),
    protect(credentialsOf('sha1', username, password)),
  ])
  return { md5, sha1 }
}

/** By name, realm or number, in this order. Accounts have no numbers yet, so that none is found by one. */
const accountNamedBy = (input: UserAuthInput, all: readonly StoredDocument[]): StoredDocument => {
  const ways = [
    ['account_name', nameOf],
    ['account_realm', realmOf],
    ['phone_number', () => ''],
  ] as const
  for (const [field, valueOf] of ways) {
    const wanted = input[field]
    if (wanted === undefined) continue
    const found = all.find((account) => isSameName(valueOf(account), wanted))
    if (found) return found
    const message = 'The provided account could not be found'
    throw invalid({ [field]: { not_found: { message, cause: wanted } } })
  }
  const message = 'Field is required but missing'
  throw invalid({ account_name: { required: { message, value: 'account_name' } } })
}
