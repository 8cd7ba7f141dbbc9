import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { participantEvents } from '#contract/conference-events'
import { createOriginPolicy } from './platform/http/origin.ts'
import { createSockets } from './platform/http/sockets.ts'
import { silentLog } from './platform/log.ts'
import { conferenceOf, startRooms } from './modules/conferences/room/test/fake-room.ts'
import {
  conferenceBindings,
  createConferenceFeed,
  publishConferenceEvents,
  type ConferenceFeed,
} from './modules/live/conference-feed.ts'

const conference = conferenceOf()
const everything = `conference.event.${conference.id}.*`

let stage: Awaited<ReturnType<typeof startRooms>>
let feed: ConferenceFeed
let port: number
let published: readonly string[]

beforeEach(async () => {
  stage = await startRooms({
    channelVarsOf: ({ accountId }) => ({
      ...{ account_id: accountId, authorizing_id: 'd'.repeat(32), authorizing_type: 'device' },
      ...{ owner_id: 'e'.repeat(32), presence_id: '1000@example.com' },
    }),
  })
  const { scope, bus, rooms } = stage
  feed = createConferenceFeed({ rooms, nowMs: () => 0, hostname: 'host', version: '1.2.3' })
  const sockets = createSockets({
    ...{ scope, log: silentLog, nowMs: () => 0 },
    authority: {
      // The token is the account's id here.
      authenticate: (token) => ({
        ...{ accountId: token, ownerId: undefined, isAdmin: false, token },
      }),
      accountExists: () => true,
    },
    origins: createOriginPolicy({ bind: '127.0.0.1', allowedOrigins: () => [] }),
    kinds: [conferenceBindings(feed)],
  })
  published = participantEvents
  publishConferenceEvents({ scope, bus, sockets, feed, published: () => published })
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  sockets.attach(server)
  scope.add(() => void server.close())
  port = (server.address() as AddressInfo).port
})
afterEach(() => stage.dispose())

type Frame = { action: string; status?: string; name?: string; data: Record<string, any> }

