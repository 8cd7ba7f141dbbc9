import type { Log } from '../../../platform/log.ts'
import type { Leg } from '../../legs/legs.ts'
import type { Plays } from '../room/plays.ts'
import { RoomRefused, type Conference, type Rooms } from '../room/rooms.ts'
import { begin, step } from './entry.ts'
import type { NameRecording, Names, RecordedName } from './names.ts'
import type { PinGuard } from './pin-guard.ts'
import { createPrompter } from './prompter.ts'
import type { EntryCommand, EntryEvent, EntryRoom, Role } from './types.ts'

/** What all callers are let in with. */
export type CallerDeps = {
  rooms: Pick<Rooms, 'get' | 'admit' | 'onChange'>
  plays: Plays
  names: Names
  guard: PinGuard
  /** In which a conference speaks. */
  language: (conference: Conference) => string
  /** For the timeline of a conference, in words. */
  note: (conference: Conference, text: string) => void
  log: Log
}

const roomOf = (rooms: CallerDeps['rooms'], { accountId, id }: Conference): EntryRoom => {
  const room = rooms.get(accountId, id)
  const participants = room?.participants.filter(({ isGhost }) => !isGhost) ?? []
  return {
    isLocked: room?.isLocked ?? false,
    participants: participants.length,
    hasModerator: participants.some(({ isModerator }) => isModerator),
  }
}

/**
 * Leads one caller into a conference. Everything it starts ends with the leg, or when the caller has a seat; whatever goes
 * wrong hangs up with a cause.
 */
export const leadIn = (
  deps: CallerDeps,
  call: { leg: Leg; conference: Conference; role: Role | undefined },
): void => {
  const { rooms, plays, names, guard } = deps
  const { leg, conference, role: roleByNumber } = call
  const { legId } = leg
  const log = deps.log.with({ conference: conference.id, call: leg.callId })
  const guesser = {
    conferenceId: conference.id,
    deviceId: leg.device?.id,
    number: leg.party.number,
  }
  const scope = leg.scope.child('entry')
  const { signal } = scope
  let cancelTimer: () => void = () => undefined
  let recording: NameRecording | undefined
  let name: RecordedName | undefined
  let state = begin({
    conference: conference.document,
    roleByNumber,
    room: roomOf(rooms, conference),
  })

  const note = (text: string) => deps.note(conference, text)

  const leave = () => {
    scope
      .dispose()
      .catch((error: unknown) => log.error('not everything of a caller ended', { error }))
  }

  const fail = (error: unknown) => {
    if (signal.aborted) return
    log.error('a caller could not be led in', { error })
    leg.hangUp('NORMAL_TEMPORARY_FAILURE')
    leave()
  }

  const prompter = createPrompter({
    ...{ scope, plays, legId, note, log },
    accountId: conference.accountId,
    language: deps.language(conference),
  })

  const recordName = async (maximumMs: number) => {
    recording = names.record({ scope, legId, maximumMs })
    try {
      name = await recording.done
    } catch (error) {
      if (!signal.aborted) log.warn('a name could not be recorded', { error })
    }
    happen({ kind: 'recorded', path: name?.path, ms: name?.ms ?? 0 })
  }

  const admit = async (role: Role, namePath: string | undefined) => {
    try {
      await rooms.admit({
        ...{ leg, conference, namePath, flags: [], customApplicationVars: {} },
        isModerator: role === 'moderator',
      })
      if (namePath !== undefined) name?.handOver()
      leave()
    } catch (error) {
      if (!(error instanceof RoomRefused)) fail(error)
      else if (error.refusal === 'gone') leg.hangUp()
      else happen({ kind: 'refused', refusal: error.refusal })
    }
  }

  const obey = (command: EntryCommand): void => {
    switch (command.kind) {
      case 'play':
        prompter.play(command.items, command.loop ?? false, () => happen({ kind: 'played' }))
        return
      case 'hush':
        prompter.hush()
        return
      case 'timer':
        cancelTimer()
        if (command.ms !== undefined)
          cancelTimer = scope.timeout(() => happen({ kind: 'timer' }), command.ms)
        return
      case 'record-name':
        recordName(command.maximumMs).catch(fail)
        return
      case 'stop-recording':
        recording?.stop()
        return
      case 'wrong-pin':
        log.info('a wrong PIN', { caller: leg.party.number })
        guard.wrong(guesser)
        return
      case 'admit':
        admit(command.role, command.namePath).catch(fail)
        return
      case 'hang-up':
        leg.hangUp(command.cause)
        return
      case 'note':
        note(command.text)
    }
  }

  /** A PIN is judged after a digit or a pause. */
  const isBlocked = ({ kind }: EntryEvent): boolean =>
    state.phase === 'pin' && (kind === 'digit' || kind === 'timer') && guard.isBlocked(guesser)

  const happen = (event: EntryEvent) => {
    if (signal.aborted) return
    try {
      const next = step(state, isBlocked(event) ? { kind: 'blocked' } : event)
      state = next.state
      next.commands.forEach(obey)
    } catch (error) {
      fail(error)
    }
  }

  scope.add(leg.onDigit((digit) => happen({ kind: 'digit', digit })))
  scope.add(
    rooms.onChange((conferenceId) => {
      if (conferenceId === conference.id) happen({ kind: 'room', room: roomOf(rooms, conference) })
    }),
  )
  happen({ kind: 'answered' })
}
