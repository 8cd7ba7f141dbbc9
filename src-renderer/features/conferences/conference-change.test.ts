import { expect, it } from 'vitest'
import type { ConferenceDocument } from '#contract/conferences'
import { changeOf, digitsOf, valuesOf } from './conference-change.ts'

const weekly: ConferenceDocument = {
  id: 'c1',
  name: 'Weekly',
  conference_numbers: ['4000'],
  member: { join_deaf: false, join_muted: true, numbers: [], pins: ['12', '34'] },
  moderator: { join_deaf: false, join_muted: false, numbers: ['4001'], pins: [] },
  play_entry_tone: 'tone_stream://%(200,0,500)',
  play_name: false,
}
const before = valuesOf(weekly)
const change = (draft: Parameters<typeof valuesOf>[1]) => changeOf(before, valuesOf(weekly, draft))

it('has nothing to say while nothing differs', () => {
  expect(change({})).toBeUndefined()
  expect(change({ name: 'Weekly' })).toBeUndefined()
})

it('sends only what was changed, within its role', () => {
  expect(change({ memberPins: '12, 56', moderatorNumbers: '' })).toEqual({
    member: { pins: ['12', '56'] },
    moderator: { numbers: [] },
  })
})

it('keeps a tone of its own unless the switch is moved', () => {
  expect(before.entryTone).toBe(true)
  expect(change({ name: 'Daily' })).toEqual({ name: 'Daily' })
  expect(change({ entryTone: false })).toEqual({ play_entry_tone: false })
})

it('takes a name and a language out when their fields are emptied', () => {
  expect(change({ name: ' ' })).toEqual({ name: null })
  expect(changeOf({ ...before, language: 'de-de' }, before)).toEqual({ language: null })
})

it('reads digits with anything between them, each once', () => {
  expect(digitsOf(' 4000,4001;\n4000 ')).toEqual(['4000', '4001'])
  expect(digitsOf('')).toEqual([])
})
