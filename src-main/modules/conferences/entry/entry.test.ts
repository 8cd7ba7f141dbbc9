import { describe, expect, it } from 'vitest'
import { begin, LONGEST_NAME_MS, REFUSAL_TIMEOUT_MS, step } from './entry.ts'
import { call, documentOf, plays, quiet, rejected, type Call } from './test/call.ts'

describe('somebody who is asked for nothing', () => {
  it('is welcomed, hears that it joins, and is a member', () => {
    expect(call({}, 'answered played played').said).toEqual([
      'play welcome',
      'timer off',
      'play joining_conference',
      'hush',
      'timer off',
      'admit member',
    ])
  })

  it('gets past the welcome with any key', () => {
    expect(plays(call({}, 'answered 1').said)).toEqual(['play welcome', 'play joining_conference'])
  })

  it('is not welcomed where that is not wanted', () => {
    expect(plays(call({ play_welcome: false }, 'answered').said)).toEqual([
      'play joining_conference',
    ])
  })

  it('is a moderator by its number, and joins without a word', () => {
    expect(call({ roleByNumber: 'moderator' }, 'answered played').said).toEqual([
      'play welcome',
      'hush',
      'timer off',
      'admit moderator',
    ])
  })

  it('is a member by its number, whatever PINs moderators have', () => {
    expect(call({ roleByNumber: 'member', moderator: ['1'] }, 'answered played played').end).toBe(
      'admit member',
    )
  })

  it('does not hear that it joins where the document does not want that', () => {
    const facts: Call = {}
    const document = documentOf(facts)
    const known = { ...document, member: { ...document.member, play_entry_prompt: false } }
    const first = step(begin({ conference: known, roleByNumber: undefined, room: quiet }), {
      kind: 'answered',
    })
    expect(step(first.state, { kind: 'played' }).commands.at(-1)).toMatchObject({ kind: 'admit' })
  })

  it('keeps its keys from the joining prompt: a late # is not meant for it', () => {
    const { said, phase } = call({ member: ['12'] }, 'answered 12# ###')
    expect(phase).toBe('joining')
    expect(said).not.toContain('admit member')
  })
})

describe('a conference that is locked or full', () => {
  it.each<[string, Call, string]>([
    ['locked', { room: { isLocked: true } }, 'max_participants'],
    ['locked, with a sound', { room: { isLocked: true }, profile: { 'locked-sound': 'm1' } }, 'm1'],
    ['full', { max_participants: 2, room: { participants: 2 } }, 'max_participants'],
    [
      'full, with media',
      { max_participants: 2, room: { participants: 3 }, max_members_media: 'm2' },
      'm2',
    ],
    [
      'full by its profile',
      { profile: { 'max-members': 2, 'max-members-sound': 'm3' }, room: { participants: 2 } },
      'm3',
    ],
    [
      'full by the smaller limit',
      { max_participants: 9, profile: { 'max-members': 2 }, room: { participants: 2 } },
      'max_participants',
    ],
    [
      'full, with media before the profile’s',
      {
        max_participants: 1,
        max_members_media: 'm4',
        profile: { 'max-members-sound': 'm5' },
        room: { participants: 1 },
      },
      'm4',
    ],
  ])('turns callers away: %s', (_what, facts, sound) => {
    const { said } = call(facts, 'answered played played')
    expect(said).toEqual([
      'play welcome',
      `play ${sound}`,
      `timer ${REFUSAL_TIMEOUT_MS}`,
      'hush',
      'timer off',
      rejected,
    ])
  })

  it.each<[string, Call]>([
    ['0 is no limit', { max_participants: 0, room: { participants: 500 } }],
    ['there is a seat', { max_participants: 2, room: { participants: 1 } }],
  ])('lets callers in: %s', (_what, facts) => {
    expect(call(facts, 'answered played played').end).toBe('admit member')
  })

  it('hangs up though its media never ends', () => {
    expect(call({ room: { isLocked: true } }, 'answered played timer').end).toBe(rejected)
  })

  it('hangs up at once where its sound is to be silence', () => {
    const facts = { room: { isLocked: true }, profile: { 'locked-sound': '' } }
    expect(call(facts, 'answered played').end).toBe(rejected)
  })

  it('says so only to who knows the PIN', () => {
    const facts = { member: ['1'], room: { isLocked: true } }
    expect(plays(call(facts, 'answered 2#').said)).toHaveLength(2)
    expect(plays(call(facts, 'answered 1#').said).at(-1)).toBe('play max_participants')
  })

  it('turns away who was on the way in when it was locked', () => {
    expect(call({}, 'answered played locked played played').end).toBe(rejected)
  })

  it('turns away who the room refused at the last moment', () => {
    expect(call({}, 'answered played played refused played').end).toBe(rejected)
  })
})

