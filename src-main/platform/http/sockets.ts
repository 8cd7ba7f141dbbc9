import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import type { SocketEvent, SocketReply } from '#contract/events'
import { WebSocketServer, type WebSocket } from 'ws'
import type { Log } from '../log.ts'
import type { Scope } from '../scope.ts'
import type { Authority } from './access.ts'
import type { OriginPolicy } from './origin.ts'
import { createInterest } from './interest.ts'
import {
  createSocketCommands,
  type BindingKind,
  type SocketState,
  type Subscription,
} from './socket-commands.ts'

export type Publication = {
  /** Undefined: of every account. */
  accountId: string | undefined
  name: string
  /** Internal name of what happened, as `routing_key`. */
  routingKey: string
  /** Whether a binding, as the client wrote it, takes this event. */
  matches: (binding: string) => boolean
  data: Record<string, unknown>
}

export type SocketSession = { id: string; openedMs: number; subscriptions: readonly Subscription[] }

export type Sockets = {
  /** Takes upgrade requests of `path` (or of any path) on a server. */
  attach: (server: Server, path?: string) => void
  publish: (event: Publication) => void
  sessionsOf: (accountId: string) => SocketSession[]
}

export type SocketsDeps = {
  scope: Scope
  log: Log
  authority: Authority
  origins: OriginPolicy
  kinds: readonly BindingKind[]
  nowMs: () => number
  /** How often sockets are looked at: whether they answer, and may still listen. */
  heartbeatMs?: number
}

type Session = SocketState & {
  id: string
  socket: WebSocket
  openedMs: number
  isAlive: boolean
}

const maximumFrame = 64 * 1024
/** A client that reads too slowly is dropped; it reconnects and refetches. */
const maximumBacklog = 8 * 1024 * 1024
/** A socket that never says who it is must not stay. */
const greetingMs = 60_000
const farewellMs = 500

/** A server cannot close while a client keeps its socket open: who does not answer is cut off. */
const farewell = (socket: WebSocket): Promise<void> =>
  new Promise((resolve) => {
    const impatient = setTimeout(() => socket.terminate(), farewellMs)
    socket.once('close', () => {
      clearTimeout(impatient)
      resolve()
    })
    socket.close(1001, 'going away')
  })

const tell = (socket: WebSocket, frame: SocketReply | SocketEvent) => {
  if (socket.bufferedAmount > maximumBacklog) socket.terminate()
  else socket.send(JSON.stringify(frame))
}

export const createSockets = (deps: SocketsDeps): Sockets => {
  const { scope, log, origins, heartbeatMs = 30_000 } = deps
  const commands = createSocketCommands(deps)
  const interest = createInterest(deps.kinds)
  const sessions = new Set<Session>()
  const wss = new WebSocketServer({ noServer: true, maxPayload: maximumFrame })
  scope.add(async () => {
    await Promise.all([...sessions].map(({ socket }) => farewell(socket)))
    wss.close()
  })

  const open = (socket: WebSocket, request: IncomingMessage) => {
    const { remoteAddress = '', remotePort = 0 } = request.socket
    const session: Session = {
      id: `${remoteAddress}:${remotePort}`,
      socket,
      openedMs: deps.nowMs(),
      principal: undefined,
      subscriptions: [],
      isAlive: true,
    }
    sessions.add(session)
    const stopGreeting = scope.timeout(() => {
      if (!session.principal) socket.close(1008, 'authentication token required')
    }, greetingMs)
    socket.on('message', (frame: Buffer, isBinary) => {
      if (isBinary) socket.close(1003, 'text frames only')
      else tell(socket, commands.answer(session, frame.toString()))
      interest.changed(session, session.subscriptions)
    })
    socket.on('pong', () => {
      session.isAlive = true
    })
    socket.on('error', (error) => log.debug('socket error', { error }))
    socket.on('close', () => {
      stopGreeting()
      sessions.delete(session)
      interest.changed(session, [])
    })
  }

  const refuse = (socket: Duplex, status: string) => {
    // Node has taken its own listener off: a client that resets now would end the process.
    socket.on('error', (error) => log.debug('refused upgrade failed', { error }))
    socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
  }

  scope.interval(() => {
    for (const session of sessions) {
      if (!session.isAlive) session.socket.terminate()
      session.isAlive = false
      session.socket.ping()
      // Events end with the token that asked for them.
      const { principal } = session
      if (principal && !deps.authority.authenticate(principal.token)) {
        session.socket.close(1008, 'authentication token expired')
      }
    }
  }, heartbeatMs)

  return {
    attach: (server, path) => {
      server.on('upgrade', (request, socket, head) => {
        const { host, origin, 'sec-websocket-protocol': protocol } = request.headers
        const isOurs = path === undefined || request.url?.split('?')[0] === path
        if (!isOurs) refuse(socket, '404 Not Found')
        else if (protocol !== undefined) refuse(socket, '400 Bad Request')
        else if (!origins.isHostAllowed(host)) refuse(socket, '403 Forbidden')
        else if (origin !== undefined && !origins.isOriginAllowed(origin, host))
          refuse(socket, '403 Forbidden')
        else wss.handleUpgrade(request, socket, head, (ready) => open(ready, request))
      })
    },
    publish: ({ accountId, name, routingKey, matches, data }) => {
      const takes = (subscription: Subscription) =>
        (accountId === undefined || subscription.accountId === accountId) &&
        matches(subscription.binding)
      for (const { socket, subscriptions } of sessions) {
        for (const { binding, accountId: subscribed } of subscriptions.filter(takes)) {
          const event: SocketEvent = {
            action: 'event',
            subscribed_key: binding,
            subscription_key: `${binding}.${subscribed}`,
            name,
            routing_key: routingKey,
            data,
          }
          tell(socket, event)
        }
      }
    },
    sessionsOf: (accountId) =>
      [...sessions]
        .filter(({ principal }) => principal?.accountId === accountId)
        .map(({ id, openedMs, subscriptions }) => ({ id, openedMs, subscriptions })),
  }
}
