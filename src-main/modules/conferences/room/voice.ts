import type { Rate } from '../../../engine/port.ts'
import type { Log } from '../../../platform/log.ts'
import type { Scope } from '../../../platform/scope.ts'
import type { Audible, Prepared } from '../../playback/playback.ts'
import { createHoldMusic } from './hold-music.ts'
import type { Play, PlayRequest, Plays } from './plays.ts'
import type { Seat } from './seat.ts'
import type { Conference } from './types.ts'

/** How a room says something: to everybody, to one, in turn, and with music when nothing else is to be heard. */
export type Voice = {
  /** Waits for what was queued before it; resolves once it plays. */
  readonly say: (
    seat: Seat | undefined,
    items: readonly Audible[],
    check?: PlayRequest['check'],
  ) => Promise<Play>
  /**
   * To the room, one after the other in the order in which things happened, and not behind what the room was told to
   * play, which may take minutes. Resolves when it was said; never rejects.
   */
  readonly announce: (items: readonly Audible[], begun?: (play: Play) => void) => Promise<void>
  /** When many come at once nobody wants to hear a tone for each, for minutes. */
  readonly isCrowded: () => boolean
  /** Whether music is wanted may have changed. */
  readonly lookAgain: () => void
  readonly failed: (error: unknown) => void
}

const MOST_WAITING = 3

export type VoiceDeps = {
  /** Of the room. */
  scope: Scope
  plays: Plays
  conference: Conference
  roomId: string
  rate: Rate
  language: string
  /** To be played while nothing else is; empty: none. */
  music: () => readonly Audible[]
  /** What went wrong, for the people who look after the conference. */
  note: (text: string) => void
  log: Log
}

export const createVoice = (deps: VoiceDeps): Voice => {
  const { scope, plays, conference, roomId, rate, language, note, log } = deps
  const common = { accountId: conference.accountId, language, rate }
  let playing = 0
  let waiting = 0
  let line = Promise.resolve()

  const failed = (error: unknown) => {
    // Whoever leaves takes with him what was to be played to him.
    if (!scope.signal.aborted) log.warn('an announcement failed', { error })
  }
  const noteProblems = (problems: Prepared['problems']) => {
    for (const { what, message } of problems) note(`${what}: ${message}`)
  }

  const toRoom = { ...common, scope, to: { roomId } }
  const music = createHoldMusic({
    isWanted: () => playing === 0 && deps.music().length > 0,
    start: () => plays.play({ ...toRoom, items: deps.music(), loop: true, check: noteProblems }),
    failed,
  })

  const play = async (request: PlayRequest): Promise<Play> => {
    const free = () => {
      playing -= 1
      music.reconcile()
    }
    playing += 1
    music.reconcile()
    try {
      const started = await plays.play(request)
      void started.done.then(free)
      return started
    } catch (error) {
      free()
      throw error
    }
  }

  return {
    say: (seat, items, check = noteProblems) => {
      const to = seat && { scope: seat.scope, to: { legId: seat.participant.leg.legId } }
      return play({ ...toRoom, ...to, items, queued: true, check })
    },
    announce: (items, begun) => {
      const saying = async () => {
        if (items.length === 0 || scope.signal.aborted) return
        const started = await play({ ...toRoom, items, check: noteProblems })
        begun?.(started)
        await started.done
      }
      waiting += 1
      line = line
        .then(saying)
        .catch(failed)
        .then(() => void (waiting -= 1))
      return line
    },
    isCrowded: () => waiting >= MOST_WAITING,
    lookAgain: music.reconcile,
    failed,
  }
}
