import * as api from '#contract/accounts'
import { AppError } from '../../platform/errors.ts'
import { handle, json, type Route } from '../../platform/http/route.ts'
import type { Accounts, LogIn } from './accounts.ts'

const loggedIn = ({ token, session }: LogIn) => json(session, { token })

export const accountRoutes = (accounts: Accounts): Route[] => [
  handle(api.userAuth, async ({ data }) => loggedIn(await accounts.logIn(data))),
  handle(api.apiAuth, async ({ data }) => loggedIn(await accounts.logInWithKey(data.api_key))),
  handle(api.tokenInfo, ({ params, principal }) => {
    const owner = accounts.authenticate(params.token ?? '')
    const isVisible = owner?.accountId === principal.accountId || principal.isAdmin
    if (!owner || !isVisible) throw new AppError('bad_identifier')
    return json(accounts.session(owner))
  }),
  handle(api.create, async ({ data }) => {
    const account = await accounts.create(data)
    return json(account, { created: account.id })
  }),
  handle(api.list, () => json(accounts.list())),
  handle(api.get, ({ accountId }) => json(accounts.get(accountId))),
  handle(api.apiKey, ({ accountId }) => json({ api_key: accounts.apiKey(accountId) })),
]
