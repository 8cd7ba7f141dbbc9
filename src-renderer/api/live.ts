import type { QueryClient, QueryKey } from '@tanstack/react-query'
import { create } from 'zustand'
import { objectTypes, socketPath, type ObjectEvent, type SocketCommand } from '#contract/events'
import type { LevelsEvent } from '#contract/board'
import type { ConferenceHappening } from '#contract/live-conferences'
import { backoffMs } from '../lib/backoff.ts'
import { coalesce } from '../lib/coalesce.ts'
import { watchSilence } from './silence.ts'

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

/** What happened in a conference, numbered among all of the account. */
export type ToldHappening = ConferenceHappening & {
  readonly epoch: string
  readonly seq: number
}
/** Of the last event before a subscription: the next one is its successor. */
export type FeedPosition = { readonly epoch: string; readonly seq: number }

type ConferenceListener = {
  onHappening: (told: ToldHappening) => void
  onLevels?: (levels: LevelsEvent) => void
  /** The connection stands, for the first time or again. */
  onSubscribed?: (position: FeedPosition) => void
}
const conferenceListeners = new Set<ConferenceListener>()

/** Tells of everything that happens in the account's conferences; the answer stops that. */
export const onConferences = (listener: ConferenceListener): (() => void) => {
  conferenceListeners.add(listener)
  return () => {
    conferenceListeners.delete(listener)
  }
}

/** How many want a binding beside those of every window. */
const wanted = new Map<string, number>()
let sendBinding: (action: 'subscribe' | 'unsubscribe', binding: string) => void = () => undefined

/** Hears the levels of a conference until the answer is called, however often the connection is lost between. */
export const listenToLevels = (conferenceId: string): (() => void) => {
  const binding = `studio.levels.${conferenceId}`
  const count = wanted.get(binding) ?? 0
  wanted.set(binding, count + 1)
  if (count === 0) sendBinding('subscribe', binding)
  return () => {
    const left = (wanted.get(binding) ?? 1) - 1
    if (left > 0) wanted.set(binding, left)
    else {
      wanted.delete(binding)
      sendBinding('unsubscribe', binding)
    }
  }
}

const invalidateEveryMs = 250
/** Five people who come at once make the list old once. */
const listEveryMs = 1000

/** What the list of conferences shows: who talks is none of it. */
const changesList = new Set<ConferenceHappening['event']>([
  'conference-create',
  'conference-destroy',
  'add-member',
  'del-member',
  'lock',
  'unlock',
  'start-recording',
  'stop-recording',
])
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
  | {
      action: 'reply'
      request_id?: string
      status: 'success' | 'error'
      data?: Partial<FeedPosition>
    }
  | { action: 'event'; data: ObjectEvent | ToldHappening | LevelsEvent }
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

  const listChanges = coalesce<string>(listEveryMs, () => {
    void queryClient.invalidateQueries({ queryKey: ['conferences', 'list'] })
  })

  const send = (command: SocketCommand) => {
    if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify(command))
  }

  /** What a binding of its own is refused with says nothing about the connection. */
  const extras = new Set<string>()
  sendBinding = (action, binding) => {
    if (useLive.getState().state !== 'open') return
    const requestId = nextRequestId()
    extras.add(requestId)
    send({
      action,
      auth_token: token,
      request_id: requestId,
      data: { account_id: accountId, binding },
    })
  }

  const silence = watchSilence({
    // While it is being opened there is nobody to ask.
    ask: () => send({ action: 'ping', request_id: nextRequestId() }),
    giveUp: () => abandon(),
  })

  // The browser's idea of it says nothing about a backend on the same machine, which answers all the same.
  const doubt = () => {
    if (useLive.getState().state === 'open') silence.doubt()
  }

  const connectNow = () => {
    if (useLive.getState().state !== 'waiting') return
    clearTimeout(timer)
    connect()
  }

  const subscribed = ({ epoch, seq }: Partial<FeedPosition> = {}) => {
    // Whatever was asked for before this moment may have changed unheard, the first time too.
    void queryClient.invalidateQueries()
    attempt = 0
    useLive.setState({ state: 'open', lostAt: null })
    for (const binding of wanted.keys()) sendBinding('subscribe', binding)
    if (epoch === undefined || seq === undefined) return
    for (const { onSubscribed } of conferenceListeners) onSubscribed?.({ epoch, seq })
  }

  const receiveEvent = (event: ObjectEvent | ToldHappening | LevelsEvent) => {
    if ('type' in event) {
      invalidations.add(event.type)
      for (const listener of listeners) listener(event)
    } else if (event.event === 'levels') {
      for (const { onLevels } of conferenceListeners) onLevels?.(event)
    } else {
      if (changesList.has(event.event)) listChanges.add('list')
      for (const { onHappening } of conferenceListeners) onHappening(event)
    }
  }

  const receive = ({ data }: MessageEvent) => {
    silence.heard()
    const frame = parseFrame(data)
    if (frame.action === 'event') receiveEvent(frame.data)
    else if (frame.action === 'reply' && !extras.delete(frame.request_id ?? '')) {
      if (frame.status === 'error') {
        // A token that ended with an older backend is refused here for ever: a call says so, and a login follows.
        void queryClient.invalidateQueries()
        socket?.close()
      } else if (useLive.getState().state !== 'open') subscribed(frame.data)
    }
  }

  const lost = () => {
    if (isStopped) return
    extras.clear()
    silence.stop()
    const { lostAt } = useLive.getState()
    useLive.setState({ state: 'waiting', lostAt: lostAt ?? Date.now() })
    timer = setTimeout(connect, backoffMs(attempt))
    attempt += 1
  }

  /** Its end may be told much later, or never. */
  const abandon = () => {
    if (!socket) return
    socket.onopen = null
    socket.onmessage = null
    socket.onclose = null
    socket.close()
    lost()
  }

  const connect = () => {
    useLive.setState({ state: 'connecting' })
    silence.start()
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
  window.addEventListener('offline', doubt)
  window.addEventListener('online', connectNow)
  return () => {
    isStopped = true
    silence.stop()
    window.removeEventListener('offline', doubt)
    window.removeEventListener('online', connectNow)
    clearTimeout(timer)
    invalidations.stop()
    listChanges.stop()
    sendBinding = () => undefined
    socket?.close()
    useLive.setState({ state: 'connecting', lostAt: null })
  }
}
