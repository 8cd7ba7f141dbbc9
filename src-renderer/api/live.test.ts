import { expect, test } from 'vitest'
import { parseFrame, staleKeys } from './live.ts'

test('a changed medium makes the library and the matrix old', () => {
  expect(staleKeys('media')).toEqual([['media'], ['prompts']])
})

test('changed settings make the status old as well', () => {
  expect(staleKeys('settings')).toEqual([['settings'], ['status']])
})

test('a phone that registers makes the list of phones old', () => {
  expect(staleKeys('registration')).toEqual([['devices']])
})

test.each(['', 'nonsense', 'null', '[]', '{"status":"success"}'])(
  'ignores the frame %j',
  (text) => {
    expect(parseFrame(text)).toEqual({ action: 'other' })
  },
)

test('reads an event', () => {
  const data = { event: 'doc_edited', type: 'job', id: 'j1', account_id: 'acc' }

  expect(parseFrame(JSON.stringify({ action: 'event', data }))).toEqual({ action: 'event', data })
})
