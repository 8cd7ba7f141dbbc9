import * as api from '#contract/conferences'
import type { AskedBy } from '#contract/live-conferences'
import * as participants from '#contract/participants'
import { Relate } from '#contract/participants'
import { invalid } from '../../platform/errors.ts'
import { handle, json, type Call, type Principal, type Route } from '../../platform/http/route.ts'
import type { Validator } from '../../platform/http/validate.ts'
import { actionOf, dialDataOf, mediaOf, toggleOf, type ActionRequest } from './action-request.ts'
import type { ConferenceCollection } from './collection.ts'
import type { Dialling } from './dial/dial.ts'
import { dataRequired, faulty, participantOf, runningRoom } from './refusals.ts'
import type { Room, RoomActions, Rooms } from './room/rooms.ts'
import { toParticipantView, type Looking } from './room/views.ts'

type Where = Pick<Call, 'accountId' | 'params' | 'principal'>

type Deps = {
  conferences: ConferenceCollection
  rooms: Pick<Rooms, 'get'>
  dialling: Dialling
  validator: Validator
  looking: () => Looking
  /** As commands tell it. */
  askedBy: (principal: Principal) => AskedBy
}

type Act = (room: RoomActions, ids: number[]) => Promise<void>

const acts = new Map<unknown, Act>([
  ['mute', (room, ids) => room.setSpeak(ids, false)],
  ['unmute', (room, ids) => room.setSpeak(ids, true)],
  ['deaf', (room, ids) => room.setHear(ids, false)],
  ['undeaf', (room, ids) => room.setHear(ids, true)],
  ['kick', (room, ids) => room.kick(ids)],
])

const actNamed = (action: unknown): Act => {
  const act = acts.get(action)
  if (!act) throw faulty(action)
  return act
}

const toItself = (value: unknown) => {
  const message = 'A participant cannot be related to itself'
  return invalid({ other_participant: { invalid: { message, value } } })
}

const record = async (room: RoomActions, toggle: 'start' | 'stop') => {
  if (toggle === 'start') {
    await room.startRecording()
    return json('starting recording')
  }
  await room.stopRecording()
  return json('stopping recording')
}

/** What is done to conferences and participants, and who is there. What is asked is checked before it is looked whom. */
export const actionRoutes = (deps: Deps): Route[] => {
  const { conferences, rooms, dialling, validator, looking, askedBy } = deps

  const roomOf = ({ accountId, params }: Where) =>
    runningRoom(rooms, accountId, params.conference_id ?? '')
  const as = ({ principal }: Where, room: Room) => room.as(askedBy(principal))

  const play = async (call: Where, request: ActionRequest) => {
    const media = mediaOf(request)
    const room = roomOf(call)
    const { participant_id: id } = call.params
    await as(call, room).play(
      media,
      id === undefined ? undefined : participantOf(room, id).participantId,
    )
    return json('ok')
  }

  const relate = async (call: Where, { data }: ActionRequest) => {
    if (!data) throw dataRequired('relate')
    const asked = validator.body(Relate, data) as Relate
    const room = roomOf(call)
    const one = participantOf(room, asked.participant_id)
    const other = participantOf(room, asked.other_participant)
    if (one === other) throw toItself(asked.other_participant)
    await as(call, room).relate(one.participantId, other.participantId, asked.relationship)
    return json('relating participants')
  }

  const dial = async (call: Where, request: ActionRequest) => {
    const { accountId, params, principal } = call
    const data = dialDataOf(request)
    const conferenceId = params.conference_id ?? ''
    return json(await dialling.dial({ accountId, conferenceId, data, by: askedBy(principal) }))
  }

  return [
    handle(api.act, async (call) => {
      const request = actionOf(call)
      const { action } = request
      if (action === 'dial') return dial(call, request)
      if (action === 'play') return play(call, request)
      if (action === 'record') {
        const toggle = toggleOf(request)
        return record(as(call, roomOf(call)), toggle)
      }
      if (action !== 'lock' && action !== 'unlock') throw faulty(action)
      as(call, roomOf(call))[action]()
      return json('ok')
    }),
    handle(participants.list, async (call) => {
      const { accountId, params } = call
      const room = rooms.get(accountId, params.conference_id ?? '')
      if (!room) conferences.get(accountId, params.conference_id ?? '')
      await room?.refresh()
      return json(room?.participants.map((each) => toParticipantView(room, each, looking())) ?? [])
    }),
    handle(participants.actOnAll, async (call) => {
      const request = actionOf(call)
      if (request.action === 'play') return play(call, request)
      if (request.action === 'relate') return relate(call, request)
      const act = actNamed(request.action)
      const room = roomOf(call)
      await act(
        as(call, room),
        room.participants.map(({ participantId }) => participantId),
      )
      return json('ok')
    }),
    handle(participants.get, async (call) => {
      const room = roomOf(call)
      await room.refresh()
      const participant = participantOf(room, call.params.participant_id ?? '')
      return json(toParticipantView(room, participant, looking()))
    }),
    handle(participants.act, async (call) => {
      const request = actionOf(call)
      if (request.action === 'play') return play(call, request)
      const act = actNamed(request.action)
      const room = roomOf(call)
      await act(as(call, room), [
        participantOf(room, call.params.participant_id ?? '').participantId,
      ])
      return json('ok')
    }),
  ]
}
