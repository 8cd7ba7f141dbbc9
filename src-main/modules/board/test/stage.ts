import { once } from 'node:events'
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest'
import { WebSocket } from 'ws'
import type { Board, HistoryEntry } from '#contract/board'
import { startApp, type TestApp } from '../../../test/app.ts'
import { startCallPhone, type CallPhone } from '../../../test/call-phone.ts'
import type { PhoneCall } from '../../../test/phone-call.ts'

/** A conference of the whole application, with Ada and =Bob in it for every test. */
export type Stage = {
  readonly app: TestApp
  /** Of the conference. */
  readonly id: string
  readonly ada: PhoneCall
  readonly bob: PhoneCall
  readonly get: <T>(path: string) => Promise<T>
  readonly board: () => Promise<Board>
  readonly history: (query?: string) => Promise<HistoryEntry[]>
  /** An action as `data` names it, on the conference or on a path below it. */
  readonly act: (data: object, path?: string, token?: string) => Promise<void>
}

const password = 'correct horse'
const number = '4000'

export const setStage = (): (() => Stage) => {
  let app: TestApp
  let id: string
  let phones: readonly CallPhone[]
  let stage: Stage

  const made = async (what: string, data: object): Promise<string> =>
    (
      (await app.call('PUT', `/v2/accounts/${app.accountId}/${what}`, { json: { data } })).envelope
        .data as { id: string }
    ).id
  const phone = async (user: string, displayName: string) => {
    await made('devices', { name: user, sip: { username: user, password } })
    return startCallPhone(app.sip ?? '', { user, displayName, password })
  }
  const get = async <T>(path: string): Promise<T> =>
    (await app.call('GET', `/studio/conferences/${id}/${path}`)).envelope.data as T
  const board = () => get<Board>('board')
  const act: Stage['act'] = async (data, path = '', token = app.launchToken) => {
    const url = `/v2/accounts/${app.accountId}/conferences/${id}${path}`
    const { status } = await app.call('PUT', url, { json: { data }, token })
    expect(status).toBe(200)
  }

  beforeAll(async () => {
    app = await startApp()
    id = await made('conferences', {
      name: 'Board',
      conference_numbers: [number],
      member: { join_muted: false },
      ...{ play_entry_tone: false, play_exit_tone: false, play_welcome: false },
    })
    phones = [await phone('1001', 'Ada'), await phone('1002', '=Bob')]
  })
  afterAll(async () => {
    await Promise.all(phones.map((each) => each.close()))
    await app.dispose()
  })
  beforeEach(async () => {
    const calls: PhoneCall[] = []
    for (const each of phones) calls.push(await each.call(number))
    const [ada, bob] = calls
    if (!ada || !bob) throw new Error('nobody called')
    const history = (query = '') => get<HistoryEntry[]>(`history${query}`)
    stage = { app, id, ada, bob, get, board, history, act }
    await expect.poll(async () => (await board()).members).toBe(2)
  })
  afterEach(async () => {
    await Promise.all([stage.ada, stage.bob].map((call) => call.hangUp().catch(() => undefined)))
    const status = async () => (await app.call('GET', `/studio/conferences/${id}/board`)).status
    await expect.poll(status).toBe(404)
  })
  return () => stage
}

type Frame = { action: string; status?: string; name?: string; data: Record<string, unknown> }

/** A websocket, and all it is told. */
export const connect = async ({ app }: Stage) => {
  const socket = new WebSocket(`${app.url.replace('http', 'ws')}/socket`)
  await once(socket, 'open')
  const frames: Frame[] = []
  socket.on('message', (frame: Buffer) => frames.push(JSON.parse(frame.toString()) as Frame))
  return {
    frames,
    close: () => socket.close(),
    /** The status of the answer. */
    say: async (action: 'subscribe' | 'unsubscribe', binding: string): Promise<string> => {
      const before = frames.length
      const reply = () => frames.slice(before).find((frame) => frame.action === 'reply')
      const data = { account_id: app.accountId, binding }
      socket.send(JSON.stringify({ action, auth_token: app.launchToken, data }))
      await expect.poll(reply).toBeDefined()
      return reply()?.status ?? ''
    },
  }
}
