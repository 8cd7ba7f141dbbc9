import type { Log } from '../../../platform/log.ts'
import type { Scope } from '../../../platform/scope.ts'
import type { Audible } from '../../playback/playback.ts'
import type { Plays } from '../room/plays.ts'

/** Lets one caller hear one thing at a time. */
export type Prompter = {
  /** Instead of what plays; `played` is called once when it was heard, or cannot be. A loop is never over. */
  readonly play: (items: readonly Audible[], isLoop: boolean, played: () => void) => void
  readonly hush: () => void
}

export const createPrompter = (deps: {
  /** Of the caller. */
  scope: Scope
  plays: Plays
  accountId: string
  legId: string
  language: string
  /** For the timeline. */
  note: (text: string) => void
  log: Log
}): Prompter => {
  const { scope, plays, accountId, legId, language, note, log } = deps
  let playing: Scope | undefined

  const hush = () => {
    playing?.dispose().catch((error: unknown) => {
      log.error('a play could not be stopped', { error })
    })
    playing = undefined
  }

  const listenTo = async (own: Scope, items: readonly Audible[], isLoop: boolean) => {
    try {
      const { stop, done } = await plays.play({
        ...{ scope: own, accountId, language, items, to: { legId } },
        // Prompts are recorded for telephones, and most of those who call have no more.
        rate: 8000,
        ...(isLoop ? { loop: true as const } : { queued: true as const }),
        check: (problems) => {
          for (const { what, message } of problems) note(`${what}: ${message}`)
        },
      })
      own.add(stop)
      await done
    } catch (error) {
      if (own.signal.aborted) return
      log.warn('nothing could be played to a caller', { error })
      note('A caller heard nothing where something was to be played')
    }
  }

  return {
    play: (items, isLoop, played) => {
      hush()
      const own = scope.child('play')
      playing = own
      void listenTo(own, items, isLoop).then(() => {
        // A loop that ends has failed, and would only fail again.
        if (!own.signal.aborted && !isLoop) played()
      })
    },
    hush,
  }
}
