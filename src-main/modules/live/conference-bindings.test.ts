import { describe, expect, it } from 'vitest'
import type { ConferenceHappening } from '#contract/live-conferences'
import { readBinding, takesHappening } from './conference-bindings.ts'

const conference = 'c'.repeat(32)
const callId = 'b7.11@198.51.100.7'

const happening = (event: string, more: Record<string, unknown> = {}) =>
  ({
    ...{ event, account_id: 'a', conference_id: conference, instance_id: 'i' },
    ...more,
  }) as unknown as ConferenceHappening

const added = happening('add-member', { call_id: callId })
const locked = happening('lock')
const command = happening('command', { application_name: 'lock' })

describe('a binding', () => {
  it.each([
    [`conference.event.${conference}.*`, [true, true, false]],
    [`conference.event.${conference}.${callId}`, [true, false, false]],
    [`conference.event.${conference}.other`, [false, false, false]],
    [`conference.event.${'d'.repeat(32)}.*`, [false, false, false]],
    [`conference.event.*.${conference}.*`, [true, true, false]],
    [`conference.event.add-member.${conference}.*`, [true, false, false]],
    [`conference.event.add-member.${conference}.${callId}`, [true, false, false]],
    [`conference.event.lock.${conference}.*`, [false, true, false]],
    [`conference.command.${conference}`, [false, false, true]],
    ['studio.conferences', [true, true, true]],
  ])('%s takes what it names', (binding, expected) => {
    expect(typeof readBinding(binding)).toBe('object')
    expect([added, locked, command].map((each) => takesHappening(binding, each))).toEqual(expected)
  })

  it('may name a conference that was dialled into being', () => {
    const adHoc = happening('lock', { conference_id: 'standup' })
    expect(takesHappening('conference.event.standup.*', adHoc)).toBe(true)
    expect(takesHappening('conference.event.lock.standup.*', adHoc)).toBe(true)
  })

  it.each([
    ['conference.event.*.*', 'ConferenceId required'],
    [`conference.event.*.${callId.replaceAll('.', '-')}`, 'ConferenceId required'],
    ['conference.event.*.*.*', 'ConferenceId required'],
    ['conference.command.*', 'ConferenceId required'],
    [`conference.event.exploded.${conference}.*`, 'Unsupported conference event exploded'],
    [`conference.event.${conference}`, 'invalid format for conference subscription'],
    ['conference.event', 'invalid format for conference subscription'],
    ['conference.event..*', 'invalid format for conference subscription'],
    ['conference.command', 'invalid format for conference subscription'],
    ['conference.nothing', 'no available subscriptions to requested binding'],
  ])('%s is refused: %s', (binding, refusal) => {
    expect(readBinding(binding)).toBe(refusal)
  })

  it.each(['object.doc_created.media', 'studio.nothing', 'conferences.x'])(
    '%s is about something else',
    (binding) => {
      expect(readBinding(binding)).toBeNull()
    },
  )
})
