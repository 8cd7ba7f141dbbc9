import { once } from 'node:events'
import { expect } from 'vitest'
import { WebSocket } from 'ws'
import type { TestApp } from '../../../test/app.ts'

/** A reply, or an event. */
type Frame = {
  readonly action: string
  readonly status?: string
  readonly data: Readonly<Record<string, unknown>>
}

/** A websocket client that is told of one binding. */
export const listen = async (
  app: TestApp,
  binding: string,
  { token = app.launchToken, accountId = app.accountId } = {},
) => {
  const socket = new WebSocket(`${app.url.replace('http', 'ws')}/socket`)
  await once(socket, 'open')
  const frames: Frame[] = []
  socket.on('message', (frame: Buffer) => void frames.push(JSON.parse(frame.toString()) as Frame))
  const data = { account_id: accountId, binding }
  socket.send(JSON.stringify({ action: 'subscribe', auth_token: token, data }))
  await expect.poll(() => frames.length, { timeout: 10_000 }).toBe(1)
  return {
    reply: frames[0],
    events: () => frames.filter(({ action }) => action === 'event'),
    close: () => socket.close(),
  }
}
