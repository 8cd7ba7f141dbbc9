import { describe, expect, it } from 'vitest'
import { hears, setStage, type MakeEngine } from './contract-stage.ts'

const member = {
  speak: true,
  hear: true,
  gainInDb: 0,
  gainOutDb: 0,
  energyLevel: 0,
  distributeDigits: false,
  canHaveFloor: true,
}
const playing = {
  items: [{ kind: 'silence', ms: 100 }],
  loop: false,
  gainDb: 0,
  queued: false,
} as const

/** What is refused, and what comes back. */
export const describeCommands = (make: MakeEngine) => {
  describe('a command', () => {
    const stage = setStage(make, { ports: { from: 15_900, to: 15_909 }, mostLegs: 4 })

    it('on what does not exist is refused and changes nothing', async () => {
      const { engine, room, call } = stage()
      const roomId = await room()
      const phone = await call({ room: roomId, say: 400 })
      const other = await call({ room: roomId, say: 700 })
      const path = '/nowhere/nothing.wav'
      const before = await engine.health()

      const refused = [
        engine.connectLeg('none', phone.audio()),
        engine.closeLeg('none'),
        engine.closeRoom('none'),
        engine.join('none', roomId, member),
        engine.leave('none'),
        engine.setMember('none', { speak: false }),
        engine.relate(phone.legId, 'none', 'mute'),
        engine.relate('none', phone.legId, 'mute'),
        engine.play({ ...playing, playId: 'p', to: { roomId: 'none' } }),
        engine.play({ ...playing, playId: 'p', to: { legId: 'none' } }),
        engine.record({ recordingId: 'r', of: { roomId: 'none' }, path, maximumSeconds: 1 }),
        engine.record({ recordingId: 'r', of: { legId: 'none' }, path, maximumSeconds: 1 }),
        engine.stopRecord('none'),
        engine.listen({ listenId: 'l', roomId: 'none', rate: 8000 }),
        engine.sendDigits('none', '1'),
        engine.observe('none'),
        engine.statistics('none'),
      ]

      for (const command of refused) {
        await expect(command).rejects.toMatchObject({ name: 'EngineError', code: 'unknown' })
      }
      expect(await engine.health()).toMatchObject({ legs: before.legs, rooms: before.rooms })
      await Promise.all([hears(phone, 700), hears(other, 400)])
    })

    it('on members and relations needs a leg that is in the room', async () => {
      const { engine, room, call } = stage()
      const [one, other] = [await room(), await room()]
      const a = await call({ room: one })
      const b = await call({ room: other })
      const alone = await call()

      await expect(engine.relate(a.legId, b.legId, 'deaf')).rejects.toMatchObject({
        code: 'unknown',
      })
      await expect(engine.leave(alone.legId)).rejects.toMatchObject({ code: 'unknown' })
      await expect(engine.setMember(alone.legId, {})).rejects.toMatchObject({ code: 'unknown' })
    })

    it('does not make the same thing twice, and no leg in two rooms', async () => {
      const { engine, room, call } = stage()
      const [roomId, other] = [await room(), await room()]
      const { legId } = await call({ room: roomId })
      const play = { ...playing, playId: 'twice', to: { legId }, loop: true }
      await engine.play(play)

      const refused = [
        engine.openLeg({ legId, host: '127.0.0.1' }),
        engine.openRoom({ roomId, rate: 8000, comfortNoise: 0 }),
        engine.join(legId, other, member),
        engine.play(play),
      ]

      for (const command of refused) await expect(command).rejects.toMatchObject({ code: 'exists' })
    })

    it('opens legs while there are ports and not more than are allowed', async () => {
      const { engine, call, id } = stage()
      const open = (host = '127.0.0.1') => engine.openLeg({ legId: id('leg'), host })
      await expect(open('phone.example')).rejects.toMatchObject({ code: 'bad_address' })
      await expect(open('192.0.2.1')).rejects.toMatchObject({ code: 'bad_address' })

      const calls = [await call(), await call(), await call(), await call()]

      expect(new Set(calls.map(({ at }) => at.port)).size).toBe(4)
      for (const { at } of calls) {
        expect(at.port % 2).toBe(0)
        expect(at.port).toBeGreaterThanOrEqual(15_900)
        expect(at.port).toBeLessThanOrEqual(15_908)
      }
      await expect(open()).rejects.toMatchObject({ code: 'too_many' })
      for (const { legId } of calls) await engine.closeLeg(legId)
      await engine.closeLeg((await call()).legId)
    })
  })

  describe('an engine', () => {
    const stage = setStage(make, { ports: { from: 15_920, to: 15_923 } })

    it('says when all ports are taken, and has them again', async () => {
      const { engine, call, id } = stage()
      const { legId } = await call()
      await call()

      const third = { legId: id('leg'), host: '127.0.0.1' }
      await expect(engine.openLeg(third)).rejects.toMatchObject({ code: 'no_ports' })

      await engine.closeLeg(legId)
      await engine.openLeg(third)
      await engine.closeLeg(third.legId)
    })

    it('stands still while there is nothing to hear', async () => {
      const { engine, room, call } = stage()
      for (let i = 0; i < 50; i += 1) await room()
      const phone = await call()
      await phone.listen(200)
      await engine.closeLeg(phone.legId)

      const { ticks } = await engine.health()
      await new Promise((resolve) => setTimeout(resolve, 300))

      expect(ticks).toBeGreaterThan(0)
      expect((await engine.health()).ticks - ticks).toBeLessThanOrEqual(1)
    })
  })
}
