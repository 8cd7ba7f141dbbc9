import { describe, expect, it } from 'vitest'
import { createRelations } from './relations.ts'

describe('relations', () => {
  it('keep the other from hearing the one who is mute to them, and nobody else', () => {
    const relations = createRelations<string>()
    relations.relate('a', 'b', 'mute')
    expect(relations.unheardBy('b')).toEqual(['a'])
    expect(relations.unheardBy('a')).toBeUndefined()
  })

  it('keep the one who is deaf to the other from hearing them', () => {
    const relations = createRelations<string>()
    relations.relate('a', 'b', 'deaf')
    expect(relations.unheardBy('a')).toEqual(['b'])
    expect(relations.unheardBy('b')).toBeUndefined()
  })

  it('replace each other for a pair in one order', () => {
    const relations = createRelations<string>()
    relations.relate('a', 'b', 'mute')
    relations.relate('a', 'b', 'deaf')
    expect(relations.unheardBy('a')).toEqual(['b'])
    expect(relations.unheardBy('b')).toBeUndefined()
    relations.relate('a', 'b', 'clear')
    expect(relations.unheardBy('a')).toBeUndefined()
  })

  it('of both orders say it once, and hold until both are cleared', () => {
    const relations = createRelations<string>()
    relations.relate('a', 'b', 'mute')
    relations.relate('b', 'a', 'deaf')
    expect(relations.unheardBy('b')).toEqual(['a'])
    relations.relate('a', 'b', 'clear')
    expect(relations.unheardBy('b')).toEqual(['a'])
    relations.relate('b', 'a', 'clear')
    expect(relations.unheardBy('b')).toBeUndefined()
  })

  it('of several add up', () => {
    const relations = createRelations<string>()
    relations.relate('a', 'b', 'mute')
    relations.relate('b', 'c', 'deaf')
    relations.relate('c', 'a', 'mute')
    relations.relate('d', 'b', 'mute')
    expect(relations.unheardBy('b')).toEqual(['a', 'c', 'd'])
    expect(relations.unheardBy('a')).toEqual(['c'])
    expect(relations.unheardBy('c')).toBeUndefined()
  })

  it('end with either of both', () => {
    const relations = createRelations<string>()
    relations.relate('a', 'b', 'mute')
    relations.relate('c', 'a', 'deaf')
    relations.relate('b', 'c', 'mute')
    relations.end('a')
    expect(relations.unheardBy('b')).toBeUndefined()
    expect(relations.unheardBy('c')).toEqual(['b'])
    relations.end('c')
    expect(relations.unheardBy('c')).toBeUndefined()
  })

  it('of somebody with themselves mean nothing', () => {
    const relations = createRelations<string>()
    relations.relate('a', 'a', 'mute')
    expect(relations.unheardBy('a')).toBeUndefined()
  })
})
