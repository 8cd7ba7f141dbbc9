import * as api from '#contract/conferences'
import type { AskedBy, CommandFailedEvent } from '#contract/live-conferences'
import * as participants from '#contract/participants'
import { Relate } from '#contract/participants'
import { invalid } from '../../platform/errors.ts'
import { handle, json, type Call, type Principal, type Route } from '../../platform/http/route.ts'
import type { Validator } from '../../platform/http/validate.ts'
import { actionOf, dialDataOf, mediaOf, toggleOf, type ActionRequest } from './action-request.ts'
import type { ConferenceCollection } from './collection.ts'
import type { Dialling } from './dial/dial.ts'
import { failedCommand } from './failed-command.ts'
import { dataRequired, faulty, participantOf, runningRoom } from './refusals.ts'
import type { Room, RoomActions, Rooms } from './room/rooms.ts'
import { toParticipantView, type Looking } from './room/views.ts'

type Where = Pick<Call, 'accountId' | 'params' | 'principal' | 'rawQuery'>
type Asking = Where & Parameters<typeof actionOf>[0]

type Deps = {
  conferences: ConferenceCollection
  rooms: Pick<Rooms, 'get'>
  dialling: Pick<Dialling, 'dial'>
  validator: Validator
  looking: () => Looking
  /** As commands tell it. */
  askedBy: (principal: Principal) => AskedBy
  /** What nothing came of. */
  tell: (event: CommandFailedEvent) => void
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

  const roomOf = ({ accountId, params, rawQuery }: Where) =>
    runningRoom(rooms, accountId, params.conference_id ?? '', rawQuery.instance_id)
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

  const tellFailed = (call: Where, request: ActionRequest, error: unknown) => {
    const { accountId, params, principal } = call
    const conferenceId = params.conference_id ?? ''
    const room = rooms.get(accountId, conferenceId)
    // Of what never was there is no history.
    if (!room && !conferences.byId(accountId, conferenceId)) return
    const of = { accountId, conferenceId, instanceId: room?.instanceId }
    const { participant_id: participant } = params
    deps.tell(failedCommand(of, { request, participant, by: askedBy(principal), error }))
  }

  /** Reads an action and does it. Whatever it fails with is told, with who asked, before it is answered. */
  const acting =
    <Reply>(perform: (call: Where, request: ActionRequest) => Promise<Reply>) =>
    async (call: Asking): Promise<Reply> => {
      const request = actionOf(call)
      try {
        return await perform(call, request)
      } catch (error) {
        tellFailed(call, request, error)
        throw error
      }
    }

  const actOnConference = async (call: Where, request: ActionRequest) => {
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
  }

  const actOnAll = async (call: Where, request: ActionRequest) => {
    if (request.action === 'play') return play(call, request)
    if (request.action === 'relate') return relate(call, request)
    const act = actNamed(request.action)
    const room = roomOf(call)
    const ids = room.participants.map(({ participantId }) => participantId)
    await act(as(call, room), ids)
    return json('ok')
  }

  const actOnOne = async (call: Where, request: ActionRequest) => {
    if (request.action === 'play') return play(call, request)
    const act = actNamed(request.action)
    const room = roomOf(call)
    const { participantId } = participantOf(room, call.params.participant_id ?? '')
    await act(as(call, room), [participantId])
    return json('ok')
  }

  return [
    handle(api.act, acting(actOnConference)),
    handle(participants.list, async (call) => {
      const { accountId, params } = call
      const room = rooms.get(accountId, params.conference_id ?? '')
      if (!room) conferences.get(accountId, params.conference_id ?? '')
      await room?.refresh()
      return json(room?.participants.map((each) => toParticipantView(room, each, looking())) ?? [])
    }),
    handle(participants.actOnAll, acting(actOnAll)),
    handle(participants.get, async (call) => {
      const room = roomOf(call)
      await room.refresh()
      const participant = participantOf(room, call.params.participant_id ?? '')
      return json(toParticipantView(room, participant, looking()))
    }),
    handle(participants.act, acting(actOnOne)),
  ]
}
