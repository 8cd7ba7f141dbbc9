import { readdirSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { silentLog } from '../platform/log.ts'
import { createScope, type Scope } from '../platform/scope.ts'
import { createEngine } from './engine.ts'
import type { EngineEvent } from './port.ts'

const dying = new URL('./test/dying-worker.ts', import.meta.url)
let scope: Scope
beforeEach(() => {
  scope = createScope('test')
})
afterEach(() => scope.dispose())

const sockets = () => readdirSync('/proc/self/fd').length

describe('the thread of the engine', () => {
  it('takes everything with it when it dies, and says so once', async () => {
    const events: EngineEvent[] = []
    const engine = await createEngine({ scope, log: silentLog, program: dying })
    engine.on((event) => events.push(event))
    expect(await engine.health()).toBe('well')

    const waiting = [engine.leave('a'), engine.leave('b')]

    for (const command of waiting) await expect(command).rejects.toMatchObject({ code: 'gone' })
    await expect(engine.health()).rejects.toMatchObject({ name: 'EngineError', code: 'gone' })
    expect(events).toEqual([{ event: 'failed', message: 'a bug' }])
  })

  it('is no error when it is stopped, and nothing is done afterwards', async () => {
    const events: EngineEvent[] = []
    const engine = await createEngine({ scope, log: silentLog })
    engine.on((event) => events.push(event))
    await engine.openLeg({ legId: 'a', host: '127.0.0.1' })

    await scope.dispose()

    await expect(engine.health()).rejects.toMatchObject({ code: 'gone' })
    expect(events).toEqual([])
  })

  it('answers what was asked of it before it was stopped', async () => {
    const engine = await createEngine({ scope, log: silentLog })
    await engine.openLeg({ legId: 'a', host: '127.0.0.1' })
    const closing = engine.closeLeg('a')

    await scope.dispose()

    expect(await closing).toMatchObject({ packetsReceived: 0 })
  })

  it('has a successor that knows nothing of before', async () => {
    const events: EngineEvent[] = []
    const engine = await createEngine({ scope, log: silentLog, program: dying, reviveMs: 10 })
    engine.on((event) => events.push(event))
    for (const time of [1, 2]) {
      await expect(engine.leave('a')).rejects.toMatchObject({ code: 'gone' })
      expect(events).toHaveLength(time)
      await vi.waitFor(async () => expect(await engine.health()).toBe('well'))
    }
    await scope.dispose()

    await expect(engine.health()).rejects.toMatchObject({ code: 'gone' })
    expect(events).toHaveLength(2)
  })

  it('cannot be started by a program that does not start', async () => {
    const program = new URL('./test/none.ts', import.meta.url)

    await expect(createEngine({ scope, log: silentLog, program })).rejects.toMatchObject({
      code: 'gone',
    })
  })

  it('tells every listener what happened, though one of them fails', async () => {
    const heard: string[] = []
    const engine = await createEngine({ scope, log: silentLog })
    engine.on(() => {
      throw new Error('a listener')
    })
    const stop = engine.on(({ event }) => heard.push(event))
    await engine.openRoom({ roomId: 'r', rate: 8000, comfortNoise: 0 })
    const items = [{ kind: 'silence', ms: 60_000 }] as const
    const play = { to: { roomId: 'r' }, items, loop: false, gainDb: 0, queued: false }
    await engine.play({ ...play, playId: 'one' })

    // What a command causes is told before it is answered.
    await engine.stopPlay('one')
    expect(heard).toEqual(['play-done'])

    stop()
    await engine.play({ ...play, playId: 'two' })
    await engine.stopPlay('two')
    expect(heard).toEqual(['play-done'])
  })

  it.runIf(process.platform === 'linux')(
    'gives back every port and socket of 2,000 legs',
    async () => {
      const engine = await createEngine({
        scope,
        log: silentLog,
        ports: { from: 15_950, to: 15_989 },
      })
      const remote = { host: '127.0.0.1', port: 9, rtcp: 10 } as const
      const audio = {
        remote,
        sources: ['127.0.0.1'],
        codec: 'PCMU',
        sendPayload: 0,
        receivePayload: 0,
        sendEvents: 101,
        receiveEvents: 101,
        direction: 'sendrecv',
        ptimeMs: 20,
      } as const
      const live = async (legId: string) => {
        await engine.openLeg({ legId, host: '127.0.0.1' })
        await engine.connectLeg(legId, audio)
        await engine.closeLeg(legId)
      }
      for (let i = 0; i < 20; i += 1) await live(`warm-${i}`)
      const before = { sockets: sockets(), bytes: process.memoryUsage().rss }

      for (let round = 0; round < 100; round += 1) {
        await Promise.all(Array.from({ length: 20 }, (_, i) => live(`${round}-${i}`)))
      }

      expect((await engine.health()).legs).toBe(0)
      expect(sockets()).toBe(before.sockets)
      expect(process.memoryUsage().rss - before.bytes).toBeLessThan(150e6)
    },
  )
})
