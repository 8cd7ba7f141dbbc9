import { randomUUID } from 'node:crypto'
import type { Log } from '../../platform/log.ts'
import type { Scope } from '../../platform/scope.ts'
import { EngineError, type Engine, type EngineEvent } from '../../engine/port.ts'
import type { AgreedAudio } from '../../sip/sip.ts'
import { createDescription, type Description } from './description.ts'

/** A leg of the engine, from its port to its end, whether or not there is a call for it yet. */
export type Line = {
  readonly legId: string
  /** Disposing it closes the leg in the engine. */
  readonly scope: Scope
  readonly description: Description
  /** Tells the engine what was agreed; resolves once it does so. */
  readonly connect: (agreed: AgreedAudio) => Promise<void>
  /** Undefined until the first agreement. */
  readonly agreed: () => AgreedAudio | undefined
  /** Set by whoever has the line: gets what happens to it in the engine. */
  onEvent: (event: EngineEvent) => void
}

/** The lines that are open. */
export type Lines = {
  /** Opens one where a peer can reach it; rejects when the engine has no port left. */
  readonly open: (where: {
    /** The address of this machine the peer sees. */
    host: string
    /** Where the signalling comes from: sound may come from there, whatever the description says. */
    peer: string
  }) => Promise<Line>
  /** In the engine, on their way into it or out of it. */
  readonly count: () => number
}

export const createLines = (deps: { scope: Scope; log: Log; engine: Engine }): Lines => {
  const { scope, log, engine } = deps
  const lines = new Map<string, Line>()
  let count = 0

  scope.add(
    engine.on((event) => {
      if (event.event === 'failed') for (const line of [...lines.values()]) line.onEvent(event)
      else if ('legId' in event && event.legId !== undefined) {
        lines.get(event.legId)?.onEvent(event)
      }
    }),
  )

  const close = async (legId: string) => {
    lines.delete(legId)
    try {
      await engine.closeLeg(legId)
    } catch (error) {
      // An engine that is gone took its legs along.
      if (!(error instanceof EngineError)) throw error
      log.debug('leg was closed already', { leg: legId, code: error.code })
    } finally {
      count -= 1
    }
  }

  return {
    count: () => count,
    open: async ({ host, peer }) => {
      const legId = randomUUID()
      const own = scope.child('leg')
      let opened: { host: string; port: number }
      count += 1
      try {
        opened = await engine.openLeg({ legId, host })
      } catch (error) {
        count -= 1
        await own.dispose()
        throw error
      }
      let agreed: AgreedAudio | undefined
      const line: Line = {
        ...{ legId, scope: own, onEvent: () => undefined, agreed: () => agreed },
        description: createDescription({ ...opened, codecs: engine.capabilities.codecs }),
        connect: (next) => {
          agreed = next
          const described = next.remote ? [next.remote.host] : []
          return engine.connectLeg(legId, { ...next, sources: [...new Set([...described, peer])] })
        },
      }
      lines.set(legId, line)
      own.add(() => close(legId))
      return line
    },
  }
}
