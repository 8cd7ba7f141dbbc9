import { describe, expect, it } from 'vitest'
import type { ConferenceHappening } from '#contract/live-conferences'
import { lineOf, type EventLine } from './event-line.ts'
import type { Names } from './names.ts'

const names: Names = {
  participant: (_, id) => ({ 1: 'Ann', 2: 'Bob' })[id] ?? `participant ${id}`,
  media: (reference) => (reference === 'm1' ? 'Please hold' : reference),
  endpoint: (id) => (id === 'd1' ? 'Reception' : id),
  isYou: (by) => by.kind === 'user' && by.user_id === 'me',
}

const common = { account_id: 'a', conference_id: 'c', instance_id: 'i' }
const line = (event: object): EventLine =>
  lineOf({ ...common, ...event } as unknown as ConferenceHappening, names)
const said = (event: object): string => {
  const { who, text } = line(event)
  return who === undefined ? text : `${who} ${text}`
}

const ann = { caller_id_name: 'Ann', caller_id_number: '1001', is_moderator: false }

describe('what a timeline says', () => {
  it('says who came and went, and who of them moderates', () => {
    expect(said({ event: 'add-member', ...ann })).toBe('Ann joined')
    expect(said({ event: 'add-member', ...ann, is_moderator: true })).toBe(
      'Ann joined as a moderator',
    )
    expect(said({ event: 'del-member', ...ann, caller_id_name: '' })).toBe('1001 left')
    expect(said({ event: 'del-member', caller_id_name: '', caller_id_number: '' })).toBe(
      'Unknown caller left',
    )
  })

  it('tells who talks apart from what else happens', () => {
    expect(line({ event: 'start-talking', ...ann })).toMatchObject({ group: 'talking' })
    expect(line({ event: 'floor-change', participant_id: 1 })).toMatchObject({ group: 'talking' })
    expect(line({ event: 'mute-member', ...ann })).toMatchObject({ group: 'people' })
  })

  it('says relations as their effect', () => {
    const relate = (relationship: string) =>
      said({
        ...{ event: 'command', application_name: 'relate_participants', relationship },
        ...{ participant_id: 1, other_participant: 2 },
      })
    expect(relate('mute')).toBe('Ann is not heard by Bob')
    expect(relate('deaf')).toBe('Ann does not hear Bob')
    expect(relate('clear')).toBe('Ann and Bob hear each other as everybody does')
  })

  it('says what plays and to whom', () => {
    expect(said({ event: 'play-file', media_id: 'm1' })).toBe('“Please hold” plays to everybody')
    expect(said({ event: 'play-file', media_id: 'm1', participant_id: 2 })).toBe(
      '“Please hold” plays to Bob',
    )
  })

  it('follows a dial from calling to its real cause', () => {
    const dial = (event: string, cause?: string) =>
      said({ event, job_id: 'j', endpoint_id: 'd1', ...(cause === undefined ? {} : { cause }) })
    expect(dial('dial-started')).toBe('Reception is called')
    expect(dial('dial-ringing')).toBe('Reception rings')
    expect(dial('dial-answered')).toBe('Reception answered')
    expect(dial('dial-failed', 'USER_BUSY')).toBe('Reception did not come: busy')
    expect(
      line({ event: 'dial-failed', job_id: 'j', endpoint_id: 'd1', cause: 'USER_BUSY' }),
    ).toMatchObject({
      group: 'problems',
      tone: 'bad',
    })
  })

  it('says of a call that was called off who did that, not who dialled', () => {
    const by = { kind: 'user', user_id: 'me', name: 'Ada Lovelace' }
    const facts = { job_id: 'j', endpoint_id: 'd1', cause: 'ORIGINATOR_CANCEL', by }
    expect(line({ event: 'dial-failed', ...facts })).toEqual({
      ...{ group: 'people', tone: 'plain', by: 'by you' },
      text: 'The call to Reception was called off',
    })
  })

  it('says what was asked for, of a participant and of the room', () => {
    const command = (application_name: string, more = {}) =>
      said({ event: 'command', application_name, ...more })
    expect(command('kick', { participant_id: 1 })).toBe('Ann is to be removed')
    expect(command('mute_participant', { participant_id: 7 })).toBe('participant 7 is to be muted')
    expect(command('lock')).toBe('Asked to lock')
    expect(command('play', { media_id: 'm1' })).toBe('Asked to play “Please hold” to everybody')
    expect(command('something_new')).toBe('Asked: something_new')
  })

  it('leads from a missing prompt to its place, and from no other note', () => {
    const text = 'conf-alone: There is no such prompt in fr-fr, fr, en-us, en.'
    expect(line({ event: 'note', text })).toMatchObject({
      ...{ group: 'problems', promptId: 'conf-alone', text: 'Prompt missing: conf-alone' },
      detail: 'There is no such prompt in fr-fr, fr, en-us, en.',
    })
    expect(line({ event: 'note', text: 'A wrong PIN (try 1 of 3)' })).not.toHaveProperty('promptId')
  })

  it('says who asked, where it is known', () => {
    const lock = { event: 'command', application_name: 'lock' }
    const by = (by: object) => line({ ...lock, by }).by
    expect(by({ kind: 'user', user_id: 'u', name: 'Ada Lovelace' })).toBe('by Ada Lovelace')
    expect(by({ kind: 'user', user_id: 'me', name: 'Ada Lovelace' })).toBe('by you')
    expect(by({ kind: 'application' })).toBe('at the server')
    expect(by({ kind: 'api_key' })).toBe('by a script')
    expect(by({ kind: 'participant', participant_id: 1, name: 'Ann' })).toBe('by Ann, on the phone')
    expect(line(lock).by).toBeUndefined()
    const related = { event: 'command', application_name: 'relate_participants' }
    expect(line({ ...related, by: { kind: 'api_key' } }).by).toBe('· set by a script')
    const dial = { job_id: 'j', endpoint_id: 'd1', by: { kind: 'api_key' } }
    expect(line({ event: 'dial-started', ...dial }).by).toBe('by a script')
    expect(line({ event: 'dial-ringing', ...dial }).by).toBeUndefined()
    expect(line({ event: 'dial-failed', ...dial }).by).toBe('· dialled by a script')
  })

  it.each([
    [{ application_name: 'mute_participant', participant_id: 1 }, 'Ann was not muted'],
    [{ application_name: 'kick' }, 'Nobody was removed'],
    [
      { application_name: 'play', media_id: 'm1', participant_id: 2 },
      '“Please hold” was not played to Bob',
    ],
    [{ application_name: 'play' }, 'It was not played to everybody'],
    [{ application_name: 'lock' }, 'It was not locked'],
    [{ application_name: 'recordstop' }, 'Recording was not stopped'],
    [{ application_name: 'dial', endpoints: ['d1', '1002'] }, 'Reception, 1002 was not dialled'],
    [
      { application_name: 'relate_participants', participant_id: 1, other_participant: 2 },
      'What Ann and Bob hear of each other was not changed',
    ],
    [{ application_name: 'dance' }, 'Nothing came of “dance”'],
  ])('says of %j what did not happen, why, and who asked', (event, text) => {
    const by = { kind: 'user', user_id: 'me', name: 'Ada' }
    const failed = { event: 'command-failed', reason: 'the conference is not running.', by }
    expect(said({ ...failed, ...event })).toBe(`${text}: the conference is not running`)
    expect(line({ ...failed, ...event })).toMatchObject({
      ...{ group: 'problems', tone: 'bad', by: '· asked by you' },
    })
  })

  it('keeps a name that is written the other way round from turning the sentence', () => {
    const name = '\u202eAnn <b>\u05d0\u05d1</b>'
    expect(said({ event: 'add-member', ...ann, caller_id_name: name })).toBe(
      '\u2068Ann <b>\u05d0\u05d1</b>\u2069 joined',
    )
    expect(said({ event: 'del-member', ...ann, caller_id_name: '\u202eAnn' })).toBe('Ann left')
  })

  it('shows bookmarks in the words of who set them', () => {
    expect(line({ event: 'bookmark', text: 'Price agreed' })).toMatchObject({
      ...{ group: 'bookmarks', text: 'Price agreed' },
    })
  })

  it('keeps the name of an event it does not know', () => {
    expect(said({ event: 'energy-change' })).toBe('energy-change')
  })
})
