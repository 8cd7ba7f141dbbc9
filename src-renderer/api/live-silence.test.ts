import { QueryClient } from '@tanstack/react-query'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { startLive, useLive } from './live.ts'

/** A connection whose other end is the test. */
const sampleSocket = () => ({
  readyState: 1,
  sent: [] as string[],
  isClosed: false,
  onopen: null as (() => void) | null,
  onmessage: null as ((event: { data: string }) => void) | null,
  onclose: null as (() => void) | null,
  send(text: string) {
    this.sent.push((JSON.parse(text) as { action: string }).action)
  },
  close() {
    this.isClosed = true
  },
})
type SampleSocket = ReturnType<typeof sampleSocket>

let sockets: SampleSocket[]
let page: EventTarget
let stop: () => void

beforeEach(() => {
  vi.useFakeTimers()
  sockets = []
  page = Object.assign(new EventTarget(), { location: { href: 'http://127.0.0.1/' } })
  vi.stubGlobal('window', page)
  const open = vi.fn(function open() {
    const socket = sampleSocket()
    sockets.push(socket)
    return socket
  })
  vi.stubGlobal('WebSocket', Object.assign(open, { OPEN: 1 }))
  stop = startLive({ token: 't', accountId: 'a', queryClient: new QueryClient() })
})
afterEach(() => {
  stop()
  expect(vi.getTimerCount()).toBe(0)
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const last = () => sockets.at(-1) ?? expect.unreachable('nothing was opened')
const state = () => useLive.getState().state
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms)
const say = (frame: object) => last().onmessage?.({ data: JSON.stringify(frame) })
const connect = () => {
  last().onopen?.()
  say({ action: 'reply', status: 'success', data: { epoch: 'e1', seq: 1 } })
  expect(state()).toBe('open')
}
const answerPings = () => {
  const { sent } = last()
  if (sent.at(-1) === 'ping') {
    sent.push('answered')
    say({ action: 'reply', status: 'success', data: {} })
  }
}

it('asks a silent connection whether it is there, and keeps one that answers', async () => {
  connect()
  for (let second = 0; second < 60; second += 1) {
    await pass(1000)
    answerPings()
  }
  expect([state(), sockets.length]).toEqual(['open', 1])
  expect(last().sent.filter((each) => each === 'ping').length).toBeGreaterThan(3)
})

it('asks nothing where something is heard all the time', async () => {
  connect()
  for (let second = 0; second < 60; second += 1) {
    await pass(1000)
    say({ action: 'event', data: { event: 'levels', levels: [] } })
  }
  expect([state(), last().sent]).toEqual(['open', ['subscribe']])
})

it('gives up one that says nothing within fifteen seconds, and opens another', async () => {
  connect()
  const [silent] = sockets
  await pass(4000)
  say({ action: 'event', data: { event: 'levels', levels: [] } })
  await pass(10_999)
  expect(state()).toBe('open')
  await pass(1)
  expect([state(), silent?.isClosed]).toEqual(['waiting', true])
  await pass(250)
  expect([state(), sockets.length]).toEqual(['connecting', 2])
  connect()
  // What the first one tells at last is about nothing any more.
  silent?.onclose?.()
  expect([state(), silent?.onmessage]).toEqual(['open', null])
})

it('gives up one that does not come about', async () => {
  await pass(10_250)
  expect([state(), sockets.length]).toEqual(['connecting', 2])
  expect(sockets[0]?.isClosed).toBe(true)
})

it('doubts it when the network goes, and comes back as soon as that does', async () => {
  connect()
  page.dispatchEvent(new Event('offline'))
  await pass(1000)
  answerPings()
  await pass(2000)
  expect(state()).toBe('open')

  page.dispatchEvent(new Event('offline'))
  await pass(2000)
  expect(state()).toBe('waiting')
  page.dispatchEvent(new Event('online'))
  expect([state(), sockets.length]).toEqual(['connecting', 2])
  connect()
  page.dispatchEvent(new Event('online'))
  expect([state(), sockets.length]).toEqual(['open', 2])
})
