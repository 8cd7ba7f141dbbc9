import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { LegError } from '../../legs/legs.ts'
import { RoomRefused } from '../room/rooms.ts'
import { DIGIT_TIMEOUT_MS, LONGEST_NAME_MS } from './entry.ts'
import { createWorld, settle } from './test/fakes.ts'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] })
})
afterEach(() => {
  vi.useRealTimers()
})

const pinned = {
  member: { join_deaf: false, join_muted: true, numbers: [], pins: ['4711'] },
  moderator: { join_deaf: false, join_muted: false, numbers: [], pins: ['0815'] },
}
const named = { play_name: true, play_welcome: false }

type World = ReturnType<typeof createWorld>
const filesOf = ({ namesDir }: World) => (existsSync(namesDir) ? readdirSync(namesDir) : [])

/** The caller listens to everything there is to hear, until nothing ends any more. */
const listen = async ({ engine }: World) => {
  for (let i = 0; i < 6; i++) {
    await settle()
    engine.playOut()
  }
  await settle()
}

describe('a caller', () => {
  it('gets in by the number, hearing prompts in the language of the conference', async () => {
    const world = createWorld({ c4000: { language: 'fr-fr' } })
    const phone = world.dial('4000')
    await listen(world)
    expect(world.engine.heard).toEqual(['conf-welcome', 'conf-joining_conference'])
    expect(world.playback.asked).toContainEqual({ language: 'fr-fr', accountId: 'a' })
    expect(world.rooms.admitted).toEqual([
      expect.objectContaining({
        leg: phone.leg,
        isModerator: false,
        flags: [],
        namePath: undefined,
      }),
    ])
    expect(phone.causes).toEqual([])
  })

  it('gets in by the id of the conference, and of one that was dialled into being', async () => {
    const world = createWorld({ weekly: {} })
    world.rooms.change('party', {})
    world.dial('weekly')
    world.dial('party')
    await listen(world)
    expect(world.rooms.admitted.map(({ conference }) => conference.id)).toEqual(['weekly', 'party'])
  })

  it('hears 404 for anything else', async () => {
    const world = createWorld()
    const phone = world.dial('4000')
    await settle()
    expect(phone.rejected).toEqual([404])
  })

  it('is a moderator by the PIN, typed into the prompt', async () => {
    const world = createWorld({ c1: pinned })
    const phone = world.dial('1')
    await settle()
    expect(world.engine.playing()).toEqual(['conf-welcome conf-enter_conf_pin'])
    phone.press('08')
    await settle()
    expect(world.engine.playing()).toEqual([])
    phone.press('15#')
    await settle()
    expect(world.rooms.admitted).toEqual([expect.objectContaining({ isModerator: true })])
  })

  it('is hung up after three wrong PINs, which nobody can read anywhere', async () => {
    const world = createWorld({ c1: pinned })
    const phone = world.dial('1')
    await listen(world)
    for (const wrong of ['90210#', '90210#', '90210#']) {
      phone.press(wrong)
      await listen(world)
    }
    expect(phone.causes).toEqual(['CALL_REJECTED'])
    expect(world.engine.heard.at(-1)).toBe('conf-too_many_attempts')
    expect(world.rooms.admitted).toEqual([])
    expect([...world.lines, ...world.notes].join('\n')).not.toMatch(/90210|4711|0815/)
    expect(world.notes).toHaveLength(4)
  })

  it('is asked again after five seconds without a digit', async () => {
    const world = createWorld({ c1: pinned })
    world.dial('1')
    await listen(world)
    vi.advanceTimersByTime(DIGIT_TIMEOUT_MS)
    await settle()
    expect(world.engine.playing()).toEqual(['conf-bad_pin conf-enter_conf_pin'])
  })

  it('waits for a moderator with a reminder, and is let in when one comes', async () => {
    const world = createWorld({ c1: { wait_for_moderator: true, play_welcome: false } })
    world.dial('1')
    await listen(world)
    expect(world.engine.playing()).toEqual(['tones (again and again)'])
    world.rooms.change('other', { participants: [{ isModerator: true }] })
    await settle()
    expect(world.rooms.admitted).toEqual([])
    world.rooms.change('c1', { participants: [{ isModerator: true, isGhost: false }] })
    await listen(world)
    expect(world.rooms.admitted).toHaveLength(1)
    expect(world.engine.playing()).toEqual([])
  })

  it('waits on while the only moderator is a ghost', async () => {
    const world = createWorld({ c1: { wait_for_moderator: true, play_welcome: false } })
    world.dial('1')
    world.rooms.change('c1', { participants: [{ isModerator: true, isGhost: true }] })
    await listen(world)
    expect(world.rooms.admitted).toEqual([])
  })

  it('is turned away with a sound from a room that is full, not counting ghosts', async () => {
    const world = createWorld({ c1: { max_participants: 2 } })
    world.rooms.change('c1', { participants: [{ isGhost: false }, { isGhost: true }] })
    const lucky = world.dial('1')
    await listen(world)
    world.rooms.change('c1', { participants: [{ isGhost: false }, { isGhost: false }] })
    const late = world.dial('1')
    await listen(world)
    expect([lucky.causes, late.causes]).toEqual([[], ['CALL_REJECTED']])
    expect(world.engine.heard.at(-1)).toBe('conf-max_participants')
  })

  it('hears a tone where a prompt is missing, and the timeline tells', async () => {
    const world = createWorld({ c1: {} })
    world.playback.missing.add('conf-welcome')
    world.dial('1')
    await listen(world)
    expect(world.notes).toEqual(['conf-welcome: It is missing.'])
    expect(world.rooms.admitted).toHaveLength(1)
  })

  it('gets in though nothing can be played', async () => {
    const world = createWorld({ c1: pinned })
    world.engine.fails.play = true
    const phone = world.dial('1')
    await settle()
    phone.press('4711#')
    await settle()
    expect(world.rooms.admitted).toHaveLength(1)
    expect(world.notes).toContain('A caller heard nothing where something was to be played')
  })
})

