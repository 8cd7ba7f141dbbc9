import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { describe, expect, it } from 'vitest'
import { hears, setStage, type MakeEngine } from './contract-stage.ts'
import { longestSilenceMs } from './hearing.ts'
import { openPeer } from './rtp-peer.ts'
import { payloadOf } from './rtp-voice.ts'
import { isControl } from './wire.ts'

const isAudio = ({ payloadType }: { payloadType: number }) => payloadType < 101

/** What both sides agree to, again and again. */
export const describeAgreements = (make: MakeEngine) => {
  describe('an agreement', () => {
    const stage = setStage(make)

    it('is kept in packets of its length, one after the other', async () => {
      const { room, call } = stage()
      const roomId = await room()
      const slow = await call({ room: roomId, ptimeMs: 30, say: 400 })
      const plain = await call({ room: roomId, say: 700 })

      await Promise.all([hears(slow, 700), hears(plain, 400)])

      const packets = slow.packets.filter(isAudio)
      expect(new Set(packets.map(({ payload }) => payload.length))).toEqual(new Set([240]))
      expect(new Set(packets.map(({ ssrc }) => ssrc)).size).toBe(1)
      packets.slice(1).forEach(({ sequence, timestamp }, i) => {
        expect((sequence - (packets[i]?.sequence ?? 0)) & 0xffff).toBe(1)
        expect((timestamp - (packets[i]?.timestamp ?? 0)) >>> 0).toBe(240)
      })
    })

    it('may change codec, packets and port in the middle of a call', async ({ skip }) => {
      skip(!stage().engine.capabilities.codecs.includes('L16'))
      const { engine, scope, room, call } = stage()
      const roomId = await room({ rate: 16_000 })
      const phone = await call({ room: roomId, say: 400 })
      const other = await call({ room: roomId, say: 700 })
      await Promise.all([hears(phone, 700), hears(other, 400)])

      phone.use('L16', 40)
      await engine.connectLeg(phone.legId, phone.audio())
      await Promise.all([hears(phone, 700), hears(other, 400)])
      expect(phone.packets.at(-1)?.payload.length).toBe(1280)

      const elsewhere = await openPeer(scope, { codec: 'PCMA' })
      phone.hush(true)
      await engine.connectLeg(phone.legId, elsewhere.audio())
      elsewhere.say(1000)
      elsewhere.call(phone.at)
      await Promise.all([hears(elsewhere, 700), hears(other, 1000)])
    })

    it('to hold stops the audio that it says, and it comes back', async () => {
      const { engine, room, call } = stage()
      const roomId = await room()
      const phone = await call({ room: roomId, say: 400 })
      const other = await call({ room: roomId, say: 700 })
      await Promise.all([hears(phone, 700), hears(other, 400)])

      await engine.connectLeg(phone.legId, phone.audio({ direction: 'inactive' }))
      await hears(other)
      const before = phone.packets.length
      await other.listen(400)
      expect(phone.packets.length).toBe(before)

      await engine.connectLeg(phone.legId, phone.audio({ direction: 'sendonly' }))
      await hears(phone, 700)
      await hears(other)

      await engine.connectLeg(phone.legId, phone.audio())
      await Promise.all([hears(phone, 700), hears(other, 400)])
    })

    it('carries digits both ways, and to the others as tones where that is wanted', async ({
      skip,
    }) => {
      skip(!stage().engine.capabilities.sendDigits)
      const { engine, room, call, events } = stage()
      const roomId = await room()
      const phone = await call({ room: roomId, member: { distributeDigits: true } })
      const other = await call({ room: roomId })
      const listener = await call({ room: roomId })
      await Promise.all([hears(phone), hears(listener)])

      const heard = listener.listen(800)
      phone.press('19#')
      await engine.sendDigits(other.legId, '*7D')
      const { samples } = await heard

      expect(Math.max(...samples)).toBeGreaterThan(500)
      await expect.poll(() => other.digits()).toBe('*7D')
      const digits = () =>
        events.flatMap((one) => (one.event === 'dtmf' ? [one.legId, one.digit] : []))
      await expect.poll(digits).toEqual(['1', '9', '#'].flatMap((digit) => [phone.legId, digit]))
      await expect(engine.sendDigits(phone.legId, '1x')).rejects.toMatchObject({ code: 'invalid' })
    })

    it('may put RTCP on a port of its own', async () => {
      const { scope, call } = stage()
      const reports = createSocket('udp4')
      scope.add(() => void reports.close())
      reports.bind(0, '127.0.0.1')
      await once(reports, 'listening')
      const { port: rtcp } = reports.address()
      const peer = await openPeer(scope)
      const remote = { host: '127.0.0.1', port: peer.audio().remote?.port ?? 0, rtcp }

      const { at } = await call({ audio: { remote } })
      const [report, from] = (await once(reports, 'message')) as [Buffer, { port: number }]

      expect(isControl(report)).toBe(true)
      expect(from.port).toBe(at.port + 1)
    })

    it('is refused when it cannot be kept', async () => {
      const { engine, call } = stage()
      const phone = await call({ say: 400 })
      const change = (audio: Parameters<typeof phone.audio>[0]) =>
        engine.connectLeg(phone.legId, phone.audio(audio))

      await expect(change({ ptimeMs: 25 })).rejects.toMatchObject({ code: 'invalid' })
      const remote = { host: '::1', port: 4000, rtcp: 'mux' } as const
      await expect(change({ remote })).rejects.toMatchObject({ code: 'bad_address' })
      await hears(phone)
    })
  })
}

