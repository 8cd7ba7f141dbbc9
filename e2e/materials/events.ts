import type { ObjectEvent, SocketCommand } from '#contract/events'
import type { Host } from '../hosts/host.ts'

type Frame = { action: string; data: ObjectEvent }

/** What a script hears of changes of media over the websocket, from now on. */
export const hearMedia = async ({ url, token }: Host, accountId: string) => {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/socket`)
  const heard: ObjectEvent[] = []
  const subscribe: SocketCommand = {
    action: 'subscribe',
    auth_token: token,
    data: { account_id: accountId, binding: 'object.*.media' },
  }
  const answered = Promise.withResolvers<Frame>()
  socket.addEventListener('open', () => socket.send(JSON.stringify(subscribe)))
  socket.addEventListener('error', () => answered.reject(new Error('the websocket failed')))
  socket.addEventListener('message', ({ data }) => {
    const frame = JSON.parse(String(data)) as Frame
    if (frame.action === 'event') heard.push(frame.data)
    else answered.resolve(frame)
  })
  await answered.promise
  return { heard, stop: () => socket.close() }
}
