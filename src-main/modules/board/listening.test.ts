import { describe, expect, it } from 'vitest'
import { levelOf } from '../../engine/test/hearing.ts'
import type { EngineEvent } from '../../engine/port.ts'
import { createScope } from '../../platform/scope.ts'
import type { Room } from '../conferences/conferences.ts'
import { createListening } from './listening.ts'
import { setStage } from './test/stage.ts'

describe('listening in', () => {
  const stage = setStage()
  const open = async () => {
    const { app, id } = stage()
    const abort = new AbortController()
    const response = await fetch(`${app.url}/studio/conferences/${id}/listen`, {
      headers: { 'x-auth-token': app.launchToken },
      signal: abort.signal,
    })
    const reader = response.body!.getReader()
    return {
      response,
      abort,
      take: async (count: number) => {
        const samples: number[] = []
        while (samples.length < count) {
          const { value, done } = await reader.read()
          if (done) break
          const bytes = Buffer.from(value)
          for (let at = 0; at + 1 < bytes.length; at += 2) samples.push(bytes.readInt16LE(at))
        }
        return samples
      },
    }
  }

  it('hears everybody and what plays, and is seen by nobody', async () => {
    const { board, act, history } = stage()
    stage().ada.audio.say(440)
    stage().bob.audio.say(1000)
    await act({ action: 'play', data: { media_id: 'tone_stream://%(9000,0,1700)' } })
    await expect.poll(async () => (await board()).participants[1]?.talking).toBe(true)
    const toldBefore = await history('?talking=false')
    const { response, take, abort } = await open()
    expect(response.headers.get('content-type')).toMatch(/^audio\/x-l16/)
    const samples = await take(4000)

    const levels = [440, 1000, 1700, 700].map((hz) => levelOf({ samples, rate: 8000 }, hz))
    expect(levels.slice(0, 3).every((level) => level > -30)).toBe(true)
    expect(levels[3]).toBeLessThan(-45)
    expect(await board()).toMatchObject({ members: 2, participants: [{}, {}] })
    expect(await history('?talking=false')).toEqual(toldBefore)
    abort.abort()
  })

  it('is for eight at a time, and for another one as soon as one goes', async () => {
    const { app, id } = stage()
    const eight = await Promise.all(Array.from({ length: 8 }, open))
    expect(eight.map(({ response }) => response.status)).toEqual(Array(8).fill(200))
    const ninth = () => app.call('HEAD', `/studio/conferences/${id}/listen`)
    const refused = await app.call('GET', `/studio/conferences/${id}/listen`)
    expect([refused.status, refused.envelope.message]).toEqual([429, 'too_many_requests'])
    expect(refused.envelope.data.message).toMatch(/eight listen/)

    eight[3]?.abort.abort()
    await expect.poll(async () => (await ninth()).status).toBe(200)
    for (const { abort } of eight) abort.abort()
  })

  it('tells by HEAD what it would be, at once', async () => {
    const { app, id } = stage()
    const head = await app.call('HEAD', `/studio/conferences/${id}/listen`)
    expect([head.status, head.bytes.length]).toEqual([200, 0])
    expect(head.headers.get('content-type')).toMatch(/^audio\/x-l16/)
  })

  it('ends with the conference, and not before', async () => {
    const { act } = stage()
    const { take } = await open()
    expect(await take(800)).toHaveLength(960)
    const rest = take(8_000_000)
    await act({ action: 'kick' }, '/participants')
    expect((await rest).length).toBeLessThan(80_000)
  })
})

describe('who listens', () => {
  const open = async () => {
    const scope = createScope('listening')
    const asked: string[] = []
    let tell: (event: EngineEvent) => void = () => undefined
    const { open: listen } = createListening({
      scope,
      engine: {
        on: (listener) => {
          tell = listener
          return () => undefined
        },
        listen: ({ listenId }) => Promise.resolve(void asked.push(listenId)),
        stopListen: (listenId) => Promise.resolve(void asked.push(`stop ${listenId}`)),
      },
    })
    const gone = new AbortController()
    const room = { instanceId: 'room', conference: { id: 'c' } } as Room
    const stream = await listen(room, gone.signal)
    const [listenId = ''] = asked
    const heard = (value: number) =>
      tell({ event: 'heard', listenId, samples: new Int16Array(480).fill(value) })
    return { scope, asked, gone, stream, listenId, heard, tell }
  }

  it('reads too slowly misses what came meanwhile, and hears what comes then', async () => {
    const { stream, heard, scope } = await open()
    for (let i = 1; i <= 1000; i += 1) heard(i)
    expect(stream.readableLength).toBeLessThan(18_000)
    const first = stream.read() as Buffer
    expect(first.readInt16LE(0)).toBe(1)
    heard(2000)
    const next = stream.read() as Buffer
    expect([next.length, next.readInt16LE(0)]).toEqual([960, 2000])
    await scope.dispose()
  })

  it('goes away is no burden to the engine', async () => {
    const { asked, gone, listenId, scope } = await open()
    gone.abort()
    await expect.poll(() => asked).toEqual([listenId, `stop ${listenId}`])
    await scope.dispose()
  })

  it('hears the end when the engine or the application ends', async () => {
    const one = await open()
    one.tell({ event: 'failed', message: 'gone' })
    const other = await open()
    await other.scope.dispose()
    for (const { stream } of [one, other]) {
      stream.resume()
      await expect.poll(() => stream.readableEnded).toBe(true)
    }
  })
})
