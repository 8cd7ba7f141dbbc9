import type { QueryClient, QueryKey } from '@tanstack/react-query'
import { create } from 'zustand'
import { objectTypes, socketPath, type ObjectEvent, type SocketCommand } from '#contract/events'
import type { ConferenceHappening } from '#contract/live-conferences'
import { backoffMs } from '../lib/backoff.ts'
import { coalesce } from '../lib/coalesce.ts'

type LiveState = {
  state: 'connecting' | 'open' | 'waiting'
  /** When the connection was lost, ms since 1970; null while it stands. */
  lostAt: number | null
}

export const useLive = create<LiveState>(() => ({ state: 'connecting', lostAt: null }))

type Listener = (event: ObjectEvent) => void
const listeners = new Set<Listener>()

/** Tells of every change of a document as it happens; the answer stops that. */
export const onObjectEvent = (listener: Listener): (() => void) => {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}

const invalidateEveryMs = 250
const pingEveryMs = 30_000

/** Which cached data a change of a document makes old. */
export const staleKeys = (type: ObjectEvent['type']): readonly QueryKey[] => {
  switch (type) {
    case 'media':
      return [['media'], ['prompts']]
    case 'script':
      return [['prompts']]
    case 'job':
      return [['jobs']]
    case 'settings':
      return [['settings'], ['status']]
    case 'source':
      return [['sources']]
    case 'draft':
      return [['drafts']]
    case 'recipe':
      return [['recipes']]
    case 'batch':
      return [['batches']]
    case 'user':
      return [['users']]
    case 'device':
    case 'registration':
      return [['devices']]
    case 'conference':
      return [['conferences']]
  }
}

const bindings = [...objectTypes.map((type) => `object.*.${type}`), 'studio.conferences']

type Frame =
  | { action: 'reply'; status: 'success' | 'error' }
  | { action: 'event'; data: ObjectEvent | ConferenceHappening }
  | { action: 'other' }

const isFrame = (value: unknown): value is Frame =>
  typeof value === 'object' && value !== null && 'action' in value

export const parseFrame = (text: unknown): Frame => {
  try {
    const frame: unknown = JSON.parse(String(text))
    return isFrame(frame) ? frame : { action: 'other' }
  } catch {
    return { action: 'other' }
  }
}

type LiveOptions = { token: string; accountId: string; queryClient: QueryClient }

// Not a UUID: crypto.randomUUID() is missing on a page served over plain HTTP from another machine.
let requests = 0
const nextRequestId = () => `live-${++requests}`

const socketUrl = () => new URL(socketPath, window.location.href.replace(/^http/, 'ws')).href

/** Keeps one websocket open until the answer is called, and cached data in step with what it says. */
export const startLive = ({ token, accountId, queryClient }: LiveOptions): (() => void) => {
  let socket: WebSocket | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let attempt = 0
  let isStopped = false

  const invalidations = coalesce<ObjectEvent['type']>(invalidateEveryMs, (types) => {
    for (const type of types)
      for (const queryKey of staleKeys(type)) void queryClient.invalidateQueries({ queryKey })
  })

  const send = (command: SocketCommand) => socket?.send(JSON.stringify(command))

  // Notices a connection that died without a word, and keeps idle ones from being closed.
  const ping = () => {
    send({ action: 'ping', request_id: nextRequestId() })
    timer = setTimeout(ping, pingEveryMs)
  }

  const subscribed = () => {
    clearTimeout(timer)
    timer = setTimeout(ping, pingEveryMs)
    // Whatever was asked for before this moment may have changed unheard, the first time too.
    void queryClient.invalidateQueries()
    attempt = 0
    useLive.setState({ state: 'open', lostAt: null })
  }

  const receive = ({ data }: MessageEvent) => {
    const frame = parseFrame(data)
    if (frame.action === 'event') {
      const { data: event } = frame
      if ('type' in event) {
        invalidations.add(event.type)
        for (const listener of listeners) listener(event)
      } else invalidations.add('conference')
    } else if (frame.action === 'reply') {
      if (frame.status === 'error') {
        // A token that ended with an older backend is refused here for ever: a call says so, and a login follows.
        void queryClient.invalidateQueries()
        socket?.close()
      } else if (useLive.getState().state !== 'open') subscribed()
    }
  }

  const lost = () => {
    if (isStopped) return
    clearTimeout(timer)
    const { lostAt } = useLive.getState()
    useLive.setState({ state: 'waiting', lostAt: lostAt ?? Date.now() })
    timer = setTimeout(connect, backoffMs(attempt))
    attempt += 1
  }

  const connect = () => {
    useLive.setState({ state: 'connecting' })
    socket = new WebSocket(socketUrl())
    socket.onopen = () =>
      send({
        action: 'subscribe',
        auth_token: token,
        request_id: nextRequestId(),
        data: { account_id: accountId, bindings },
      })
    socket.onmessage = receive
    socket.onclose = lost
  }

  connect()
  return () => {
    isStopped = true
    clearTimeout(timer)
    invalidations.stop()
    socket?.close()
    useLive.setState({ state: 'connecting', lostAt: null })
  }
}
