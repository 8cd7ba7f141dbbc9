import { describe, expect, it } from 'vitest'
import { hears, setStage, type MakeEngine } from './contract-stage.ts'
import { levelOf } from './hearing.ts'
import type { RtpPeer } from './rtp-peer.ts'

/** A machine that is busy makes stretches of sound quieter, and none louder. */
const loudest = async (peer: Pick<RtpPeer, 'listen'>, hz: number): Promise<number> => {
  let level = -Infinity
  for (let i = 0; i < 5; i += 1) level = Math.max(level, levelOf(await peer.listen(120), hz))
  return level
}

/** Who hears whom. */
export const describeRooms = (make: MakeEngine) => {
  describe('a room', () => {
    const stage = setStage(make)

    it('lets everybody hear exactly the others, whatever their codecs are', async () => {
      const { room, call } = stage()
      const roomId = await room({ rate: 16_000 })
      const low = await call({ room: roomId, codec: 'PCMU', say: 400 })
      const middle = await call({ room: roomId, codec: 'PCMA', say: 700 })
      const high = await call({ room: roomId, codec: 'L16', say: 1000 })

      await Promise.all([hears(low, 700, 1000), hears(middle, 400, 1000), hears(high, 400, 700)])
    })

    it('carries what only wideband can, to those who have it', async ({ skip }) => {
      skip(!stage().engine.capabilities.codecs.includes('L16'))
      const { engine, room, call } = stage()
      const roomId = await room({ rate: 16_000 })
      const one = await call({ room: roomId, codec: 'L16', say: 5000 })
      const other = await call({ room: roomId, codec: 'L16', say: 400 })
      const narrow = await call({ room: roomId, codec: 'PCMU', say: 1000 })

      await Promise.all([hears(one, 400, 1000), hears(other, 1000, 5000), hears(narrow, 400)])
      expect((await engine.observe(roomId)).rate).toBe(16_000)
    })

    it('is not heard in another one', async () => {
      const { room, call } = stage()
      const [one, other] = [await room(), await room()]
      const a = await call({ room: one, say: 400 })
      const b = await call({ room: one, say: 700 })
      const c = await call({ room: other, say: 1000 })
      const d = await call({ room: other, say: 1300 })

      await Promise.all([hears(a, 700), hears(b, 400), hears(c, 1300), hears(d, 1000)])
    })

    it('goes on for the others when one leaves, who is alone then', async () => {
      const { engine, room, call } = stage()
      const roomId = await room()
      const a = await call({ room: roomId, say: 400 })
      const b = await call({ room: roomId, say: 700 })
      const c = await call({ room: roomId, say: 1000 })
      await hears(a, 700, 1000)

      await engine.leave(c.legId)

      await Promise.all([hears(a, 700), hears(b, 400), hears(c)])
    })

    it('leaves its legs alone when it is closed, and can be entered no more', async () => {
      const { engine, room, call } = stage()
      const roomId = await room()
      const a = await call({ room: roomId, say: 400 })
      const b = await call({ room: roomId, say: 700 })
      await hears(a, 700)

      await engine.closeRoom(roomId)

      await Promise.all([hears(a), hears(b)])
      await expect(engine.observe(roomId)).rejects.toMatchObject({ code: 'unknown' })
    })

    it('has the comfort noise it was opened with', async () => {
      const { room, call } = stage()
      const loudest = async (comfortNoise: number) => {
        const { listen } = await call({ room: await room({ comfortNoise }) })
        return Math.max(...(await listen(200)).samples.map(Math.abs))
      }
      // The silence of a codec need not be 0.
      const quiet = await loudest(0)
      expect(quiet).toBeLessThan(10)
      expect(await loudest(300)).toBeGreaterThan(10 * Math.max(1, quiet))
    })

    it('tells who talks and for how long', async () => {
      const { engine, room, call, happened } = stage()
      const roomId = await room()
      const talker = await call({ room: roomId, say: 400, member: { energyLevel: 300 } })
      const quiet = await call({ room: roomId, member: { energyLevel: 300 } })
      await happened({ event: 'start-talking', legId: talker.legId })

      const { legs } = await engine.observe(roomId)
      talker.say(undefined)
      await happened({ event: 'stop-talking', legId: talker.legId })

      expect(legs.find(({ legId }) => legId === quiet.legId)).toMatchObject({
        talking: false,
        talkedMs: 0,
      })
      const after = (await engine.observe(roomId)).legs.find(({ legId }) => legId === talker.legId)
      expect(after?.talking).toBe(false)
      expect(after?.talkedMs).toBeGreaterThan(0)
    })
  })
}

