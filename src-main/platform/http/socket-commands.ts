import { randomBytes } from 'node:crypto'
import type { SocketCommand, SocketReply } from '#contract/events'
import type { Log } from '../log.ts'
import type { Authority } from './access.ts'
import type { Principal } from './route.ts'

/** One client subscription: which account it is about, and which events it takes. */
export type Subscription = { accountId: string; binding: string }

/** A kind of binding; the wiring registers one a family of events. */
export type BindingKind = {
  /** A sentence when it cannot be subscribed to, undefined when it can, null when it is none of this kind. */
  refusal: (binding: string) => string | undefined | null
  /** What the reply to a subscription shows besides: how things stand now that events are told. */
  shown?: (accountId: string, bindings: readonly string[]) => Record<string, unknown>
  /** Called when the first socket of all has subscribed to one, and when the last is gone. Must not throw. */
  interest?: (subscription: Subscription, isWanted: boolean) => void
}

/** What a socket has told us: who it is and what it wants to hear. */
export type SocketState = { principal: Principal | undefined; subscriptions: Subscription[] }

export type SocketCommands = {
  /** Obeys one text frame and returns the frame to answer with (spec: websocket). */
  answer: (state: SocketState, frame: string) => SocketReply
}

const maximumSubscriptions = 1000

class SocketRefusal extends Error {}

const bindingsOf = (data: Record<string, unknown>): string[] => {
  const named = data.bindings ?? data.binding
  const list: unknown[] = Array.isArray(named) ? named : named === undefined ? [] : [named]
  if (list.length === 0 || list.length > maximumSubscriptions) {
    throw new SocketRefusal('missing required keys : binding')
  }
  return list.map((binding) => {
    if (typeof binding === 'string' && binding.length <= 512) return binding
    throw new SocketRefusal('no available subscriptions to requested binding')
  })
}

const parseCommand = (frame: string): SocketCommand => {
  try {
    const parsed: unknown = JSON.parse(frame)
    if (typeof parsed === 'object' && parsed !== null && 'action' in parsed) {
      return parsed as SocketCommand
    }
  } catch {
    // Falls through: both are the same mistake to the client.
  }
  throw new SocketRefusal('a frame must be a JSON object with an action')
}

export const createSocketCommands = (deps: {
  authority: Authority
  kinds: readonly BindingKind[]
  log: Log
}): SocketCommands => {
  const { authority, kinds, log } = deps

  const authenticated = (state: SocketState, command: SocketCommand): Principal => {
    if (typeof command.auth_token === 'string') {
      state.principal = authority.authenticate(command.auth_token)
      if (!state.principal) throw new SocketRefusal('failed to authenticate token')
    }
    // The token may have expired since the socket said who it is.
    const principal = state.principal && authority.authenticate(state.principal.token)
    if (!principal) throw new SocketRefusal('authentication token required')
    return principal
  }

  const accountOf = (principal: Principal, data: Record<string, unknown>): string => {
    const accountId = data.account_id ?? principal.accountId
    if (typeof accountId !== 'string') throw new SocketRefusal('missing required keys : account_id')
    if (accountId === '*') throw new SocketRefusal('unauthorized wildcard account id')
    if (accountId !== principal.accountId && !principal.isAdmin) {
      throw new SocketRefusal('unauthorized account id')
    }
    return accountId
  }

  const check = (binding: string) => {
    for (const kind of kinds) {
      const refusal = kind.refusal(binding)
      if (refusal === null) continue
      if (refusal === undefined) return
      throw new SocketRefusal(refusal)
    }
    throw new SocketRefusal('no available subscriptions to requested binding')
  }

  const named = (state: SocketState) => state.subscriptions.map(({ binding }) => binding)

  const subscribe = (state: SocketState, accountId: string, data: Record<string, unknown>) => {
    const bindings = bindingsOf(data)
    bindings.forEach(check)
    for (const binding of bindings) {
      const isNew = !state.subscriptions.some(
        (known) => known.binding === binding && known.accountId === accountId,
      )
      if (isNew) state.subscriptions.push({ accountId, binding })
    }
    state.subscriptions.splice(maximumSubscriptions)
    const shown = kinds.map((kind) => {
      const own = kind.shown && bindings.filter((binding) => kind.refusal(binding) === undefined)
      return own && own.length > 0 ? kind.shown?.(accountId, own) : undefined
    })
    return Object.assign({ subscribed: named(state) }, ...shown) as Record<string, unknown>
  }

  const unsubscribe = (state: SocketState, data: Record<string, unknown>) => {
    const all = data.binding === undefined && data.bindings === undefined
    const gone = new Set(all ? named(state) : bindingsOf(data))
    state.subscriptions = state.subscriptions.filter(({ binding }) => !gone.has(binding))
    return { unsubscribed: [...gone], subscribed: named(state) }
  }

  const run = (state: SocketState, command: SocketCommand): Record<string, unknown> => {
    const principal = authenticated(state, command)
    const data = command.data ?? {}
    switch (command.action) {
      case 'ping':
        return { response: 'pong' }
      case 'subscribe':
        return subscribe(state, accountOf(principal, data), data)
      case 'unsubscribe':
        return unsubscribe(state, data)
      default:
        throw new SocketRefusal('unknown action: use subscribe, unsubscribe or ping')
    }
  }

  return {
    answer: (state, frame) => {
      const answer: SocketReply = { action: 'reply', request_id: '', status: 'success', data: {} }
      try {
        const command = parseCommand(frame)
        answer.request_id = command.request_id ?? randomBytes(16).toString('hex')
        answer.data = run(state, command)
      } catch (error) {
        answer.status = 'error'
        const isRefusal = error instanceof SocketRefusal
        if (!isRefusal) log.error('socket command failed', { error })
        answer.data = { errors: [isRefusal ? error.message : 'internal error'] }
      }
      return answer
    },
  }
}