/** What networks do, and strangers. */
export const describeNetwork = (make: MakeEngine) => {
  describe('a leg', () => {
    const stage = setStage(make, { mediaTimeoutMs: 800 })

    it('is heard without gaps while packets are lost and out of order', async () => {
      const { engine, room, call } = stage()
      const roomId = await room()
      const phone = await call({ room: roomId, say: 400 })
      const listener = await call({ room: roomId })
      await hears(listener, 400)

      phone.impair((index) => (index % 20 === 7 ? 'lost' : index % 15 === 4 ? 1 : 0))
      // A machine that stands still for a while makes gaps that are nobody's fault here.
      let shortest = Number.POSITIVE_INFINITY
      for (let tries = 0; tries < 4 && shortest > 10; tries += 1) {
        shortest = Math.min(shortest, longestSilenceMs(await listener.listen(1000)))
      }

      expect(shortest).toBeLessThan(10)
      const statistics = await engine.statistics(phone.legId)
      expect(statistics.packetsLost).toBeGreaterThanOrEqual(2)
    })

    it('takes nothing of strangers, and counts what they send', async () => {
      const { engine, scope, room, call } = stage()
      const roomId = await room()
      const phone = await call({ room: roomId })
      const listener = await call({ room: roomId })
      const stranger = await openPeer(scope, { host: '127.0.0.2' })
      stranger.say(1000)
      stranger.call(phone.at)

      await expect
        .poll(async () => (await engine.statistics(phone.legId)).packetsRefused)
        .toBeGreaterThan(0)
      phone.say(400)

      await hears(listener, 400)
      expect(stranger.packets).toEqual([])
    })

    it('goes where its phone sends from, not where it says it is', async () => {
      const { room, call } = stage()
      const roomId = await room()
      const remote = { host: '192.0.2.1', port: 9, rtcp: 'mux' } as const
      const natted = await call({ room: roomId, say: 400, audio: { remote } })
      const other = await call({ room: roomId, say: 700 })
      await Promise.all([hears(natted, 700), hears(other, 400)])

      await natted.move()

      await Promise.all([hears(natted, 700), hears(other, 400)])
    })
  })
}

