import { gregorianNow, type Clock } from '../../platform/clock.ts'
import type { Principal } from '../../platform/http/route.ts'
import type { Database } from '../../platform/sqlite/sqlite.ts'
import { isSameSecret, newSecret, sha256 } from './secrets.ts'
import { dropExpiredTokens, findToken, insertToken } from './store.ts'

/** Who a token belongs to, and for how long. */
export type Sessions = {
  /** The token of the person at this machine; lives as long as the process. */
  launchToken: string
  authenticate: (token: string) => Principal | undefined
  open: (accountId: string, ownerId: string | undefined) => Promise<Principal>
}

/** Crossbar's `token_auth_expiry_s`. */
const lifetimeS = 3600

export const createSessions = (deps: {
  db: Database
  clock: Clock
  masterId: () => string | undefined
  /** Whether a user who logged in still may. */
  mayLogIn: (accountId: string, userId: string) => boolean
}): Sessions => {
  const { db, clock, masterId, mayLogIn } = deps
  const launchToken = newSecret()
  return {
    launchToken,
    authenticate: (token) => {
      if (isSameSecret(token, launchToken)) {
        return { accountId: masterId() ?? '', ownerId: undefined, isAdmin: true, token }
      }
      const record = findToken(db, sha256(token), gregorianNow(clock))
      if (record?.ownerId !== undefined && !mayLogIn(record.accountId, record.ownerId)) {
        return undefined
      }
      return record && { ...record, isAdmin: record.accountId === masterId(), token }
    },
    open: async (accountId, ownerId) => {
      const token = newSecret()
      const now = gregorianNow(clock)
      await db.write((tx) => {
        dropExpiredTokens(tx, now)
        insertToken(tx, sha256(token), { accountId, ownerId }, now + lifetimeS)
      })
      return { accountId, ownerId, isAdmin: accountId === masterId(), token }
    },
  }
}
