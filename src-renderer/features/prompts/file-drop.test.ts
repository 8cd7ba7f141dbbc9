import { describe, expect, it } from 'vitest'
import { draggedOf, isPackFile } from './file-drop.ts'

const drag = (type: string, types = ['Files']) => ({ types, items: [{ type }] })

describe('draggedOf', () => {
  it('tells packs from sounds by their type', () => {
    expect(draggedOf(drag('application/zip'))).toBe('pack')
    expect(draggedOf(drag('audio/x-wav'))).toBe('sound')
  })

  it('does not guess where the browser says nothing', () => {
    expect(draggedOf(drag(''))).toBe('unknown')
  })

  it('leaves dragged text alone', () => {
    expect(draggedOf(drag('text/plain', ['text/plain']))).toBe('nothing')
  })
})

it('knows a pack by its name when it has no type', () => {
  expect(isPackFile({ name: 'Kazoo-Core.ZIP', type: '' })).toBe(true)
  expect(isPackFile({ name: 'vm-hello.wav', type: 'audio/wav' })).toBe(false)
})
