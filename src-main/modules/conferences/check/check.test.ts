import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findingCodes, type Finding } from '#contract/conference-check'
import { startMediaApp } from '../../../test/media.ts'
import { tone } from '../../../test/tone.ts'

let app: Awaited<ReturnType<typeof startMediaApp>>
let weekly: string
const seen = new Set<string>()

const check = async (conference: object, conference_id?: string): Promise<Finding[]> => {
  const json = { data: { conference, ...(conference_id !== undefined && { conference_id }) } }
  const { status, envelope } = await app.call('POST', '/studio/conferences/check', { json })
  expect(status).toBe(200)
  const { findings } = envelope.data as { findings: Finding[] }
  for (const { code } of findings) seen.add(code)
  return findings
}
/** What is said with one code. */
const of = async (code: Finding['code'], conference: object, id?: string) =>
  (await check(conference, id)).filter((finding) => finding.code === code)
const codes = async (conference: object, id?: string) =>
  (await check(conference, id)).map(({ code }) => code)

const createdAt = async (path: string, data: object): Promise<string> => {
  const { status, envelope } = await app.call('PUT', path, { json: { data } })
  expect(status).toBe(201)
  return (envelope.data as { id: string }).id
}
const account = () => `/v2/accounts/${app.accountId}`
const patchSip = (data: object) => app.call('PATCH', '/studio/sip', { json: { data } })

/** What every conference plays, whatever it says. */
const always = ['alone', 'muted', 'unmuted', 'deaf', 'undeaf', 'max_participants']
const usual = [...always, 'welcome', 'joining_conference'].map((name) => `conf-${name}`)
const wav = tone({ frequencyHz: 440, durationMs: 300 })

beforeAll(async () => {
  app = await startMediaApp()
  weekly = await createdAt(`${account()}/conferences`, {
    name: 'Weekly',
    conference_numbers: ['4000', '4001'],
  })
  const sip = { username: '1001', password: 'secret1' }
  await createdAt(`${account()}/devices`, { name: 'Desk', sip })
  for (const prompt_id of usual) {
    const id = await app.create({ name: prompt_id, language: 'en-us', prompt_id })
    expect((await app.upload(id, wav)).status).toBe(200)
  }
})
afterAll(async () => {
  await app.dispose()
  expect([...seen].sort(), 'every code is seen in a test').toEqual([...findingCodes].sort())
})

const good = { conference_numbers: ['5000'] }

it('has nothing to say about a conference that is as it seems', async () => {
  expect(await check(good)).toEqual([])
  const { status, envelope } = await app.call('GET', `${account()}/conferences`)
  expect([status, envelope.data.length]).toEqual([200, 1])
})

describe('problems', () => {
  it('are what saving refuses, all of it, beside the field', async () => {
    const draft = {
      name: '',
      member: { pins: ['12a', '1234', ''] },
      play_entry_tone: '%(9',
      owner_id: 'f'.repeat(32),
      max_participants: 'many',
    }
    const found = await of('invalid', { ...draft, ...good })
    expect(new Set(found.map(({ severity }) => severity))).toEqual(new Set(['problem']))
    expect(found.map(({ field, cause }) => [field, cause ?? null])).toEqual(
      expect.arrayContaining([
        ['name', null],
        ['member.pins', '12a'],
        ['member.pins', ''],
        ['play_entry_tone', null],
        ['owner_id', 'f'.repeat(32)],
        ['max_participants', null],
      ]),
    )
    expect(found.find(({ cause }) => cause === '12a')?.message).toBe(
      '“12a” has something else than digits.',
    )
    const refused = await app.call('PUT', `${account()}/conferences`, { json: { data: draft } })
    expect(refused.status).toBe(400)
  })

  it('name the conference that has a number, unless it is the one that is changed', async () => {
    const draft = { conference_numbers: ['4000'], moderator: { numbers: ['4001', '4002'] } }
    const taken = { severity: 'problem', code: 'number_taken', conference_id: weekly }
    expect(await of('number_taken', draft)).toEqual([
      {
        ...taken,
        ...{ field: 'conference_numbers', cause: '4000' },
        message: '4000 is already a number of “Weekly”.',
      },
      expect.objectContaining({ ...taken, field: 'moderator.numbers', cause: '4001' }),
    ])
    expect(await of('number_taken', draft, weekly)).toEqual([])
    expect(await of('number_taken', draft, 'e'.repeat(32))).toHaveLength(2)
  })

  it('keep warnings back that read what is not valid yet', async () => {
    const wait = { wait_for_moderator: true, conference_numbers: ['5000'] }
    expect(await codes(wait)).toEqual(['no_moderator_can_come'])
    expect(await codes({ ...wait, moderator: { pins: ['12a'] } })).toEqual(['invalid'])
    expect(await codes({ conference_numbers: ['5 000'] })).toEqual(['invalid'])
  })

  it('are told of what is merged into the conference that is changed', async () => {
    expect(await codes({}, weekly)).toEqual([])
    expect(await codes({ conference_numbers: null }, weekly)).toEqual(['no_number'])
    expect(await codes({ member: { join_muted: 'perhaps' } }, weekly)).toEqual(['invalid'])
  })
})

