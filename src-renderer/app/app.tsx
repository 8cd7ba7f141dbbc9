import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { startLive } from '../api/live.ts'
import { useSession } from '../api/session.ts'
import { renewSession, retrySession, startSession } from '../api/sign-in.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { useCommandKeys } from './commands.ts'
import { Layout } from './layout.tsx'
import { LoginForm, LoginScreen } from './login.tsx'

const retryAfterMs = 2000

const Unreachable = () => {
  const notice = useSession((state) => state.notice)
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    let isShown = true
    const retryLater = () => {
      timer = setTimeout(() => {
        void retrySession().finally(() => {
          if (isShown) retryLater()
        })
      }, retryAfterMs)
    }
    retryLater()
    return () => {
      isShown = false
      clearTimeout(timer)
    }
  }, [])
  return (
    <EmptyState
      icon="warning"
      title={notice ?? 'The backend does not answer'}
      actions={<Button onPress={() => void retrySession()}>Try again now</Button>}
    >
      <p>It is asked again every two seconds.</p>
    </EmptyState>
  )
}

/** The app stays where it was underneath: what was typed is still there after the login. */
const Expired = () => {
  useEffect(() => {
    void renewSession()
  }, [])
  return (
    <Dialog isOpen isLocked onOpenChange={() => undefined} size="small" title="Log in again">
      <LoginForm />
    </Dialog>
  )
}

/** One live connection per token; another account starts with an empty cache. */
const useLiveData = () => {
  const queryClient = useQueryClient()
  const { phase, token, account } = useSession()
  const lastAccount = useRef(account.id)
  useEffect(() => {
    if (phase !== 'ready' || token === null) return
    if (lastAccount.current !== '' && lastAccount.current !== account.id) queryClient.clear()
    lastAccount.current = account.id
    return startLive({ token, accountId: account.id, queryClient })
  }, [phase, token, account.id, queryClient])
}

export const App = () => {
  const { phase, account } = useSession()
  useCommandKeys()
  useLiveData()
  useEffect(() => {
    void startSession()
  }, [])

  switch (phase) {
    case 'starting':
      return null
    case 'unreachable':
      return <Unreachable />
    case 'signed-out':
      return <LoginScreen />
    case 'ready':
    case 'expired':
      return (
        <>
          <Layout key={account.id} />
          {phase === 'expired' ? <Expired /> : null}
        </>
      )
  }
}