describe('somebody’s name', () => {
  it.each([8000, 16_000] as const)('recorded at %i Hz reaches the room at 8 kHz', async (rate) => {
    const world = createWorld({ c1: named })
    world.dial('1')
    await listen(world)
    await vi.waitFor(() => expect(world.engine.isRecording()).toBe(true))
    world.engine.endRecording(rate, rate)
    await vi.waitFor(() => expect(world.engine.playing()).toHaveLength(1))
    await listen(world)
    const path = world.rooms.admitted[0]!.namePath!
    expect(readFileSync(path)).toHaveLength(2 * 8000)
    expect(filesOf(world)).toHaveLength(1)
  })

  it('stays with the room when the caller leaves it', async () => {
    const world = createWorld({ c1: named })
    const phone = world.dial('1')
    await listen(world)
    await vi.waitFor(() => expect(world.engine.isRecording()).toBe(true))
    phone.press('5')
    await vi.waitFor(() => expect(world.engine.playing()).toHaveLength(1))
    await listen(world)
    expect(world.rooms.admitted).toHaveLength(1)
    await phone.leg.scope.dispose()
    expect(filesOf(world)).toHaveLength(1)
  })

  it('is done without where it cannot be recorded', async () => {
    const world = createWorld({ c1: named })
    world.engine.fails.record = true
    world.dial('1')
    await listen(world)
    await vi.waitFor(() => expect(world.notes).toEqual(['No name was recorded']))
    await listen(world)
    expect(world.rooms.admitted).toEqual([expect.objectContaining({ namePath: undefined })])
  })
})

