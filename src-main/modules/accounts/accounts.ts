import type { AccountDocument, AccountInput, Session, UserAuthInput } from '#contract/accounts'
import { gregorianNow, type Clock } from '../../platform/clock.ts'
import { newId, type Documents, type StoredDocument } from '../../platform/documents/documents.ts'
import { AppError, invalid } from '../../platform/errors.ts'
import type { Principal } from '../../platform/http/route.ts'
import type { Database, Writer } from '../../platform/sqlite/sqlite.ts'
import {
  credentialsOf,
  isProtectedBy,
  isSameSecret,
  newPassword,
  newSecret,
  protect,
  sha256,
} from './secrets.ts'
import { dropExpiredTokens, findToken, insertToken } from './store.ts'

/**
 * Accounts, their users, and who a token belongs to. The first account is the master: its tokens
 * administer the installation. No account sees another's documents.
 */
export type Accounts = {
  /** Creates the master account on first start. Credentials are returned only then, to be written down. */
  ensureMaster: () => Promise<{ accountId: string; credentials: Credentials | undefined }>
  /** The token of the person at this machine; lives as long as the process. */
  launchToken: () => string
  authenticate: (token: string) => Principal | undefined
  accountExists: (accountId: string) => boolean
  /** Throws `invalid_credentials`, or a validation error when no account is named. */
  logIn: (input: UserAuthInput) => Promise<LogIn>
  logInWithKey: (apiKey: string) => Promise<LogIn>
  session: (principal: Principal) => Session
  create: (input: AccountInput) => Promise<AccountDocument>
  list: () => AccountDocument[]
  get: (accountId: string) => AccountDocument
  apiKey: (accountId: string) => string
}

export type LogIn = { token: string; session: Session }

export type Credentials = {
  account_id: string
  account_name: string
  account_realm: string
  username: string
  password: string
  api_key: string
}

/** Crossbar's `token_auth_expiry_s`. */
const tokenLifetimeS = 3600
const root = 'accounts'
const username = 'admin'

const key = (id: string) => ({ accountId: root, type: 'account', id })

const nameOf = (account: StoredDocument): string => String(account.body.name)
const realmOf = (account: StoredDocument): string => String(account.body.realm)

const toDocument = (account: StoredDocument): AccountDocument => ({
  ...account.body,
  id: account.id,
  name: nameOf(account),
  realm: realmOf(account),
})

