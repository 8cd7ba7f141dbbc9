import { useMutation } from '@tanstack/react-query'
import { useState, type SyntheticEvent } from 'react'
import { useSession } from '../api/session.ts'
import { logIn } from '../api/sign-in.ts'
import { showsOwnErrors } from '../api/query-client.ts'
import { Button } from '../ui/button.tsx'
import { TextField } from '../ui/field.tsx'
import { Icon } from '../ui/icon.tsx'
import './login.css'

/** Asks for account, user and password. */
export const LoginForm = () => {
  const { notice, account } = useSession()
  const [accountName, setAccountName] = useState(account.name)
  const [userName, setUserName] = useState('')
  const [password, setPassword] = useState('')
  const attempt = useMutation({ mutationFn: logIn, meta: showsOwnErrors })
  const canSubmit = accountName !== '' && userName !== '' && password !== ''

  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    if (canSubmit) attempt.mutate({ accountName, userName, password })
  }
  const problem = attempt.error?.message ?? notice
  return (
    <form className="login-form" onSubmit={submit}>
      {problem === null ? null : (
        <p className={attempt.error ? 'login-notice tone-bad' : 'login-notice muted'} role="alert">
          <Icon name={attempt.error ? 'error' : 'info'} />
          <span>{problem}</span>
        </p>
      )}
      <TextField
        label="Account"
        autoComplete="organization"
        value={accountName}
        onChange={setAccountName}
        autoFocus={accountName === ''}
      />
      <TextField
        label="User name"
        autoComplete="username"
        value={userName}
        onChange={setUserName}
        autoFocus={accountName !== ''}
      />
      <TextField
        label="Password"
        type="password"
        autoComplete="current-password"
        value={password}
        onChange={setPassword}
      />
      <Button type="submit" variant="primary" isDisabled={!canSubmit} isPending={attempt.isPending}>
        Log in
      </Button>
    </form>
  )
}

export const LoginScreen = () => (
  <main className="login">
    <div className="login-card">
      <h1 className="login-title">Patchbay</h1>
      <LoginForm />
      <p className="faint">
        The address that Patchbay prints when it starts logs you in. The first administrator’s login
        is in <code>credentials.json</code> in the data folder.
      </p>
    </div>
  </main>
)