describe('what can go wrong at a call', () => {
  it('leaves alone a caller who gave up before the answer', async () => {
    const world = createWorld({ c1: {} })
    const answer = () => Promise.reject(new LegError('gone', 'the caller gave up'))
    const phone = world.dial('1', { answer })
    await settle()
    expect([phone.rejected, world.engine.heard, world.lines]).toEqual([[], [], []])
  })

  it('answers 500 and logs why, when answering fails', async () => {
    const world = createWorld({ c1: {} })
    const phone = world.dial('1', { answer: () => Promise.reject(new Error('broken')) })
    await settle()
    expect(phone.rejected).toEqual([500])
    expect(world.lines.join()).toContain('broken')
  })

  it.each(['locked', 'full'] as const)(
    'turns a caller away whose seat was refused at the last moment: %s',
    async (refusal) => {
      const world = createWorld({ c1: {} })
      world.rooms.gate.refusal = new RoomRefused(refusal)
      const phone = world.dial('1')
      await listen(world)
      expect(world.engine.heard.at(-1)).toBe('conf-max_participants')
      expect(phone.causes).toEqual(['CALL_REJECTED'])
    },
  )

  it('hangs up with a cause and logs why, when the room fails', async () => {
    const world = createWorld({ c1: {} })
    world.rooms.gate.refusal = new Error('the room broke')
    const phone = world.dial('1')
    await listen(world)
    expect(phone.causes).toEqual(['NORMAL_TEMPORARY_FAILURE'])
    expect(world.lines.join()).toContain('the room broke')
  })

  it('keeps out who guesses over many calls, even with the right PIN at last', async () => {
    const world = createWorld({ c1: pinned })
    for (let call = 0; call < 7; call++) {
      const phone = world.dial('1')
      await settle()
      phone.press('1#2#3#')
      await listen(world)
    }
    const phone = world.dial('1')
    const other = world.dial('1', { number: '556' })
    await settle()
    phone.press('4711#')
    other.press('4711#')
    await listen(world)
    expect(world.rooms.admitted.map(({ leg }) => leg.party.number)).toEqual(['556'])
    expect(phone.causes).toEqual(['CALL_REJECTED'])
  })
})

describe('a caller who hangs up', () => {
  const answering = Promise.withResolvers<never>()
  const moments: [string, Parameters<typeof createWorld>[0], (world: World) => Promise<unknown>][] =
    [
      ['while something is prepared', { c1: {} }, () => Promise.resolve()],
      ['while something plays', { c1: {} }, settle],
      ['while a PIN is waited for', { c1: pinned }, listen],
      [
        'while it is recorded',
        { c1: named },
        (world) =>
          listen(world).then(() => vi.waitFor(() => expect(world.engine.isRecording()).toBe(true))),
      ],
      ['while it waits for a moderator', { c1: { wait_for_moderator: true } }, listen],
      [
        'while it is being turned away',
        { c1: { max_participants: 1 } },
        async (world) => {
          world.rooms.change('c1', { participants: [{ isGhost: false }] })
          await settle()
          world.engine.playOut()
          await settle()
        },
      ],
      [
        'while it is being seated',
        { c1: {} },
        async (world) => {
          world.rooms.gate.wait = answering.promise
          await listen(world)
        },
      ],
    ]

  it.each(moments)('%s, leaves nothing behind', async (_moment, documents, come) => {
    const world = createWorld(documents)
    const phone = world.dial('1')
    await come(world)
    await phone.leg.scope.dispose()
    await settle()
    await vi.waitFor(() => expect(filesOf(world)).toEqual([]))
    expect(vi.getTimerCount()).toBe(0)
    expect(world.engine.playing()).toEqual([])
    expect(world.engine.isRecording()).toBe(false)
    expect(world.playback.held()).toBe(0)
    expect([phone.listeners(), world.rooms.listeners()]).toEqual([0, 0])
    expect(world.rooms.admitted).toEqual([])
    expect(world.lines.filter((line) => /"level":"(warn|error)"/.test(line))).toEqual([])
  })

  it('while its prompt takes long to prepare, never hears it', async () => {
    const world = createWorld({ c1: {} })
    world.playback.gate.isShut = true
    const phone = world.dial('1')
    await settle()
    await phone.leg.scope.dispose()
    world.playback.gate.open()
    await settle()
    expect([world.engine.heard, world.playback.held()]).toEqual([[], 0])
  })

  it('leaves its name with nobody', async () => {
    const world = createWorld({ c1: { ...named, wait_for_moderator: true } })
    const phone = world.dial('1')
    await listen(world)
    await vi.waitFor(() => expect(world.engine.isRecording()).toBe(true))
    vi.advanceTimersByTime(LONGEST_NAME_MS)
    world.engine.endRecording(8000, 8000)
    await vi.waitFor(() => expect(world.notes).toContain('Waits for a moderator'))
    expect(filesOf(world)).toHaveLength(1)
    await phone.leg.scope.dispose()
    expect(filesOf(world)).toEqual([])
  })
})