describe('a conference whose members wait for a moderator', () => {
  const waits = { wait_for_moderator: true }

  it('says that nobody is there, plays a reminder, and lets them in when one comes', () => {
    const { said, notes } = call(waits, 'answered played played moderated played')
    expect(plays(said)).toEqual([
      'play welcome',
      'play alone',
      'play tones loop',
      'play joining_conference',
    ])
    expect(said.at(-1)).toBe('admit member')
    expect(notes).toEqual(['Waits for a moderator'])
  })

  it('says that with the sound of its profile, or not at all', () => {
    const first = (sound: string) =>
      call({ ...waits, profile: { 'alone-sound': sound } }, 'answered played').end
    expect([first('m1'), first('')]).toEqual(['play m1', 'play tones loop'])
  })

  it('plays its hold music at once where others are in the room', () => {
    const facts = { ...waits, profile: { 'moh-sound': 'music' }, room: { participants: 1 } }
    expect(call(facts, 'answered played').end).toBe('play music loop')
  })

  it('lets moderators in at once, and members while one is there', () => {
    expect(call({ ...waits, roleByNumber: 'moderator' }, 'answered played').end).toBe(
      'admit moderator',
    )
    const room = { hasModerator: true }
    expect(call({ ...waits, room }, 'answered played played').end).toBe('admit member')
  })

  it('keeps them waiting while the room changes, and whatever they press', () => {
    expect(call(waits, 'answered played played left locked left 1234#').phase).toBe('waiting')
  })

  it('lets them wait again when the moderator leaves while they hear that they join', () => {
    const { phase } = call(waits, 'answered played played moderated left played')
    expect(phase).toBe('waiting')
  })

  it('turns them away when it got locked', () => {
    const room = { isLocked: true, participants: 1, hasModerator: true }
    const { state } = step(
      {
        phase: 'waiting',
        role: 'member',
        namePath: undefined,
        facts: { conference: documentOf(waits), roleByNumber: undefined, room: quiet },
      },
      { kind: 'room', room },
    )
    expect(state.phase).toBe('refused')
  })

  it('lets nobody wait just because a moderator is required', () => {
    expect(call({ require_moderator: true }, 'answered played played').end).toBe('admit member')
  })
})

describe('a conference that tells names', () => {
  const names = { play_name: true }

  it('asks for it, records it, and takes it along', () => {
    const { said } = call(names, 'answered played played named played')
    expect(said).toEqual([
      'play welcome',
      'timer off',
      'play announce_your_name tones',
      'hush',
      `record ${LONGEST_NAME_MS}`,
      'timer off',
      'play joining_conference',
      'hush',
      'timer off',
      'admit member with a name',
    ])
  })

  it('asks moderators too', () => {
    const { end } = call({ ...names, roleByNumber: 'moderator' }, 'answered played played named')
    expect(end).toBe('admit moderator with a name')
  })

  it('ends the recording with any key', () => {
    expect(call(names, 'answered played played #').end).toBe('stop-recording')
  })

  it('lets a key skip the prompt, but not the # that ended a PIN', () => {
    const facts = { ...names, member: ['1'] }
    expect(call(facts, 'answered 1 timer #').phase).toBe('naming')
    expect(call(facts, 'answered 1 timer 5').end).toBe(`record ${LONGEST_NAME_MS}`)
  })

  it.each(['mumbled', 'unrecorded'])('goes on without one: %s', (how) => {
    const { end, notes } = call(names, `answered played played ${how} played`)
    expect([end, notes]).toEqual(['admit member', ['No name was recorded']])
  })

  it('asks nobody whom it turns away', () => {
    const { said } = call({ ...names, room: { isLocked: true } }, 'answered played')
    expect(plays(said)).toEqual(['play welcome', 'play max_participants'])
  })

  it('keeps the name of who waits', () => {
    const facts = { ...names, wait_for_moderator: true }
    const { end } = call(facts, 'answered played played named moderated played')
    expect(end).toBe('admit member with a name')
  })
})
