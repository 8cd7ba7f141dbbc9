import { create } from 'zustand'

/**
 * `starting` until a token is found and tried; `unreachable` while the backend does not answer;
 * `signed-out` asks for a login; `expired` asks too, and keeps what is on the screen underneath.
 */
type SessionPhase = 'starting' | 'unreachable' | 'signed-out' | 'ready' | 'expired'

type Session = {
  phase: SessionPhase
  token: string | null
  account: { id: string; name: string }
  isAdmin: boolean
  /** Why a login is asked for. */
  notice: string | null
}

const storageKey = 'patchbay.token'

export const useSession = create<Session>(() => ({
  phase: 'starting',
  token: null,
  account: { id: '', name: '' },
  isAdmin: false,
  notice: null,
}))

/** The token is tried with the next call; it survives a reload of this window and nothing else. */
export const keepToken = (token: string): void => {
  globalThis.sessionStorage.setItem(storageKey, token)
  useSession.setState({ token })
}

const forgetToken = () => globalThis.sessionStorage.removeItem(storageKey)

export const keptToken = (): string | null => globalThis.sessionStorage.getItem(storageKey)

export const signOut = (notice: string | null = null): void => {
  forgetToken()
  useSession.setState({ phase: 'signed-out', token: null, notice })
}

/** The backend refused the token. */
export const expireSession = (): void => {
  const { phase } = useSession.getState()
  forgetToken()
  if (phase === 'ready')
    useSession.setState({
      phase: 'expired',
      notice: 'Your login has ended. Log in again to go on where you were.',
    })
}
