import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { silentLog } from '../log.ts'
import { createScope } from '../scope.ts'
import { createOriginPolicy } from './origin.ts'
import { createSockets } from './sockets.ts'

it('ends a socket when the token it came with has expired', async () => {
  const scope = createScope('test')
  let isValid = true
  const principal = { accountId: 'a', ownerId: undefined, isAdmin: false, token: 't' }
  const sockets = createSockets({
    scope,
    log: silentLog,
    authority: { authenticate: () => (isValid ? principal : undefined), accountExists: () => true },
    origins: createOriginPolicy({ bind: '127.0.0.1', allowedOrigins: () => [] }),
    kinds: [],
    nowMs: () => 0,
    heartbeatMs: 10,
  })
  const server = createServer().listen(0, '127.0.0.1')
  sockets.attach(server)
  await once(server, 'listening')
  const socket = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}/`)
  await once(socket, 'open')
  socket.send(JSON.stringify({ action: 'ping', auth_token: 't' }))
  await once(socket, 'message')

  isValid = false

  const [code, reason] = (await once(socket, 'close')) as [number, Buffer]
  expect([code, reason.toString()]).toEqual([1008, 'authentication token expired'])
  await scope.dispose()
  server.close()
})