const connect = async (accountId: string) => {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/`)
  await once(socket, 'open')
  const frames: (Frame & Record<string, unknown>)[] = []
  socket.on('message', (frame: Buffer) => frames.push(JSON.parse(frame.toString()) as Frame))
  const replies = () => frames.filter(({ action }) => action === 'reply')
  return {
    subscribe: async (binding: string) => {
      const before = replies().length
      socket.send(JSON.stringify({ action: 'subscribe', auth_token: accountId, data: { binding } }))
      await expect.poll(() => replies().length).toBe(before + 1)
      return replies()[before]!
    },
    events: () => frames.filter(({ action }) => action === 'event'),
    close: () => socket.close(),
  }
}

it('tells a participant’s arrival with everything KAZOO says of it', async () => {
  const client = await connect('account')
  await client.subscribe(everything)
  const { leg, id } = await stage.join(conference, { customApplicationVars: { team: 'blue' } })
  await expect.poll(() => client.events().length).toBe(2)
  const [created, added] = client.events()

  expect(created).toMatchObject({ name: 'conference_event', data: { event: 'conference-create' } })
  expect(added).toEqual({
    action: 'event',
    subscribed_key: everything,
    subscription_key: `${everything}.account`,
    name: 'participant_event',
    routing_key: `conference.event.add-member.account.${conference.id}.${leg.callId}`,
    data: {
      event: 'add-member',
      account_id: 'account',
      conference_id: conference.id,
      instance_id: stage.room(conference).instanceId,
      participant_id: id,
      call_id: leg.callId,
      caller_id_name: leg.party.name,
      caller_id_number: leg.party.number,
      channel_presence_id: '1000@example.com',
      ...{ floor: false, hear: true, speak: true, talking: false, mute_detect: false },
      ...{ video: false, energy_level: 20, current_energy: 0, is_moderator: false },
      ...{ direction: 'incoming', is_ghost: false },
      conference_channel_vars: {
        ...{ floor: false, hear: true, speak: true, talking: false, mute_detect: false },
        ...{ video: false, energy_level: 20, current_energy: 0, is_moderator: false },
        member_id: id,
      },
      custom_channel_vars: {
        ...{ account_id: 'account', authorizing_id: 'd'.repeat(32), authorizing_type: 'device' },
        ...{ owner_id: 'e'.repeat(32), presence_id: '1000@example.com' },
      },
      custom_application_vars: { team: 'blue' },
      focus: 'host',
      node: 'host',
      msg_id: expect.stringMatching(/^[0-9a-f]{16}$/),
      event_name: 'participant_event',
      event_category: 'conference',
      app_name: 'patchbay',
      app_version: '1.2.3',
      routing_key: 'participant_event',
      epoch: expect.any(String),
      seq: 2,
    },
  })
})

it('tells Crossbar’s clients only what the settings publish of participants, and the board all', async () => {
  published = ['del-member']
  const [client, board] = [await connect('account'), await connect('account')]
  await client.subscribe(everything)
  await board.subscribe('studio.conferences')
  const { leg } = await stage.join(conference)
  leg.hangUp()
  const told = ({ events }: typeof client) => events().map(({ data }) => String(data.event))
  await expect.poll(() => told(board).at(-1)).toBe('conference-destroy')

  expect(told(board)).toContain('add-member')
  expect(told(client)).toEqual(['conference-create', 'del-member', 'conference-destroy'])
})

it('tells each account of its own conferences only, even of the same id', async () => {
  const [own, other] = [await connect('account'), await connect('other')]
  for (const client of [own, other]) {
    await client.subscribe(everything)
    await client.subscribe('studio.conferences')
    await client.subscribe(`conference.command.${conference.id}`)
  }
  const theirs = conferenceOf({}, { accountId: 'other' })
  await stage.join(conference)
  stage.room(conference).lock()
  await stage.join(theirs)
  await expect.poll(() => other.events().length).toBe(4)

  const accounts = (client: typeof own) => [
    ...new Set(client.events().map(({ data }) => data.account_id as string)),
  ]
  expect(accounts(own)).toEqual(['account'])
  expect(accounts(other)).toEqual(['other'])
  expect(own.events().filter(({ data }) => data.event === 'command')).toHaveLength(2)
  expect(other.events().map(({ data }) => data.seq as number)).toEqual([1, 1, 2, 2])
})

it('refuses a wildcard conference in KAZOO’s words', async () => {
  const client = await connect('account')
  expect(await client.subscribe('conference.event.*.*')).toMatchObject({
    ...{ status: 'error', data: { errors: ['ConferenceId required'] } },
  })
})

it('shows who subscribes how things stand, and numbers on from there', async () => {
  const { id } = await stage.join(conference)
  await stage.join(conferenceOf({}, { id: 'standup', isAdHoc: true }))
  const client = await connect('account')
  const one = await client.subscribe(everything)
  const all = await client.subscribe('studio.conferences')

  expect(one.data).toMatchObject({
    subscribed: [everything],
    seq: 4,
    conferences: [
      {
        ...{ conference_id: conference.id, name: 'Weekly', members: 1, is_locked: false },
        participants: [{ participant_id: id, conference_channel_vars: { speak: true } }],
      },
    ],
  })
  expect(all.data.conferences).toHaveLength(2)
  stage.room(conference).lock()
  await expect.poll(() => client.events().length).toBe(3)
  expect(
    client.events().map(({ data }) => [data.event, data.seq, data.epoch] as unknown[]),
  ).toEqual([
    ['command', 5, one.data.epoch],
    ['lock', 6, one.data.epoch],
    ['lock', 6, one.data.epoch],
  ])
})

it('tells who comes back what was missed, and whether that is all', async () => {
  const client = await connect('account')
  const { data } = await client.subscribe('studio.conferences')
  const epoch = String(data.epoch)
  await stage.join(conference)
  await expect.poll(() => client.events().length).toBe(2)
  client.close()
  const room = stage.room(conference)
  room.lock()
  room.unlock()

  const missed = feed.missed('account', { epoch, since: 2 })
  expect(missed.missed?.map(({ event, seq }) => [event, seq])).toEqual([
    ['command', 3],
    ['lock', 4],
    ['command', 5],
    ['unlock', 6],
  ])
  expect(missed.missed_all).toBe(true)
  expect(feed.missed('account', { epoch, since: 6 })).toEqual({ missed: [], missed_all: true })
  expect(feed.missed('account', { epoch: 'earlier', since: 2 }).missed_all).toBe(false)
  expect(feed.missed('account', { epoch, since: 7 }).missed_all).toBe(false)

  for (let time = 0; time < 200; time += 1) {
    room.lock()
    room.unlock()
  }
  const many = feed.missed('account', { epoch, since: 2 })
  expect(many.missed_all).toBe(false)
  expect(many.missed).toHaveLength(500)
  expect(many.missed?.at(-1)).toMatchObject({ seq: feed.look('account').seq })
})