describe('numbers', () => {
  it('are needed to be called', async () => {
    expect(await of('no_number', {})).toMatchObject([
      { field: 'conference_numbers', severity: 'warning' },
    ])
  })

  it('decide no role when they stand in two lists', async () => {
    const draft = { conference_numbers: ['5000'], moderator: { numbers: ['5000'] } }
    const [found] = await of('number_in_both_roles', draft)
    expect(found).toMatchObject({ field: 'moderator.numbers', cause: '5000' })
    expect(found?.message).toContain('whoever calls it is a member')
    const [decided] = await of('number_in_both_roles', {
      member: { numbers: ['5000'], pins: ['123456'] },
      moderator: { numbers: ['5000'], pins: ['654321'] },
    })
    expect(decided?.message).toContain('The PIN decides')
  })

  it('are a conference’s before they are a phone’s', async () => {
    const [found] = await of('number_is_phone', { conference_numbers: ['1001', '1002'] })
    expect(found).toMatchObject({ field: 'conference_numbers', cause: '1001' })
    expect(found?.message).toContain('Desk')
  })
})

describe('PINs', () => {
  const both = (member: string[], moderator: string[]) => ({
    ...good,
    member: { pins: member },
    moderator: { pins: moderator },
  })

  it('of both roles make members, unless the number decides', async () => {
    expect(await of('pin_in_both_roles', both(['123456'], ['123456', '9']))).toMatchObject([
      { field: 'moderator.pins', cause: '123456' },
    ])
    expect(
      await of('pin_in_both_roles', {
        member: { numbers: ['5000'], pins: ['123456'] },
        moderator: { numbers: ['5001'], pins: ['123456'] },
      }),
    ).toEqual([])
  })

  it('that begin one of the other role are judged in a pause', async () => {
    const found = await of('pin_begins_other', both(['12', '1234'], ['123456', '99']))
    expect(found.map(({ field, cause }) => [field, cause])).toEqual([
      ['member.pins', '12'],
      ['member.pins', '1234'],
    ])
    expect(found[0]?.message).toContain('5 seconds')
    expect(await of('pin_begins_other', both(['12', '1234'], []))).toEqual([])
  })

  it('are needless where no number asks for them', async () => {
    const draft = { member: { numbers: ['5000'] }, moderator: { pins: ['123456'] } }
    expect(await of('pins_needless', draft)).toMatchObject([{ field: 'moderator.pins' }])
  })

  it('of one role keep the other out, or waiting', async () => {
    const [noModerators] = await of('pins_of_one_role', both(['123456'], []))
    expect(noModerators).toMatchObject({ field: 'moderator.pins' })
    expect(noModerators?.message).toContain('lets nobody in as a moderator')
    const [pressHash] = await of('pins_of_one_role', both([], ['123456']))
    expect(pressHash).toMatchObject({ field: 'member.pins' })
    expect(pressHash?.message).toContain('press # or wait 5 seconds')
  })

  it('keep a conference waiting when no moderator can come', async () => {
    const closed = { ...both(['123456'], []), wait_for_moderator: true, require_moderator: true }
    const found = await of('no_moderator_can_come', closed)
    expect(found.map(({ field }) => field)).toEqual(['wait_for_moderator', 'require_moderator'])
    const shared = both(['123456'], ['123456'])
    expect(await of('no_moderator_can_come', { ...shared, wait_for_moderator: true })).toHaveLength(
      1,
    )
    const open = { ...closed, moderator: { pins: ['654321'] } }
    expect(await of('no_moderator_can_come', open)).toEqual([])
  })

  it('are weak where strangers may call', async () => {
    const draft = both(['1234', '123456'], ['12345678'])
    expect(await of('weak_pin', draft)).toEqual([])
    await patchSip({ authenticate_calls: false })
    const [found, ...others] = await of('weak_pin', draft)
    expect([found, others]).toMatchObject([{ field: 'member.pins', cause: '1234' }, []])
    expect(found?.message).toContain('every PIN of 4 digits is tried within 17 hours')

    const open = { moderator: { numbers: ['5001'] } }
    expect(await of('moderator_without_pin', open)).toMatchObject([
      { field: 'moderator.pins', cause: '5001' },
    ])
    await patchSip({ authenticate_calls: true })
    expect(await codes(open)).toEqual([])
    // A trunk brings strangers too, without their proving anything.
    await patchSip({ trunk: { host: 'sip.example' } })
    expect(await of('weak_pin', draft)).toHaveLength(1)
    await patchSip({ trunk: { host: '' } })
  })
})

