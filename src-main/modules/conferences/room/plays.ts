import { randomUUID } from 'node:crypto'
import type { Engine, PlayOptions, Rate } from '../../../engine/port.ts'
import type { Scope } from '../../../platform/scope.ts'
import type { Audible, Playback, Prepared } from '../../playback/playback.ts'

/** Plays what documents and requests name, and lets go of its files when it has ended. */
export type Plays = {
  /**
   * Resolves once it plays; it ends with its scope. Rejects when the engine refuses, or as `check` does, which
   * sees what could not be played before anything is heard.
   */
  readonly play: (request: PlayRequest) => Promise<Play>
}

export type PlayRequest = Pick<PlayOptions, 'to'> & {
  /** Of what it is played to. */
  readonly scope: Scope
  readonly accountId: string
  readonly language: string
  readonly rate: Rate
  readonly items: readonly Audible[]
  /** Again and again, until it is stopped. */
  readonly loop?: true
  /** It waits for what was queued before it; else it is mixed with whatever plays. */
  readonly queued?: true
  readonly check: (problems: Prepared['problems']) => void
}

export type Play = {
  /** Never rejects. */
  readonly done: Promise<void>
  /** Idempotent. */
  readonly stop: () => void
}

export const createPlays = (deps: {
  scope: Scope
  engine: Engine
  playback: Pick<Playback, 'prepare'>
}): Plays => {
  const { scope: own, engine, playback } = deps
  const running = new Map<string, () => void>()
  own.add(
    engine.on((event) => {
      if (event.event === 'play-done') running.get(event.playId)?.()
    }),
  )

  const begin = async (request: PlayRequest, prepared: Prepared) => {
    const { scope, to, loop = false, queued = false } = request
    const playId = randomUUID()
    const ending = Promise.withResolvers<undefined>()
    const end = () => {
      if (!running.delete(playId)) return
      forget()
      prepared.release()
      ending.resolve(undefined)
    }
    running.set(playId, end)
    const forget = scope.add(end)
    try {
      await engine.play({ ...{ playId, to, loop, queued }, items: prepared.items, gainDb: 0 })
    } catch (error) {
      end()
      throw error
    }
    const stop = () => {
      // It may have ended while the command was under way.
      if (running.has(playId)) engine.stopPlay(playId).catch(() => undefined)
    }
    return { done: ending.promise, stop }
  }

  return {
    play: async (request) => {
      const { scope, accountId, language, rate, items, loop = false, check } = request
      const { signal } = scope
      const prepared = await playback.prepare({ accountId, language, rate, items, loop, signal })
      try {
        check(prepared.problems)
        signal.throwIfAborted()
      } catch (error) {
        prepared.release()
        throw error
      }
      return begin(request, prepared)
    },
  }
}
