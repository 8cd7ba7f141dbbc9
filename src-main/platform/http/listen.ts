import { createServer as createPlainServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { FastifyInstance } from 'fastify'
import { createScope, type Scope } from '../scope.ts'
import type { Sockets } from './sockets.ts'

/** Requests that are still running when the scope ends get this long to finish. */
const graceMs = 3000
/** How often connections are looked for that have answered their last request since. */
const lookMs = 50

const asSentence = (error: Error, port: number): Error => {
  const code = 'code' in error ? error.code : undefined
  if (code === 'EADDRINUSE') {
    return new Error(`port ${port} is in use: stop what uses it, or choose another with --port`, {
      cause: error,
    })
  }
  if (code === 'EACCES') {
    return new Error(
      `port ${port} may not be used by this user: choose one above 1023 with --port`,
      { cause: error },
    )
  }
  return error
}

const closeGently = (server: Server, close: () => Promise<unknown>) => async () => {
  const closing = createScope('closing')
  closing.timeout(() => server.closeAllConnections(), graceMs)
  // Closing ends those that are idle then; clients keep the others for requests that would not be taken.
  closing.interval(() => server.closeIdleConnections(), lookMs)
  try {
    await close()
  } finally {
    await closing.dispose()
  }
}

/** Listens until the scope ends; returns the URL without a trailing slash. */
export const listen = async (options: {
  scope: Scope
  server: FastifyInstance
  host: string
  port: number
}): Promise<string> => {
  const { scope, server, host, port } = options
  scope.add(closeGently(server.server, () => server.close()))
  try {
    await server.listen({ host, port })
  } catch (error) {
    throw error instanceof Error ? asSentence(error, port) : error
  }
  const { port: chosen } = server.server.address() as AddressInfo
  return `http://${host.includes(':') ? `[${host}]` : host}:${chosen}`
}

/** A port that speaks nothing but websockets. */
export const listenForSockets = async (options: {
  scope: Scope
  sockets: Sockets
  host: string
  port: number
}): Promise<void> => {
  const { scope, sockets, host, port } = options
  const server = createPlainServer((_request, response) => {
    response.writeHead(426, { upgrade: 'websocket', connection: 'Upgrade' }).end()
  })
  sockets.attach(server)
  const close = () => new Promise((resolve) => server.close(resolve))
  scope.add(closeGently(server, close))
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(asSentence(error, port)))
    server.listen(port, host, resolve)
  })
}
