import { describe, expect, it } from 'vitest'
import type { Cell, Matrix, PromptRow } from '#contract/studio'
import {
  areasOf,
  countStates,
  coverageOf,
  findRows,
  itemsOf,
  nextPlace,
  rowsInState,
  shownLanguages,
  withRow,
  withoutRow,
} from './matrix-model.ts'

const recorded: Cell = { state: 'recorded', duration_ms: 1200 }

const row = (promptId: string, cells: Record<string, Cell>, text = ''): PromptRow => ({
  prompt_id: promptId,
  area: promptId.split(/[-_]/)[0] ?? '',
  text,
  cells,
})

const matrix: Matrix = {
  source_language: 'en-us',
  languages: ['en-us', 'fr-fr', 'ru-ru'],
  prompts: [
    row('conf-alone', { 'en-us': recorded, 'fr-fr': recorded }, 'You are alone.'),
    row('conf-deaf', { 'en-us': recorded, 'fr-fr': { state: 'spoken' } }, 'You are now deaf.'),
    row('vm-deleted', { 'en-us': recorded, 'ru-ru': { state: 'unreadable' } }, 'Message deleted.'),
  ],
}
const everything = { search: '', areas: [], state: null }
const ids = (rows: readonly PromptRow[]) => rows.map(({ prompt_id }) => prompt_id)

describe('findRows', () => {
  it('finds words in ids and source texts, in any order and case', () => {
    expect(ids(findRows(matrix, { ...everything, search: 'DEAF conf' }))).toEqual(['conf-deaf'])
    expect(ids(findRows(matrix, { ...everything, search: ' message ' }))).toEqual(['vm-deleted'])
  })

  it('keeps the chosen areas', () => {
    expect(ids(findRows(matrix, { ...everything, areas: ['vm'] }))).toEqual(['vm-deleted'])
  })
})

describe('rowsInState', () => {
  it('keeps rows of which a shown language is in the state', () => {
    const spoken = rowsInState(matrix.prompts, ['en-us', 'fr-fr'], 'spoken')
    const missing = rowsInState(matrix.prompts, ['en-us', 'fr-fr'], 'missing')

    expect(ids(spoken)).toEqual(['conf-deaf'])
    expect(ids(missing)).toEqual(['vm-deleted'])
  })
})

describe('counts', () => {
  it('counts the places of the shown languages by state', () => {
    expect(countStates(matrix.prompts, matrix.languages)).toEqual({
      all: 9,
      recorded: 4,
      spoken: 1,
      missing: 3,
      empty: 0,
      unreadable: 1,
      inherited: 0,
    })
  })

  it('covers a language by what callers hear', () => {
    expect(coverageOf(matrix, 'fr-fr')).toEqual({
      language: 'fr-fr',
      heard: 2,
      missing: 1,
      broken: 0,
      coverage: 2 / 3,
    })
    expect(coverageOf(matrix, 'ru-ru')).toMatchObject({ heard: 0, missing: 2, broken: 1 })
  })

  it('lists areas alphabetically with their prompts', () => {
    expect(areasOf(matrix)).toEqual([
      { area: 'conf', count: 2 },
      { area: 'vm', count: 1 },
    ])
  })
})

describe('itemsOf', () => {
  it('puts rows under the heading of their area', () => {
    expect(itemsOf(matrix.prompts, []).map(({ key }) => key)).toEqual([
      'area conf',
      'prompt conf-alone',
      'prompt conf-deaf',
      'area vm',
      'prompt vm-deleted',
    ])
  })

  it('keeps the heading and the count of a collapsed area', () => {
    const [conf, vm] = itemsOf(matrix.prompts, ['conf'])

    expect(conf).toMatchObject({ area: 'conf', count: 2, isCollapsed: true })
    expect(vm).toMatchObject({ area: 'vm', isCollapsed: false })
  })
})

describe('nextPlace', () => {
  const items = itemsOf(matrix.prompts, [])
  const next = (item: number, column: number) =>
    nextPlace(items, matrix.languages, { state: 'missing', from: { item, column } })

  it('goes on in reading order', () => {
    expect(next(0, 0)).toEqual({ promptId: 'conf-alone', language: 'ru-ru' })
    expect(next(1, 2)).toEqual({ promptId: 'conf-deaf', language: 'ru-ru' })
    expect(next(2, 2)).toEqual({ promptId: 'vm-deleted', language: 'fr-fr' })
  })

  it('starts again at the top', () => {
    expect(next(4, 2)).toEqual({ promptId: 'conf-alone', language: 'ru-ru' })
  })

  it('finds nothing where nothing is missing', () => {
    const from = { item: 0, column: 0 }

    expect(nextPlace(items, ['en-us'], { state: 'missing', from })).toBeUndefined()
    expect(nextPlace([], ['en-us'], { state: 'missing', from })).toBeUndefined()
  })
})

describe('shownLanguages', () => {
  it('keeps the order of the matrix', () => {
    expect(shownLanguages(matrix, ['fr-fr'])).toEqual(['en-us', 'ru-ru'])
  })
})

describe('withRow', () => {
  it('replaces one row and keeps the others as they are', () => {
    const fresh = row('conf-deaf', { 'en-us': recorded, 'ru-ru': recorded })
    const patched = withRow(matrix, fresh)

    expect(patched.prompts[1]).toBe(fresh)
    expect(patched.prompts[0]).toBe(matrix.prompts[0])
    expect(patched.languages).toBe(matrix.languages)
  })

  it('puts a new row where the alphabet wants it', () => {
    expect(ids(withRow(matrix, row('conf-muted', {})).prompts)).toEqual([
      'conf-alone',
      'conf-deaf',
      'conf-muted',
      'vm-deleted',
    ])
    expect(ids(withRow(matrix, row('zz', {})).prompts).at(-1)).toBe('zz')
  })

  it('adds a language that is heard of for the first time', () => {
    expect(withRow(matrix, row('conf-deaf', { 'de-de': recorded })).languages).toEqual([
      'en-us',
      'fr-fr',
      'ru-ru',
      'de-de',
    ])
  })

  it('keeps the first column for the source language, whichever is heard of first', () => {
    const empty = { ...matrix, languages: [], prompts: [] }
    expect(withRow(empty, row('conf-deaf', { 'de-de': recorded })).languages).toEqual([
      'en-us',
      'de-de',
    ])
  })

  it('takes a row away', () => {
    expect(ids(withoutRow(matrix, 'conf-deaf').prompts)).toEqual(['conf-alone', 'vm-deleted'])
  })
})
