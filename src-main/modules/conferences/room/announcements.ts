import { rm } from 'node:fs/promises'
import type { Rate } from '../../../engine/port.ts'
import { AppError } from '../../../platform/errors.ts'
import type { Log } from '../../../platform/log.ts'
import type { Scope } from '../../../platform/scope.ts'
import type { Audible, Prepared } from '../../playback/playback.ts'
import { createHoldMusic } from './hold-music.ts'
import type { Play, Plays } from './plays.ts'
import type { Seat } from './seat.ts'
import {
  aloneSound,
  arrival,
  departure,
  goodbye,
  holdMusic,
  soundOf,
  stateSounds,
} from './sounds.ts'
import type { Conference } from './types.ts'

/** What a room says by itself, and what it is told to play. Whoever is in it, is in it already. */
export type Announcements = {
  readonly arrived: (seat: Seat) => void
  readonly left: (seat: Seat) => void
  readonly stateChanged: (seat: Seat, change: { speak?: boolean; hear?: boolean }) => void
  /** Resolves when it was said. Never rejects. */
  readonly sayGoodbye: () => Promise<void>
  /** Media to the room or one participant; `bad_identifier` when it cannot be played. */
  readonly play: (reference: string, seat: Seat | undefined) => Promise<Play>
}

type Problems = Prepared['problems']

export const createAnnouncements = (deps: {
  /** Of the room. */
  scope: Scope
  plays: Plays
  conference: Conference
  roomId: string
  rate: Rate
  language: string
  /** Who is seated. */
  seats: () => readonly Seat[]
  /** What went wrong, for the people who look after the conference. */
  note: (text: string) => void
  log: Log
}): Announcements => {
  const { scope, plays, conference, roomId, rate, language, note, log } = deps
  const { document, accountId } = conference
  const counted = () => deps.seats().filter(({ participant }) => !participant.isGhost)
  let alone: Play | undefined
  let playing = 0
  let line = Promise.resolve()

  const failed = (error: unknown) => {
    // Whoever leaves takes with him what was to be played to him.
    if (!scope.signal.aborted) log.warn('an announcement failed', { error })
  }

  const noteProblems = (problems: Problems) => {
    for (const { what, message } of problems) note(`${what}: ${message}`)
  }

  const common = { accountId, language, rate }
  const music = createHoldMusic({
    isWanted: () => {
      const [lonely, ...others] = counted()
      const isAlone = lonely !== undefined && others.length === 0 && lonely.wantsMusic
      return isAlone && playing === 0 && holdMusic(document).length > 0
    },
    start: () =>
      plays.play({
        ...{ ...common, scope, to: { roomId }, items: holdMusic(document) },
        isBackground: true,
        check: noteProblems,
      }),
    failed,
  })

  const say = async (
    seat: Seat | undefined,
    items: readonly Audible[],
    check: (problems: Problems) => void = noteProblems,
  ): Promise<Play> => {
    const to = seat ? { legId: seat.participant.leg.legId } : { roomId }
    const free = () => {
      playing -= 1
      music.reconcile()
    }
    playing += 1
    music.reconcile()
    try {
      const play = await plays.play({ ...common, scope: seat?.scope ?? scope, to, items, check })
      void play.done.then(free)
      return play
    } catch (error) {
      free()
      throw error
    }
  }

  /** Begins them in the order in which things happened; resolves when it was said. */
  const announce = (items: readonly Audible[], begun?: (play: Play) => void): Promise<void> => {
    const play = line.then(async () => {
      if (items.length === 0 || scope.signal.aborted) return undefined
      return say(undefined, items).catch((error: unknown) => {
        failed(error)
        return undefined
      })
    })
    line = play.then((started) => {
      if (started) begun?.(started)
    })
    return play.then((started) => started?.done)
  }

  const tellAlone = (play: Play) => {
    alone = play
    if (counted().length > 1) play.stop()
  }

  const tellState = (seat: Seat, change: { speak?: boolean; hear?: boolean }) => {
    const items = stateSounds(document, change)
    if (items.length > 0 && !seat.scope.signal.aborted) say(seat, items).catch(failed)
  }

  return {
    arrived: (seat) => {
      const { participant, namePath } = seat
      const count = counted().length
      const isFirst = count === 1
      if (count > 1) alone?.stop()
      music.reconcile()
      const items = [
        ...arrival(document, count, namePath),
        ...(isFirst ? aloneSound(document) : []),
      ]
      const said = participant.isGhost
        ? Promise.resolve()
        : announce(items, isFirst ? tellAlone : undefined)
      void said.then(() => {
        const { speak, hear } = participant
        tellState(seat, { ...(!speak && { speak }), ...(!hear && { hear }) })
      })
    },
    left: ({ participant, namePath }) => {
      const isAlone = counted().length === 1
      music.reconcile()
      const items = [...departure(document, namePath), ...(isAlone ? aloneSound(document) : [])]
      const isSilent = participant.isGhost || deps.seats().length === 0
      const said = isSilent ? Promise.resolve() : announce(items, isAlone ? tellAlone : undefined)
      if (namePath !== undefined) said.then(() => rm(namePath, { force: true })).catch(failed)
    },
    stateChanged: tellState,
    sayGoodbye: () => announce(goodbye),
    play: (reference, seat) =>
      say(seat, soundOf(reference), ([problem]) => {
        if (!problem) return
        throw new AppError('bad_identifier', { cause: reference, message: problem.message })
      }),
  }
}
