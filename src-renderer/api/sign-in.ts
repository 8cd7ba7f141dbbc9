import { userAuth } from '#contract/accounts'
import { status } from '#contract/studio'
import { bridge } from '../lib/bridge.ts'
import { sha1 } from '../lib/sha1.ts'
import { ApiError } from './api-error.ts'
import { call, callEnvelope } from './client.ts'
import { keepToken, keptToken, signOut, useSession } from './session.ts'

export type Credentials = { accountName: string; userName: string; password: string }

/** Reads `#token=…` once and takes it out of the address, so that it is neither kept nor shared. */
const takeFragmentToken = (): string | null => {
  const fragment = new URLSearchParams(window.location.hash.slice(1).replace(/^\//, ''))
  const token = fragment.get('token')
  if (token !== null) {
    window.history.replaceState(null, '', window.location.pathname + window.location.search)
  }
  return token
}

const launchToken = async (): Promise<string | null> => {
  const launched = await bridge.launch?.().catch(() => null)
  return launched?.token ?? null
}

/** Asks the backend whose token this is; a good one makes the session ready. */
const openSession = async (token: string): Promise<void> => {
  keepToken(token)
  try {
    const { account, is_admin: isAdmin } = await call(status)
    useSession.setState({ phase: 'ready', account, isAdmin, notice: null })
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    if (error.status === 401) signOut('This link or login is no longer valid. Please log in.')
    else useSession.setState({ phase: 'unreachable', notice: error.message })
  }
}

/** Finds a token in the launch link, in this window's memory or with the shell, in this order. */
export const startSession = async (): Promise<void> => {
  const token = takeFragmentToken() ?? keptToken() ?? (await launchToken())
  if (token === null) signOut()
  else await openSession(token)
}

/** Tries again what could not be reached. */
export const retrySession = async (): Promise<void> => {
  const { token } = useSession.getState()
  if (token === null) await startSession()
  else await openSession(token)
}

/** A desktop window whose backend was restarted gets its new token from the shell, without asking anybody. */
export const renewSession = async (): Promise<void> => {
  const token = await launchToken()
  if (token !== null && token !== useSession.getState().token) await openSession(token)
}

export const logIn = async ({ accountName, userName, password }: Credentials): Promise<void> => {
  const { auth_token: token } = await callEnvelope(userAuth, {
    data: {
      credentials: sha1(`${userName.toLowerCase()}:${password}`),
      method: 'sha',
      account_name: accountName,
    },
  })
  if (token !== undefined) await openSession(token)
}
