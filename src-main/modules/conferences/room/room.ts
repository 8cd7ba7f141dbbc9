import type { Engine, EngineEvent, Rate } from '../../../engine/port.ts'
import type { Clock } from '../../../platform/clock.ts'
import { AppError } from '../../../platform/errors.ts'
import type { Log } from '../../../platform/log.ts'
import type { Scope } from '../../../platform/scope.ts'
import { createAnnouncements } from './announcements.ts'
import { createHearing } from './hearing.ts'
import { createMemberChanges } from './member-changes.ts'
import { endWithoutModerator } from './moderation.ts'
import type { Plays } from './plays.ts'
import type { Recordings } from './recordings.ts'
import { createRoomActions } from './room-actions.ts'
import { createRoomRecording } from './room-recording.ts'
import { createRoomRelations } from './room-relations.ts'
import { createSeat, memberOf, type Seat } from './seat.ts'
import { createSeats } from './seats.ts'
import type { Telling } from './telling.ts'
import { RoomRefused, type Admission, type Conference, type Participant } from './types.ts'
import type { Room } from './types.ts'
import { wireControls } from './wire-controls.ts'

/** One run of a conference, from its first leg to its last one. */
export type RunningRoom = Room & {
  readonly admit: (
    admission: Admission,
    facts: Pick<Participant, 'participantId' | 'channelVars'>,
  ) => Promise<Participant>
  readonly heard: (event: EngineEvent) => void
  readonly hangUpAll: (reason: string) => void
  /** Resolves when everything of it has ended, and its recordings are saved. */
  readonly ended: Promise<void>
}

export type RoomDeps = {
  readonly engine: Engine
  readonly plays: Plays
  readonly recordings: Recordings
  readonly clock: Clock
  readonly log: Log
  /** In which a conference speaks. */
  readonly language: (conference: Conference) => string
  /** What went wrong, for the people who look after the conference. */
  readonly note: (conference: Conference, text: string) => void
}

export type Run = {
  readonly conference: Conference
  readonly instanceId: string
  readonly scope: Scope
  readonly telling: Telling
  /** Who is in it, or whether it is locked, is different now. */
  readonly changed: () => void
  /** Its last leg has left; a new one needs a new run. */
  readonly over: () => void
}

/** KAZOO's default profile. */
const usual = { rate: 16_000, comfortNoise: 1000 } as const

/** The profile's rate, or the next lower one the engine has. */
const rateOf = ({ document }: Conference, { capabilities }: Engine): Rate => {
  const wanted = document.profile?.rate ?? usual.rate
  return wanted >= 16_000 && capabilities.rates.includes(16_000) ? 16_000 : 8000
}

const limitOf = ({ document }: Conference): number => {
  const limits = [document.max_participants ?? 0, document.profile?.['max-members'] ?? 0]
  return Math.min(...limits.map((limit) => (limit === 0 ? Infinity : limit)))
}

/** Throws `RoomRefused` when there is no place for a leg. */
const checkPlace = (
  { leg, flags, conference }: Admission,
  room: { isOver: boolean; isLocked: boolean; taken: number },
) => {
  if (leg.scope.signal.aborted || room.isOver) throw new RoomRefused('gone')
  if (room.isLocked) throw new RoomRefused('locked')
  const isFull = !flags.includes('ghost') && room.taken >= limitOf(conference)
  if (isFull) throw new RoomRefused('full')
}

const createLock = (deps: Pick<Run, 'changed'> & { expectRunning: () => void }) => {
  const { changed, expectRunning } = deps
  let isLocked = false
  return {
    isLocked: () => isLocked,
    set: (wanted: boolean, telling: Telling) => {
      expectRunning()
      if (isLocked === wanted) return
      isLocked = wanted
      telling.command(wanted ? 'lock' : 'unlock')
      telling.room(wanted ? 'lock' : 'unlock')
      changed()
    },
  }
}

const openIn = (engine: Engine, { conference, instanceId }: Run, rate: Rate): Promise<void> => {
  const comfortNoise = conference.document.profile?.['comfort-noise'] ?? usual.comfortNoise
  const opened = engine.openRoom({ roomId: instanceId, rate, comfortNoise })
  // Told to whoever waits for it.
  opened.catch(() => undefined)
  return opened
}

