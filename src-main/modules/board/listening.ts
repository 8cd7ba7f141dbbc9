import { randomUUID } from 'node:crypto'
import { Readable } from 'node:stream'
import { EngineError, type Engine } from '../../engine/port.ts'
import { AppError } from '../../platform/errors.ts'
import type { Scope } from '../../platform/scope.ts'
import type { Room } from '../conferences/conferences.ts'

/** Lets people hear a conference without being in it. */
export type Listening = {
  /**
   * Raw samples as `rate` says, from now until the room or the scope ends, or the stream is destroyed. Who reads too slowly
   * misses what comes meanwhile. Rejects with `bad_identifier` when the room ended, with `too_many_listeners` while as many
   * hear it as can at a time.
   */
  readonly open: (room: Room, signal: AbortSignal) => Promise<Readable>
}

const rate = 8000
/** A second: more would only be heard later. */
const MOST_WAITING_BYTES = rate * 2
/** Of a conference: supervisors of one event, and each costs the engine a mix and the network 16 kB a second. */
const MOST_LISTENERS = 8

const bytesOf = ({ buffer, byteOffset, byteLength }: Int16Array): Buffer =>
  Buffer.from(buffer as ArrayBuffer, byteOffset, byteLength)

export const createListening = (deps: {
  scope: Scope
  engine: Pick<Engine, 'on' | 'listen' | 'stopListen'>
}): Listening => {
  const { scope, engine } = deps
  const streams = new Map<string, Readable & { readonly roomId: string }>()

  const end = (listenId: string) => {
    const stream = streams.get(listenId)
    streams.delete(listenId)
    stream?.push(null)
  }
  scope.add(
    engine.on((event) => {
      if (event.event === 'listen-done') end(event.listenId)
      if (event.event === 'failed') [...streams.keys()].forEach(end)
      if (event.event !== 'heard') return
      const stream = streams.get(event.listenId)
      if (!stream || stream.readableLength > MOST_WAITING_BYTES) return
      stream.push(bytesOf(event.samples))
    }),
  )
  scope.add(() => [...streams.keys()].forEach(end))

  return {
    open: async ({ conference, instanceId: roomId }, signal) => {
      const listenId = randomUUID()
      const others = [...streams.values()].filter((each) => each.roomId === roomId)
      if (others.length >= MOST_LISTENERS) throw new AppError('too_many_listeners')
      const stop = () => {
        streams.delete(listenId)
        engine.stopListen(listenId).catch(() => undefined)
      }
      const stream = new Readable({
        read: () => undefined,
        destroy: (error, done) => {
          stop()
          done(error)
        },
      })
      streams.set(listenId, Object.assign(stream, { roomId }))
      signal.addEventListener('abort', () => stream.destroy(), { once: true })
      try {
        await engine.listen({ listenId, roomId, rate })
      } catch (error) {
        stream.destroy()
        if (!(error instanceof EngineError)) throw error
        throw new AppError('bad_identifier', { cause: conference.id })
      }
      if (signal.aborted) stream.destroy()
      return stream
    },
  }
}
