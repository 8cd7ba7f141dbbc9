import { expect, it } from 'vitest'
import type { LibraryItem, Matrix } from '#contract/studio'
import { soundsOfMedia, soundsOfPrompts } from './sound-list.ts'

it('offers media that have sound, and no others', () => {
  const item = (id: string, playable?: boolean) =>
    ({
      id,
      name: id,
      ...(playable === undefined ? {} : { audio: { playable, duration_ms: 900 } }),
    }) as LibraryItem
  expect(soundsOfMedia([item('a', true), item('b', false), item('c')])).toEqual([
    { id: 'a', name: 'a', detail: '', isSystem: false, durationMs: 900 },
  ])
})

const matrix: Matrix = {
  source_language: 'en-us',
  languages: ['en-us', 'fr-fr'],
  prompts: [
    {
      ...{ prompt_id: 'vm-hello', area: 'vm', text: 'Hello there' },
      cells: {
        'en-us': { state: 'inherited', duration_ms: 700 },
        'fr-fr': { state: 'missing' } as never,
      },
    },
    { prompt_id: 'conf-alone', area: 'conf', text: 'You are alone', cells: {} },
  ],
}

it('offers the prompts a language has, by id and by words', () => {
  expect(soundsOfPrompts(matrix, 'en-us', '')).toEqual([
    {
      ...{ id: 'en-us%2Fvm-hello', name: 'vm-hello', detail: 'Hello there' },
      ...{ durationMs: 700, isSystem: true },
    },
  ])
  expect(soundsOfPrompts(matrix, 'en-us', 'there HELLO')).toHaveLength(1)
  expect(soundsOfPrompts(matrix, 'en-us', 'bye')).toEqual([])
  expect(soundsOfPrompts(matrix, 'fr-fr', '')).toEqual([])
})
