import { rm } from 'node:fs/promises'
import { AppError } from '../../../platform/errors.ts'
import type { Audible } from '../../playback/playback.ts'
import type { Play } from './plays.ts'
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
import { createVoice, type VoiceDeps } from './voice.ts'

/** What a room says by itself, and what it is told to play. */
export type Announcements = {
  /** Of somebody who is in it already. */
  readonly arrived: (seat: Seat) => void
  /** Of somebody who is in it no more. */
  readonly left: (seat: Seat) => void
  readonly stateChanged: (seat: Seat, change: { speak?: boolean; hear?: boolean }) => void
  /** Resolves when it was said. Never rejects. */
  readonly sayGoodbye: () => Promise<void>
  /** Media to the room or one participant; `bad_identifier` when it cannot be played. */
  readonly play: (reference: string, seat: Seat | undefined) => Promise<Play>
}

export const createAnnouncements = (
  deps: Omit<VoiceDeps, 'music'> & {
    /** Who is seated. */
    seats: () => readonly Seat[]
  },
): Announcements => {
  const { document } = deps.conference
  const counted = () => deps.seats().filter(({ participant }) => !participant.isGhost)
  const voice = createVoice({
    ...deps,
    music: () => {
      const [lonely, ...others] = counted()
      return lonely?.wantsMusic === true && others.length === 0 ? holdMusic(document) : []
    },
  })
  let alone: Play | undefined

  /** Tones and names, and that somebody is alone if that is so by now. */
  const announce = (items: readonly Audible[], isAlone: boolean): Promise<void> => {
    const said = voice.isCrowded() ? [] : items
    if (!isAlone) return voice.announce(said)
    return voice.announce([...said, ...aloneSound(document)], (play) => {
      alone = play
      if (counted().length > 1) play.stop()
    })
  }

  const tellState = (seat: Seat, change: { speak?: boolean; hear?: boolean }) => {
    const items = stateSounds(document, change)
    if (items.length > 0 && !seat.scope.signal.aborted) voice.say(seat, items).catch(voice.failed)
  }

  return {
    arrived: (seat) => {
      const { participant, namePath } = seat
      const count = counted().length
      if (count > 1) alone?.stop()
      voice.lookAgain()
      const said = participant.isGhost
        ? Promise.resolve()
        : announce(arrival(document, count, namePath), count === 1)
      void said.then(() => {
        const { speak, hear } = participant
        tellState(seat, { ...(!speak && { speak }), ...(!hear && { hear }) })
      })
    },
    left: ({ participant, namePath }) => {
      voice.lookAgain()
      const isSilent = participant.isGhost || deps.seats().length === 0
      const said = isSilent
        ? Promise.resolve()
        : announce(departure(document, namePath), counted().length === 1)
      if (namePath !== undefined) said.then(() => rm(namePath, { force: true })).catch(voice.failed)
    },
    stateChanged: tellState,
    sayGoodbye: () => voice.announce(goodbye),
    play: (reference, seat) =>
      voice.say(seat, soundOf(reference), ([problem]) => {
        if (!problem) return
        throw new AppError('bad_identifier', { cause: reference, message: problem.message })
      }),
  }
}
