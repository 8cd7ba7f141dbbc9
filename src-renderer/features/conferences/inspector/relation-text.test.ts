import { describe, expect, it } from 'vitest'
import type { BoardRelation, BoardRow } from '../board/board-state.ts'
import { audienceText, planRelation, relationText } from './relation-text.ts'

const nameOf = (key: string) => ({ a: 'Ann', b: 'Bob', c: 'Cara', d: 'Dan' })[key] ?? key

const people = (keys: readonly string[], relations: BoardRelation[] = [], muted = '') => ({
  participants: new Map(keys.map((key) => [key, { speak: !muted.includes(key) } as BoardRow])),
  relations,
})
const relation = (
  key: string,
  relationship: BoardRelation['relationship'],
  otherKey: string,
): BoardRelation => ({ key, otherKey, relationship })

describe('relations in words', () => {
  it('says each as who does not hear whom', () => {
    expect(relationText(relation('a', 'mute', 'b'), nameOf)).toBe('Ann is not heard by Bob.')
    expect(relationText(relation('a', 'deaf', 'b'), nameOf)).toBe('Ann does not hear Bob.')
  })

  it('says who still hears somebody, from whichever side it was set', () => {
    const audience = (relations: BoardRelation[], muted?: string) =>
      audienceText('a', people(['a', 'b', 'c'], relations, muted), nameOf)
    expect(audience([])).toBeUndefined()
    expect(audience([relation('a', 'deaf', 'b')])).toBeUndefined()
    expect(audience([relation('a', 'mute', 'b')])).toBe('Everyone else hears Ann.')
    expect(audience([relation('b', 'deaf', 'a')])).toBe('Everyone else hears Ann.')
    expect(audience([relation('b', 'deaf', 'a'), relation('a', 'mute', 'c')])).toBe(
      'Nobody hears Ann.',
    )
    expect(audience([relation('a', 'mute', 'b')], 'a')).toBe('Ann is muted: nobody hears Ann now.')
  })

  it('says when only one is left to hear', () => {
    const relations = [relation('a', 'mute', 'b'), relation('a', 'mute', 'c')]
    expect(audienceText('a', people(['a', 'b', 'c', 'd'], relations), nameOf)).toBe(
      'Only Dan hears Ann.',
    )
  })
})

describe('planning a relation', () => {
  it('says the effect before anything is done', () => {
    const effect = (kind: 'mute' | 'deaf' | 'clear' | 'whisper') =>
      planRelation(kind, ['a', 'b'], people(['a', 'b', 'c', 'd']), nameOf).effect
    expect(effect('mute')).toBe('Ann will not be heard by Bob; everyone else hears Ann as before.')
    expect(effect('deaf')).toBe('Ann will not hear Bob; Ann hears everyone else as before.')
    expect(effect('whisper')).toBe(
      'Only Bob will hear Ann: the 2 others do not. Whoever joins later hears Ann too.',
    )
  })

  it('says what it is like once it is done', () => {
    const { done } = planRelation('whisper', ['a', 'b'], people(['a', 'b', 'c']), nameOf)
    expect(done).toBe('Only Bob hears Ann now')
  })

  it('whispers to one by not being heard by all the others', () => {
    const { changes, undo } = planRelation(
      'whisper',
      ['a', 'b'],
      people(['a', 'b', 'c', 'd']),
      nameOf,
    )
    expect(changes).toEqual([
      { key: 'a', otherKey: 'c', relationship: 'mute' },
      { key: 'a', otherKey: 'd', relationship: 'mute' },
    ])
    expect(undo.map(({ relationship }) => relationship)).toEqual(['clear', 'clear'])
  })

  it('lets the one hear again, leaves out what is so already, and puts back what was', () => {
    const now = people(
      ['a', 'b', 'c', 'd'],
      [relation('a', 'mute', 'b'), relation('a', 'mute', 'c'), relation('a', 'deaf', 'd')],
    )
    const { changes, undo } = planRelation('whisper', ['a', 'b'], now, nameOf)
    expect(changes).toEqual([
      { key: 'a', otherKey: 'b', relationship: 'clear' },
      { key: 'a', otherKey: 'd', relationship: 'mute' },
    ])
    expect(undo).toEqual([
      { key: 'a', otherKey: 'b', relationship: 'mute' },
      { key: 'a', otherKey: 'd', relationship: 'deaf' },
    ])
  })

  it('clears both sides, where there is something to clear', () => {
    const now = people(['a', 'b'], [relation('b', 'deaf', 'a')])
    expect(planRelation('clear', ['a', 'b'], now, nameOf).changes).toEqual([
      { key: 'b', otherKey: 'a', relationship: 'clear' },
    ])
  })
})
