import { describe, expect, it } from 'vitest'
import { createEngine } from '../../../engine/engine.ts'
import { hears, readWav, setStage, type Caller } from '../../../engine/test/contract-stage.ts'
import { levelOf } from '../../../engine/test/hearing.ts'
import { silentLog as log } from '../../../platform/log.ts'
import type { Playback } from '../../playback/playback.ts'
import { createFakeLeg } from './test/fake-leg.ts'
import { conferenceOf, startRooms } from './test/fake-room.ts'
import { openLibrary } from './test/library.ts'

/** Every sound is a tone: of what a document names it is the number it ends with, in Hz. */
const tonePlayback: Pick<Playback, 'prepare'> = {
  prepare: ({ items }) => {
    const hz = (text: string) => Number(/\d+$/.exec(text)?.[0] ?? 1700)
    return Promise.resolve({
      items: items.map((item) => ({
        kind: 'tones' as const,
        text:
          item.kind === 'tones'
            ? item.text
            : `%(600,0,${hz(item.kind === 'media' ? item.reference : '')})`,
      })),
      problems: [],
      release: () => undefined,
    })
  },
}

/** Nothing is heard but who talks and what a test plays. */
const quiet = {
  'comfort-noise': 0,
  ...{ 'alone-sound': '', 'muted-sound': '', 'unmuted-sound': '' },
  rate: 8000,
}

describe('in a room of the engine', () => {
  const stage = setStage((scope) => createEngine({ scope, log }))

  const enter = async (input: Record<string, unknown> = {}, more = {}) => {
    const rooms = await startRooms({ engine: stage().engine, playback: tonePlayback, ...more })
    stage().scope.add(rooms.dispose)
    const conference = conferenceOf({ ...input, profile: { ...quiet, ...(input.profile ?? {}) } })
    const join = async (say: number | undefined, admission = {}) => {
      const peer = await stage().call(say === undefined ? {} : { say })
      const leg = createFakeLeg({ legId: peer.legId })
      const { id } = await rooms.join(conference, { leg, ...admission })
      return { ...peer, id, leg }
    }
    return { ...rooms, conference, join, room: () => rooms.room(conference) }
  }

  const three = async (input: Record<string, unknown> = {}, more = {}) => {
    const house = await enter(input, more)
    const a = await house.join(400)
    const b = await house.join(700)
    const c = await house.join(1000)
    await all(a, [700, 1000], b, [400, 1000], c, [400, 700])
    return { ...house, a, b, c }
  }

  /** Each listener with what it hears, in the end and at the same time. */
  const all = (...expected: (Pick<Caller, 'listen'> | readonly number[])[]) =>
    Promise.all(
      expected.flatMap((peer, at) =>
        at % 2 === 0 && 'listen' in peer
          ? [hears(peer, ...(expected[at + 1] as readonly number[]))]
          : [],
      ),
    )

  it('mutes and deafens whom it says, and nobody else', async () => {
    const { room, a, b, c } = await three()
    await room().setSpeak([a.id], false)
    await all(a, [700, 1000], b, [1000], c, [700])
    await room().setHear([b.id], false)
    await all(a, [700, 1000], b, [], c, [700])
    await room().setSpeak([a.id], true)
    await room().setHear([b.id], true)
    await all(a, [700, 1000], b, [400, 1000], c, [400, 700])
  })

  it('relates two, one way', async () => {
    const { room, a, b, c } = await three()
    await room().relate(a.id, b.id, 'mute')
    await all(a, [700, 1000], b, [1000], c, [400, 700])
    await room().relate(a.id, b.id, 'deaf')
    await all(a, [1000], b, [400, 1000], c, [400, 700])
    await room().relate(a.id, b.id, 'clear')
    await all(a, [700, 1000], b, [400, 1000])
  })

  it('kicks: neither hears the other from then on', async () => {
    const { room, a, b, c } = await three()
    await room().kick([b.id])
    await all(a, [1000], b, [], c, [400])
    expect(b.leg.hungUp()).toBeDefined()
  })

  it('plays to everybody, or to one who is deaf', async () => {
    const { room, a, b, c } = await three()
    await room().play('tone-1300')
    await all(a, [700, 1000, 1300], b, [400, 1000, 1300], c, [400, 700, 1300])
    await all(a, [700, 1000], b, [400, 1000], c, [400, 700])
    await room().setHear([b.id], false)
    await hears(b)
    await room().play('tone-1300', b.id)
    await all(a, [700, 1000], b, [1300], c, [400, 700])
  })

  it('plays music to who is alone, and stops when somebody comes', async () => {
    const { join } = await enter({ profile: { 'moh-sound': 'tone-1300' } })
    const a = await join(400)
    await hears(a, 1300)
    const b = await join(700)
    await all(a, [700], b, [400])
    b.leg.end()
    await hears(a, 1300)
  })

  it('lets everybody hear who comes and goes', async () => {
    const { join } = await enter({
      ...{ play_entry_tone: 'tone-1300', play_exit_tone: 'tone-1700' },
    })
    const a = await join(400)
    await hears(a, 1300)
    await hears(a)
    const b = await join(700)
    await hears(a, 700, 1300)
    await hears(a, 700)
    b.leg.end()
    await hears(a, 1700)
  })

  it('takes who joins muted for muted, and notices that it talks', async () => {
    const { join, names, rooms, conference } = await enter()
    const a = await join(400, { flags: ['mute'] })
    const b = await join(undefined)
    await hears(b)
    await expect.poll(names, { timeout: 3000 }).toContain('mute-detect')
    const room = rooms.get('account', conference.id)
    await room?.refresh()
    expect(room?.participants[0]).toMatchObject({ participantId: a.id, muteDetect: true })
  })

  it('tells who starts and stops talking, with its energy', async () => {
    const { join, happened } = await enter()
    const a = await join(400)
    const events = (name: string) => happened.filter(({ event }) => event === name)
    await expect.poll(() => events('start-talking').length, { timeout: 3000 }).toBe(1)
    expect(events('start-talking')).toMatchObject([{ participant_id: a.id, talking: true }])
    const [{ current_energy: energy } = {}] = events('start-talking') as any[]
    expect(energy).toBeGreaterThan(20)
    a.say(undefined)
    await expect.poll(() => events('stop-talking').length, { timeout: 3000 }).toBe(1)
  })

  it('records what everybody says, and what is played', async () => {
    const library = await openLibrary()
    stage().scope.add(library.dispose)
    const { media, blobs } = library
    const { room, a } = await three({}, { media, blobs })
    await room().startRecording()
    await room().play('tone-1300')
    await hears(a, 700, 1000, 1300)
    await hears(a, 700, 1000)
    const id = await room().stopRecording()

    const file = media.file('account', id)
    expect(file).toMatchObject({ audio: { playable: true, sample_rate_hz: 8000, channels: 1 } })
    const heard = await readWav(blobs.pathOf(file?.blob ?? ''))
    for (const hz of [400, 700, 1000, 1300]) expect(levelOf(heard, hz)).toBeGreaterThan(-40)
  })
})
