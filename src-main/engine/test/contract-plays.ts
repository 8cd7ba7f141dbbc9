import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { until } from '../../test/tools.ts'
import type { PlayOptions } from '../port.ts'
import { hears, readWav, setStage, tonesOf, writePcm, type MakeEngine } from './contract-stage.ts'

const tone = (hz: number, ms: number) => ({ kind: 'tones', text: `%(${ms},0,${hz})` }) as const
const playing = { loop: false, gainDb: 0, queued: false } as const

/** What plays to rooms and legs. */
export const describePlays = (make: MakeEngine) => {
  describe('a play', () => {
    const stage = setStage(make)
    const start = async (
      play: Omit<PlayOptions, 'playId' | 'loop' | 'gainDb' | 'queued'> & Partial<PlayOptions>,
    ) => {
      const playId = stage().id('play')
      await stage().engine.play({ ...playing, playId, ...play })
      return playId
    }

    it('to a room is heard by all of it who are not deaf, and ends', async () => {
      const { room, call, happened } = stage()
      const roomId = await room()
      const a = await call({ room: roomId, say: 400 })
      const b = await call({ room: roomId })
      const deaf = await call({ room: roomId, member: { hear: false } })

      const playId = await start({ to: { roomId }, items: [tone(1300, 900)] })

      await Promise.all([hears(a, 1300), hears(b, 400, 1300), hears(deaf)])
      await happened({ event: 'play-done', playId, why: 'played' })
      await Promise.all([hears(a), hears(b, 400)])
    })

    it('to a leg is heard by it alone, in a room, deaf in it, or in none', async () => {
      const { room, call } = stage()
      const roomId = await room()
      const a = await call({ room: roomId, say: 400 })
      const deaf = await call({ room: roomId, member: { hear: false } })
      const alone = await call()
      for (const { legId } of [deaf, alone]) {
        await start({ to: { legId }, items: [tone(1300, 500)], loop: true })
      }

      await Promise.all([hears(a), hears(deaf, 1300), hears(alone, 1300)])
    })

    it('goes from item to item, around as a loop, until it is stopped', async () => {
      const { engine, call, folder, happened } = stage()
      const path = join(folder, 'sine.pcm')
      await writePcm(path, 700, 0.5, 16_000)
      const { legId, ...peer } = await call()

      const items = [tone(1300, 400), { kind: 'pcm', path, rate: 16_000 } as const]
      const playId = await start({ to: { legId }, items, loop: true })
      await hears(peer, 1300)
      await hears(peer, 700)
      await hears(peer, 1300)
      await engine.stopPlay(playId)

      await hears(peer)
      await happened({ event: 'play-done', playId, why: 'stopped' })
      await engine.stopPlay(playId)
    })

    it('waits for its turn if it is queued, and is mixed with the others if not', async () => {
      const { call, events, happened } = stage()
      const { legId, ...peer } = await call()
      const to = { legId }

      const first = await start({ to, items: [tone(700, 500)], queued: true })
      const second = await start({ to, items: [tone(1000, 500)], queued: true })
      await start({ to, items: [tone(1300, 2000)] })

      await hears(peer, 700, 1300)
      await hears(peer, 1000, 1300)
      await happened({ event: 'play-done', playId: second })
      const done = events.flatMap((one) => (one.event === 'play-done' ? [one.playId] : []))
      expect(done).toEqual([first, second])
    })

    it('of what cannot be played fails with words for people, and with nothing else', async () => {
      const { call, events, folder, happened } = stage()
      const { legId, ...peer } = await call()
      const to = { legId }

      const file = { kind: 'pcm', path: join(folder, 'none.pcm'), rate: 8000 } as const
      const missing = await start({ to, items: [file] })
      const nonsense = await start({ to, items: [{ kind: 'tones', text: '%(a,b,c)' }] })
      await start({ to, items: [tone(1300, 5000)] })

      await hears(peer, 1300)
      await happened({ event: 'play-done', playId: missing, why: 'failed' })
      await happened({ event: 'play-done', playId: nonsense, why: 'failed' })
      const failures = events.filter((one) => one.event === 'play-done' && one.why === 'failed')
      expect(failures).toEqual([
        expect.objectContaining({ message: expect.any(String) as string }),
        expect.objectContaining({ message: expect.any(String) as string }),
      ])
    })

    it('ends with what it plays to', async () => {
      const { engine, room, call, happened } = stage()
      const roomId = await room()
      const { legId } = await call()
      const toRoom = await start({ to: { roomId }, items: [tone(700, 60_000)] })
      const toLeg = await start({ to: { legId }, items: [tone(700, 60_000)] })

      await engine.closeRoom(roomId)
      await engine.closeLeg(legId)

      await happened({ event: 'play-done', playId: toRoom, why: 'stopped' })
      await happened({ event: 'play-done', playId: toLeg, why: 'stopped' })
    })
  })
}

