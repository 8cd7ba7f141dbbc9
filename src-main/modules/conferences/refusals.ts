import { AppError, invalid } from '../../platform/errors.ts'
import type { Participant, Room, Rooms } from './room/rooms.ts'

/**
 * What an action is refused with. KAZOO answers "ok" to everything that names no error; here an answer is to be believed:
 * nothing was done to a conference that does not run, or to somebody who is not there.
 */
export const notRunning = (conferenceId: string): AppError =>
  new AppError('bad_identifier', {
    message: 'the conference is not running',
    cause: conferenceId,
  })

const otherRun = (instanceId: unknown): AppError =>
  new AppError('bad_identifier', {
    message: 'this run of the conference has ended',
    cause: instanceId,
  })

/** The conference as it runs; with `instanceId` in that run only. */
export const runningRoom = (
  rooms: Pick<Rooms, 'get'>,
  accountId: string,
  conferenceId: string,
  instanceId?: unknown,
): Room => {
  const room = rooms.get(accountId, conferenceId)
  if (!room) throw notRunning(conferenceId)
  if (instanceId !== undefined && instanceId !== room.instanceId) throw otherRun(instanceId)
  return room
}

/** Crossbar names the id in `data.id`. */
const notThere = (id: number | string): AppError => {
  const message = 'the conference has no participant with this id'
  return new AppError('bad_identifier', { data: { message, id, cause: id } })
}

/** The participant with this id, which paths and clients may write as text. */
export const participantOf = (room: Room, id: number | string): Participant => {
  const number = /^\d{1,9}$/.test(String(id)) ? Number(id) : id
  const found = room.participants.find(({ participantId }) => participantId === number)
  if (!found) throw notThere(number)
  return found
}

export const faulty = (action: unknown): AppError => {
  const message = action === undefined ? 'no action was named' : 'this action is not known here'
  return new AppError('faulty_request', {
    message,
    ...(action !== undefined && { cause: action }),
  })
}

export const dataRequired = (action: string): AppError =>
  invalid({ data: { required: { message: `action '${action}' requires a data object` } } })