export const createRoom = (deps: RoomDeps, run: Run): RunningRoom => {
  const { engine, clock, log } = deps
  const { conference, instanceId, instanceId: roomId, scope, telling, changed } = run
  const rate = rateOf(conference, engine)
  const startedMs = clock.nowMs()
  const seats = createSeats()
  const note = (text: string) => deps.note(conference, text)
  let isTold = false
  let isOver = false
  const ended = Promise.withResolvers<undefined>()

  const announcements = createAnnouncements({
    ...{ ...deps, scope, conference, roomId, rate, note, seats: seats.seated },
    language: deps.language(conference),
  })
  const recording = createRoomRecording({ ...deps, conference, instanceId, telling, note })
  const hearing = createHearing({ engine, roomId, seats, telling, clock })
  const { stateChanged } = announcements
  const relations = createRoomRelations(deps)
  const change = createMemberChanges({ engine, telling, stateChanged })
  const opened = openIn(engine, run, rate)

  const expectRunning = () => {
    if (isOver) throw new AppError('bad_identifier', { cause: conference.id })
  }

  const lock = createLock({ changed, expectRunning })

  const close = async () => {
    await recording.close()
    await opened.then(() => engine.closeRoom(roomId)).catch(() => undefined)
    await scope.dispose()
  }
  const endIfEmpty = () => {
    if (!seats.isEmpty() || isOver) return
    isOver = true
    close()
      .catch((error: unknown) => log.error('a room ended badly', { error }))
      .finally(() => ended.resolve(undefined))
    if (isTold) telling.room('conference-destroy')
    run.over()
  }

  const hasModerator = () => seats.seated().some(({ participant }) => participant.isModerator)
  const lookForModerator = endWithoutModerator({
    ...{ scope, conference, hasModerator },
    sayGoodbye: announcements.sayGoodbye,
    end: () => hangUpAll('The moderator has left'),
  })

  /** At once; resolves when the engine has done so too. */
  const leave = (seat: Seat): Promise<void> => {
    if (!seats.free(seat)) return Promise.resolve()
    const { participant, isSeated } = seat
    // Unknown when the leg is closed already, which ends the same.
    const left = engine.leave(participant.leg.legId).catch(() => undefined)
    seat.scope.dispose().catch((error: unknown) => {
      log.error('not everything of a participant ended', { error })
    })
    if (isSeated) {
      Object.assign(participant, { talking: false, hasFloor: false, muteDetect: false })
      telling.participant('del-member', participant)
      announcements.left(seat)
      lookForModerator()
      changed()
    }
    endIfEmpty()
    return left
  }

  const hangUpAll = (reason: string) => {
    for (const seat of seats.all()) {
      void leave(seat)
      seat.participant.leg.hangUp(reason)
    }
  }

  const enter = (seat: Seat) => {
    seat.isSeated = true
    if (!isTold) telling.room('conference-create')
    isTold = true
    telling.participant('add-member', seat.participant)
    wireControls({ ...deps, seat, conference, lock, change, telling, note })
    announcements.arrived(seat)
    lookForModerator()
    changed()
  }

  const admit: RunningRoom['admit'] = async (admission, facts) => {
    checkPlace(admission, { isOver, isLocked: lock.isLocked(), taken: seats.taken() })
    const { leg } = admission
    const { signal } = leg.scope
    const seat = createSeat({
      ...{ ...facts, admission, joinedMs: clock.nowMs() },
      scope: scope.child(`participant ${facts.participantId}`),
    })
    seats.take(seat)
    try {
      await opened
      await engine.join(leg.legId, roomId, memberOf(seat))
      if (signal.aborted || seat.scope.signal.aborted) throw new RoomRefused('gone')
    } catch (error) {
      await leave(seat)
      throw signal.aborted ? new RoomRefused('gone') : error
    }
    enter(seat)
    // The scope may go before or after the end is known.
    leg.scope.add(() => leave(seat))
    void leg.ended.then(() => leave(seat))
    return seat.participant
  }

  const acting = { relations, seats, recording, announcements, lock, change, leave, expectRunning }
  const actionsOf = (teller: Telling) => createRoomActions({ ...acting, telling: teller })

  return {
    ...{ conference, instanceId, startedMs, admit, hangUpAll },
    get isLocked() {
      return lock.isLocked()
    },
    get isRecording() {
      return recording.isRunning()
    },
    get participants() {
      return seats.seated().map(({ participant }) => participant)
    },
    ended: ended.promise,
    ...hearing,
    recordingSinceMs: recording.sinceMs,
    relations: relations.list,
    ...actionsOf(telling),
    as: (by) => actionsOf(telling.as(by)),
  }
}