/** What is written down of rooms and legs. */
export const describeRecordings = (make: MakeEngine) => {
  describe('a recording', () => {
    const stage = setStage(make)
    const start = async (of: { roomId: string } | { legId: string }, maximumSeconds = 60) => {
      const { engine, id, folder } = stage()
      const recordingId = id('recording')
      const path = join(folder, `${recordingId}.wav`)
      await engine.record({ recordingId, of, path, maximumSeconds })
      return { recordingId, path }
    }

    it('of a room holds all who are in it and what plays to it', async ({ skip }) => {
      skip(!stage().engine.capabilities.record)
      const { engine, room, call, happened } = stage()
      const roomId = await room({ comfortNoise: 300 })
      const a = await call({ room: roomId, say: 400 })
      const b = await call({ room: roomId, say: 700 })
      await call({ room: roomId, say: 1000, member: { speak: false, hear: false } })
      await engine.play({ ...playing, playId: 'music', to: { roomId }, items: [tone(1300, 9_000)] })
      await Promise.all([hears(a, 700, 1300), hears(b, 400, 1300)])

      const { recordingId, path } = await start({ roomId })
      await a.listen(400)
      await engine.stopRecord(recordingId)

      const wav = await readWav(path)
      expect(wav.rate).toBe(8000)
      expect(wav.samples.length).toBeGreaterThan(2000)
      expect(tonesOf(wav)).toEqual([400, 700, 1300])
      await happened({
        event: 'record-done',
        recordingId,
        why: 'stopped',
        frames: wav.samples.length,
      })
    })

    it('of a leg holds what comes from it, at the rate of its codec', async ({ skip }) => {
      skip(!stage().engine.capabilities.recordLeg)
      const { engine, room, call } = stage()
      const roomId = await room()
      const a = await call({ room: roomId, say: 400, codec: 'L16', member: { speak: false } })
      await call({ room: roomId, say: 700 })
      await hears(a, 700)

      const { recordingId, path } = await start({ legId: a.legId })
      await a.listen(400)
      await engine.stopRecord(recordingId)

      const wav = await readWav(path)
      expect(wav.rate).toBe(16_000)
      expect(tonesOf(wav)).toEqual([400])
    })

    it('ends by itself at its longest', async ({ skip }) => {
      skip(!stage().engine.capabilities.record)
      const { room, call, happened } = stage()
      const roomId = await room()
      await call({ room: roomId, say: 400 })

      const { recordingId, path } = await start({ roomId }, 1)

      await happened({ event: 'record-done', recordingId, why: 'limit', frames: 8000 })
      expect((await readWav(path)).samples).toHaveLength(8000)
    })

    it('ends with what is recorded', async ({ skip }) => {
      skip(!stage().engine.capabilities.recordLeg)
      const { engine, room, call, happened } = stage()
      const roomId = await room()
      const { legId, ...peer } = await call({ room: roomId, say: 400 })
      const ofLeg = await start({ legId })
      const ofRoom = await start({ roomId })
      await peer.listen(200)

      await engine.closeLeg(legId)
      await happened({ event: 'record-done', recordingId: ofLeg.recordingId, why: 'stopped' })
      await engine.closeRoom(roomId)
      await happened({ event: 'record-done', recordingId: ofRoom.recordingId, why: 'stopped' })

      expect((await readWav(ofLeg.path)).samples.length).toBeGreaterThan(0)
    })

    it('never writes over a file', async ({ skip }) => {
      skip(!stage().engine.capabilities.record)
      const { engine, room, folder, happened } = stage()
      const path = join(folder, 'precious.wav')
      await writeFile(path, 'precious')
      const roomId = await room()

      const recordingId = stage().id('recording')
      await engine.record({ recordingId, of: { roomId }, path, maximumSeconds: 1 })

      await happened({ event: 'record-done', recordingId, why: 'failed' })
    })
  })
}

/** Who listens in without being there. */
export const describeListens = (make: MakeEngine) => {
  describe('a listening', () => {
    const stage = setStage(make)
    const listen = async (roomId: string, rate: 8000 | 16_000 = 8000) => {
      const { engine, id, events } = stage()
      const listenId = id('listen')
      await engine.listen({ listenId, roomId, rate })
      const told = () =>
        events.flatMap((one) =>
          one.event === 'heard' && one.listenId === listenId ? [one.samples] : [],
        )
      return { listenId, told }
    }
    const lengthOf = (told: readonly Int16Array[]) =>
      told.reduce((sum, { length }) => sum + length, 0)

    it('hears all who are in a room and what plays to it, and is not there', async ({ skip }) => {
      skip(!stage().engine.capabilities.listen)
      const { engine, room, call, happened } = stage()
      const roomId = await room({ rate: 16_000, comfortNoise: 300 })
      const a = await call({ room: roomId, say: 400, codec: 'L16' })
      const b = await call({ room: roomId, say: 700 })
      await call({ room: roomId, say: 1000, member: { speak: false } })
      await engine.play({
        ...playing,
        playId: 'jingle',
        to: { roomId },
        items: [tone(1300, 9_000)],
      })
      await Promise.all([hears(a, 700, 1300), hears(b, 400, 1300)])

      const { listenId, told } = await listen(roomId)
      await until(() => lengthOf(told()) >= 4800)
      await engine.stopListen(listenId)

      await happened({ event: 'listen-done', listenId })
      const heard = told()
      expect(Math.max(...heard.map(({ length }) => length))).toBeLessThanOrEqual(480)
      expect(tonesOf({ samples: heard.flatMap((samples) => [...samples]), rate: 8000 })).toEqual([
        400, 700, 1300,
      ])
      expect((await engine.observe(roomId)).legs).toHaveLength(3)
      await engine.stopListen(listenId)
      const after = told().length
      await a.listen(200)
      expect(told()).toHaveLength(after)
    })

    it('goes on in silence, several at once, each at its own rate, until the room ends', async ({
      skip,
    }) => {
      skip(!stage().engine.capabilities.listen)
      const { engine, room, call, happened } = stage()
      const roomId = await room()
      await call({ room: roomId })

      const [one, other] = [await listen(roomId), await listen(roomId, 16_000)]
      await until(() => lengthOf(one.told()) >= 960 && lengthOf(other.told()) >= 1920)
      expect(one.told().every((samples) => samples.every((sample) => sample === 0))).toBe(true)
      await engine.closeRoom(roomId)

      await happened({ event: 'listen-done', listenId: one.listenId })
      await happened({ event: 'listen-done', listenId: other.listenId })
    })
  })
}