export const createAccounts = (deps: {
  db: Database
  documents: Documents
  clock: Clock
  defaultLanguage: () => string
}): Accounts => {
  const { db, documents, clock } = deps
  const launch = newSecret()

  const all = (): StoredDocument[] =>
    documents.page({
      accountId: root,
      type: 'account',
      query: { paginate: 'false', ascending: 'true' },
    }).items
  // Asked with every request, and never changes once it exists.
  let masterId: string | undefined
  const master = (): string | undefined => (masterId ??= all()[0]?.id)
  const find = (id: string): StoredDocument => documents.get(key(id))
  const isMaster = (accountId: string): boolean => master() === accountId

  const refuseTaken = (input: AccountInput, realm: string) => {
    const same = (a: string, b: string) => a.toLowerCase() === b.toLowerCase()
    for (const account of all()) {
      const field = same(nameOf(account), input.name)
        ? 'name'
        : same(realmOf(account), realm)
          ? 'realm'
          : undefined
      if (field === undefined) continue
      const cause = field === 'name' ? input.name : realm
      throw invalid({ [field]: { unique: { message: `Account ${field} already in use`, cause } } })
    }
  }

  const insert = (tx: Writer, input: AccountInput, id = newId()): StoredDocument => {
    const realm = input.realm ?? `${id.slice(0, 8)}.patchbay.local`
    refuseTaken(input, realm)
    return documents.create(tx, key(id), {
      body: { ...input, realm },
      private: { api_key: newSecret() },
    })
  }

  const issueToken = async (accountId: string, ownerId: string | undefined): Promise<LogIn> => {
    const token = newSecret()
    const now = gregorianNow(clock)
    await db.write((tx) => {
      dropExpiredTokens(tx, now)
      insertToken(tx, sha256(token), { accountId, ownerId }, now + tokenLifetimeS)
    })
    return { token, session: session({ accountId, ownerId, isAdmin: isMaster(accountId), token }) }
  }

  const session = ({ accountId, ownerId, isAdmin }: Principal): Session => ({
    account_id: accountId,
    account_name: nameOf(find(accountId)),
    ...(ownerId !== undefined && { owner_id: ownerId }),
    is_master_account: isAdmin,
    is_reseller: isAdmin,
    reseller_id: master() ?? accountId,
    language: String(find(accountId).body.language ?? deps.defaultLanguage()),
    cluster_id: master() ?? accountId,
    apps: [],
    capabilities: {},
    ui_config: {},
  })

  const accountFor = (input: UserAuthInput): StoredDocument => {
    const { account_name: name, account_realm: realm, phone_number: number } = input
    const [field, wanted] =
      name !== undefined
        ? (['account_name', name] as const)
        : realm !== undefined
          ? (['account_realm', realm] as const)
          : (['phone_number', number] as const)
    if (wanted === undefined) {
      throw invalid({
        account_name: {
          required: { message: 'Field is required but missing', value: 'account_name' },
        },
      })
    }
    const value = field === 'account_realm' ? realmOf : nameOf
    // Accounts have no numbers yet, so that none is found by one.
    const found = all().find(
      (account) =>
        field !== 'phone_number' && value(account).toLowerCase() === wanted.toLowerCase(),
    )
    if (found) return found
    throw invalid({
      [field]: { not_found: { message: 'The provided account could not be found', cause: wanted } },
    })
  }

  return {
    ensureMaster: async () => {
      const existing = master()
      if (existing !== undefined) return { accountId: existing, credentials: undefined }
      const password = newPassword()
      const [md5, sha1] = await Promise.all(
        (['md5', 'sha1'] as const).map((method) =>
          protect(credentialsOf(method, username, password)),
        ),
      )
      const account = await db.write((tx) => {
        const created = insert(tx, { name: 'Main account', realm: 'main.patchbay.local' })
        documents.create(
          tx,
          { accountId: created.id, type: 'user', id: newId() },
          { body: { username, priv_level: 'admin' }, private: { md5, sha1 } },
        )
        return created
      })
      const credentials = {
        account_id: account.id,
        account_name: nameOf(account),
        account_realm: realmOf(account),
        username,
        password,
        api_key: String(account.private.api_key),
      }
      return { accountId: account.id, credentials }
    },
    launchToken: () => launch,
    authenticate: (token) => {
      if (isSameSecret(token, launch)) {
        const accountId = master() ?? ''
        return { accountId, ownerId: undefined, isAdmin: true, token }
      }
      const record = findToken(db, sha256(token), gregorianNow(clock))
      return record && { ...record, isAdmin: isMaster(record.accountId), token }
    },
    accountExists: (accountId) => documents.find(key(accountId))?.deleted === false,
    logIn: async (input) => {
      const account = accountFor(input)
      const users = documents.page({
        accountId: account.id,
        type: 'user',
        query: { paginate: 'false' },
      }).items
      const field = input.method === 'md5' || input.method === undefined ? 'md5' : 'sha1'
      for (const user of users) {
        const kept = user.private[field]
        if (
          typeof kept === 'string' &&
          (await isProtectedBy(kept, input.credentials.toLowerCase()))
        ) {
          return issueToken(account.id, user.id)
        }
      }
      throw new AppError('invalid_credentials')
    },
    logInWithKey: async (apiKey) => {
      const account = all().find(({ private: { api_key: kept } }) =>
        isSameSecret(String(kept), apiKey),
      )
      if (!account) throw new AppError('invalid_credentials')
      return issueToken(account.id, undefined)
    },
    session,
    create: async (input) => {
      const account = await db.write((tx) => insert(tx, input))
      return { ...toDocument(account), api_key: String(account.private.api_key) }
    },
    list: () => all().map(toDocument),
    get: (accountId) => toDocument(find(accountId)),
    apiKey: (accountId) => String(find(accountId).private.api_key),
  }
}