/** What phones do that do not say goodbye, and others. */
export const describeEndings = (make: MakeEngine) => {
  describe('a leg whose phone', () => {
    const stage = setStage(make, { mediaTimeoutMs: 800 })

    it('sends nonsense is not disturbed, and disturbs nobody', async () => {
      const { engine, room, call } = stage()
      const roomId = await room()
      const phone = await call({ room: roomId, say: 400 })
      const other = await call({ room: roomId, say: 700 })
      await hears(other, 400)
      const random = (length: number) =>
        Uint8Array.from({ length }, () => Math.floor(Math.random() * 256))

      for (let i = 0; i < 2_000; i += 1) phone.sendRaw(random(i % 300))
      // Of the right payload, and without a meaning.
      for (let i = 0; i < 200; i += 1) {
        phone.sendRaw(Uint8Array.from([0x80, i % 2 ? 0 : 101, ...random(i % 20)]))
      }

      await Promise.all([hears(other, 400), hears(phone, 700)])
      expect((await engine.statistics(phone.legId)).packetsRefused).toBeGreaterThan(500)
    })

    it('falls silent is told of once, and again after it was back', async () => {
      const { call, events, happened } = stage()
      const { legId, ...phone } = await call({ say: 400 })
      const timeouts = () => events.filter((one) => one.event === 'media-timeout').length
      await happened({ event: 'media-started', legId })

      phone.hush(true)
      await happened({ event: 'media-timeout', legId })
      await phone.listen(300)
      expect(timeouts()).toBe(1)

      phone.hush(false)
      await phone.listen(200)
      phone.hush(true)
      await expect.poll(timeouts, { timeout: 5_000 }).toBe(2)
      expect(events.filter((one) => one.event === 'media-started')).toHaveLength(1)
    })

    it('is on hold may be silent for as long as it wants', async () => {
      const { engine, call, events } = stage()
      const held = await call()
      held.hush(true)
      const silent = await call()
      silent.hush(true)
      await engine.connectLeg(held.legId, held.audio({ direction: 'sendonly' }))

      await expect.poll(() => events.length, { timeout: 5_000 }).toBeGreaterThan(0)
      await silent.listen(200)

      const timeouts = events.filter((one) => one.event === 'media-timeout')
      expect(timeouts.map(({ legId }) => legId)).toEqual([silent.legId])
    })

    it('speaks IPv6 hears those who do not', async () => {
      const { room, call } = stage()
      const roomId = await room()
      const six = await call({ room: roomId, host: '::1', say: 400 })
      const four = await call({ room: roomId, say: 700 })

      await Promise.all([hears(six, 700), hears(four, 400)])
    })

    it('closed its port disturbs nobody', async () => {
      const { engine, scope, room, call } = stage()
      const roomId = await room()
      const other = await call({ room: roomId, say: 700 })
      const listener = await call({ room: roomId })
      const phoneScope = scope.child('phone')
      const phone = await openPeer(phoneScope)
      const legId = stage().id('leg')
      const at = await engine.openLeg({ legId, host: '127.0.0.1' })
      scope.add(() => engine.closeLeg(legId).then(() => undefined))
      await engine.connectLeg(legId, phone.audio())
      phone.call(at)
      await phone.listen(1_500)

      await phoneScope.dispose()

      await expect
        .poll(async () => (await engine.statistics(legId)).unreachable, { timeout: 5_000 })
        .toBeGreaterThan(0)
      await hears(listener, 700)
      await hears(other)
    })

    it('is gone leaves its figures', async () => {
      const { engine, call } = stage()
      const phone = await call({ say: 400 })
      await phone.listen(400)

      const statistics = await engine.closeLeg(phone.legId)

      expect(statistics.packetsReceived).toBeGreaterThan(10)
      expect(statistics.packetsSent).toBeGreaterThanOrEqual(phone.packets.length)
      expect(statistics).toMatchObject({ packetsLate: 0, packetsRefused: 0, unreachable: 0 })
      expect(payloadOf.PCMU).toBe(phone.packets.at(-1)?.payloadType)
    })
  })
}