describe('settings', () => {
  it('that another one takes the effect of are told', async () => {
    const draft = {
      ...good,
      ...{ max_participants: 5, max_members_media: 'conf-muted', profile_name: 'loud' },
      ...{ play_entry_tone: false, play_exit_tone: '%(200,0,440)', caller_controls: 'none' },
      member: { join_muted: false },
      profile: {
        ...{ 'max-members': 3, 'max-members-sound': 'conf-muted', 'caller-controls': 'default' },
        ...{ 'enter-sound': 'conf-muted', 'exit-sound': 'conf-muted' },
      },
    }
    const found = await check(draft)
    expect(found.map(({ field, code }) => [code, field])).toEqual(
      [
        'max_participants',
        'profile.max-members-sound',
        'profile.enter-sound',
        'profile.exit-sound',
        'profile.caller-controls',
        'profile_name',
      ].map((field) => ['without_effect', field]),
    )
    expect(await of('without_effect', { ...good, max_members_media: 'conf-muted' })).toMatchObject([
      { field: 'max_members_media' },
    ])
  })

  it('may leave room for one', async () => {
    expect(await of('room_for_one', { ...good, max_participants: 1 })).toHaveLength(1)
  })

  it('may leave the muted without a key, or name keys that are not there', async () => {
    expect(await of('muted_without_key', { ...good, caller_controls: 'none' })).toMatchObject([
      { field: 'member.join_muted' },
    ])
    const [found] = await of('controls', { ...good, moderator_controls: 'own' })
    expect(found).toMatchObject({
      field: 'moderator_controls',
      message: 'There are no controls named "own".',
    })
  })
})

describe('sounds', () => {
  it('that conferences play by their settings are looked for', async () => {
    const [found] = await of('prompts_missing', {
      ...good,
      ...{ play_name: true, require_moderator: true, play_welcome: false },
      member: { pins: ['123456'] },
      moderator: { pins: ['654321'] },
      profile: { 'announce-count': 1 },
    })
    expect(found?.field).toBe('language')
    expect(found?.cause?.split(',').sort()).toEqual(
      [
        ...['announce_your_name', 'bad_pin', 'enter_conf_pin', 'has_joined', 'has_left'],
        ...['other_participants', 'single', 'there_are', 'too_many_attempts'],
      ]
        .map((name) => `conf-${name}`)
        .concat('general-goodbye'),
    )
  })

  it('may be in another language than the one chosen', async () => {
    const [found] = await of('prompts_in_other_language', { ...good, language: 'fr-fr' })
    expect(found?.cause?.split(',').sort()).toEqual([...usual].sort())
    expect(found?.message).toContain('Callers hear en-us')
    expect(await codes({ ...good, language: 'fr-fr_en-us' })).toEqual([])
  })

  it('that are named must be there, but nobody asks a URL', async () => {
    const draft = {
      ...good,
      ...{ max_participants: 9, max_members_media: 'nothing', play_entry_tone: 'local_stream://x' },
      ...{ play_exit_tone: 'http://127.0.0.1:9/bell.wav' },
      profile: { 'moh-sound': 'f'.repeat(32), 'alone-sound': '', 'muted-sound': '%(100,0,400)' },
    }
    const found = await of('media_missing', draft)
    expect(found.map(({ field, cause }) => [field, cause])).toEqual([
      ['max_members_media', 'nothing'],
      ['play_entry_tone', 'local_stream://x'],
      ['profile.moh-sound', 'f'.repeat(32)],
    ])
    expect(found[1]?.message).toContain('use a media file')
  })

  it('say numbers where a voice speaks the language', async () => {
    await app.settings({ default_language: 'xx' })
    const draft = { ...good, language: 'xx', profile: { 'announce-count': 2 } }
    expect(await of('media_missing', draft)).toMatchObject([{ field: 'profile.announce-count' }])
    await app.settings({ default_language: 'en-us' })
  })
})