/** What may be set of a member. */
export const describeMembers = (make: MakeEngine) => {
  describe('a member', () => {
    const stage = setStage(make)
    const three = async () => {
      const { room, call } = stage()
      const roomId = await room()
      const a = await call({ room: roomId, say: 400 })
      const b = await call({ room: roomId, say: 700 })
      const c = await call({ room: roomId, say: 1000 })
      await Promise.all([hears(a, 700, 1000), hears(b, 400, 1000), hears(c, 400, 700)])
      return { roomId, a, b, c }
    }

    it('that is muted is not heard, hears, and is noticed when it talks', async () => {
      const { engine, happened } = stage()
      const { a, b, c } = await three()

      await engine.setMember(a.legId, { speak: false })
      await Promise.all([hears(a, 700, 1000), hears(b, 1000), hears(c, 700)])
      await happened({ event: 'mute-detect', legId: a.legId })

      await engine.setMember(a.legId, { speak: true })
      await Promise.all([hears(b, 400, 1000), hears(c, 400, 700)])
    })

    it('that is deaf hears nothing and is heard', async () => {
      const { engine } = stage()
      const { a, b, c } = await three()

      await engine.setMember(a.legId, { hear: false })
      await Promise.all([hears(a), hears(b, 400, 1000), hears(c, 400, 700)])

      await engine.setMember(a.legId, { hear: true })
      await hears(a, 700, 1000)
    })

    it.for([
      { how: 'mute' as const, first: [700, 1000], other: [1000] },
      { how: 'deaf' as const, first: [1000], other: [400, 1000] },
    ])('is related to another: $how, and clear', async ({ how, first, other }, { skip }) => {
      skip(!stage().engine.capabilities.relate)
      const { engine } = stage()
      const { a, b, c } = await three()

      await engine.relate(a.legId, b.legId, how)
      await Promise.all([hears(a, ...first), hears(b, ...other), hears(c, 400, 700)])

      await engine.relate(a.legId, b.legId, 'clear')
      await Promise.all([hears(a, 700, 1000), hears(b, 400, 1000)])
    })

    it('is related in one way at a time: the last one counts', async ({ skip }) => {
      skip(!stage().engine.capabilities.relate)
      const { engine } = stage()
      const { a, b, c } = await three()

      await engine.relate(a.legId, b.legId, 'mute')
      await engine.relate(a.legId, b.legId, 'deaf')
      await Promise.all([hears(a, 1000), hears(b, 400, 1000), hears(c, 400, 700)])
    })

    it('is as loud as its gains make it', async ({ skip }) => {
      skip(!stage().engine.capabilities.gain)
      const { engine, room, call } = stage()
      const roomId = await room()
      const talker = await call({ room: roomId, say: 400 })
      const listener = await call({ room: roomId })
      await hears(listener, 400)
      const plain = await loudest(listener, 400)

      await engine.setMember(talker.legId, { gainInDb: -6 })
      await engine.setMember(listener.legId, { gainOutDb: -6 })
      // What is on its way still sounds as before.
      await listener.listen(400)

      expect((await loudest(listener, 400)) - plain).toBeCloseTo(-12, 0)
    })

    it('is heard only above its energy level', async ({ skip }) => {
      skip(!stage().engine.capabilities.energy)
      const { room, call } = stage()
      const roomId = await room()
      const talker = await call({ room: roomId, member: { energyLevel: 1000 } })
      const listener = await call({ room: roomId })
      talker.say(400, 1200)
      await listener.listen(400)
      await hears(listener)

      talker.say(400)
      await hears(listener, 400)
    })

    it('has the floor while it talks, unless it cannot have it', async ({ skip }) => {
      skip(!stage().engine.capabilities.floor)
      const { engine, room, call, happened } = stage()
      const roomId = await room()
      const guest = await call({ room: roomId, say: 400, member: { canHaveFloor: false } })
      await happened({ event: 'start-talking', legId: guest.legId })
      expect((await engine.observe(roomId)).floor).toBeUndefined()

      const member = await call({ room: roomId, say: 700 })

      await happened({ event: 'floor-change', roomId, legId: member.legId })
      expect((await engine.observe(roomId)).floor).toBe(member.legId)
      await engine.leave(member.legId)
      await happened({ event: 'floor-change', roomId, former: member.legId })
    })
  })
}
