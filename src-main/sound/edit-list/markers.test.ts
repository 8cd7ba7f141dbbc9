import { describe, expect, it } from 'vitest'
import type { Marker, Operation } from '#contract/edit-list'
import { A, format, listWith, point, span, stretch } from '../../test/edit-lists.ts'
import { apply } from './apply.ts'
import { copy } from './edit-list.ts'

const list = listWith(
  [span(A, 0, 100)],
  [
    point('start', 0),
    stretch('early', 5, 15),
    point('inside', 25),
    stretch('within', 22, 28),
    stretch('late', 25, 40),
    stretch('around', 10, 50),
    point('behind', 30),
    point('end', 100),
  ],
)

const after = (operation: Operation, markers: Marker[] = list.markers) => {
  const result = apply({ ...list, markers }, operation)
  return Object.fromEntries(
    result.markers.map(({ id, at, end }) => [id, end === undefined ? at : [at, end]]),
  )
}
const before = after({ kind: 'silence', from: 20, to: 30 })
const clip = copy(list, 0, 20)

describe('markers', () => {
  it('stay where sound is changed in place', () => {
    expect(apply(list, { kind: 'gain', from: 20, to: 30, gain_db: 1 }).markers).toBe(list.markers)
    expect(before).toMatchObject({ inside: 25, late: [25, 40] })
  })

  it.each(['cut', 'delete'] as const)(
    'in a range that is %s collapse to its start, stretches shrink, those behind move',
    (kind) => {
      expect(after({ kind, from: 20, to: 30 })).toEqual({
        start: 0,
        early: [5, 15],
        inside: 20,
        within: 20,
        late: [20, 30],
        around: [10, 40],
        behind: 20,
        end: 90,
      })
    },
  )

  it('move with the frame they stand on when something is put before it', () => {
    const silence = { kind: 'insert_silence', frames: 7 } as const
    expect(after({ ...silence, at: 25 })).toMatchObject({ inside: 32, late: [32, 47], behind: 37 })
    expect(after({ ...silence, at: 40 }).late).toEqual([25, 40])
    expect(after({ ...silence, at: 100 }).end).toBe(107)
  })

  it('in what is pasted over collapse to its start', () => {
    expect(after({ kind: 'paste', from: 20, to: 30, clip })).toMatchObject({
      inside: 20,
      within: 20,
      late: [20, 50],
      around: [10, 60],
      behind: 40,
    })
  })

  it('keep their share of a range that an effect makes longer or shorter', () => {
    const replace = {
      kind: 'replace',
      from: 20,
      to: 30,
      source: 'e'.repeat(64),
      label: 'x',
    } as const
    expect(after({ ...replace, frames: 10 })).toEqual(before)
    expect(after({ ...replace, frames: 20 })).toMatchObject({
      inside: 30,
      within: [24, 36],
      late: [30, 50],
      behind: 40,
    })
  })

  it('outside of what is trimmed are dropped, stretches are clipped', () => {
    expect(after({ kind: 'trim', from: 20, to: 30 })).toEqual({
      inside: 5,
      within: [2, 8],
      late: [5, 10],
      around: [0, 10],
      behind: 10,
    })
  })

  it('are turned with their frames; stretches that reach out of the range stay', () => {
    const turned = apply(list, { kind: 'reverse', from: 20, to: 30 }).markers

    expect(turned.map(({ at }) => at)).toEqual(turned.map(({ at }) => at).toSorted((a, b) => a - b))
    expect(after({ kind: 'reverse', from: 20, to: 30 })).toEqual({ ...before, inside: 24 })
    expect(after({ kind: 'reverse', from: 24, to: 40 })).toMatchObject({
      late: [24, 39],
      within: [22, 28],
    })
  })

  it('behind a crossfade move with what is drawn forward', () => {
    expect(after({ kind: 'crossfade', at: 30, frames: 10, curve: 'linear' })).toMatchObject({
      inside: 25,
      late: [25, 30],
      behind: 20,
      end: 90,
    })
  })

  it('are scaled when the list is converted', () => {
    const convert = { kind: 'convert', ...format, source: 'e'.repeat(64), label: 'x' } as const
    expect(after({ ...convert, frames: 200 })).toMatchObject({ late: [50, 80], end: 200 })
  })

  it('stand in order, added, changed and removed', () => {
    const added = apply(list, { kind: 'add_marker', marker: point('new', 26) })
    expect(added.markers.map(({ id }) => id).slice(4)).toEqual([
      'late',
      'around',
      'new',
      'behind',
      'end',
    ])
    const changed = apply(added, { kind: 'change_marker', marker: stretch('new', 60, 70) })
    expect(changed.markers.slice(-2)).toEqual([stretch('new', 60, 70), point('end', 100)])
    expect(apply(changed, { kind: 'remove_marker', id: 'new' })).toEqual(list)
  })

  it.each<[string, Operation, string]>([
    ['behind the end', { kind: 'add_marker', marker: point('new', 101) }, 'The audio ends'],
    ['of nothing', { kind: 'add_marker', marker: stretch('new', 9, 9) }, 'A stretch ends behind'],
    [
      'that ends behind the end',
      { kind: 'change_marker', marker: stretch('end', 9, 101) },
      'The audio ends',
    ],
    ['that is there already', { kind: 'add_marker', marker: point('end', 9) }, 'with this id'],
    ['that is not there, changed', { kind: 'change_marker', marker: point('new', 9) }, 'no such'],
    ['that is not there, removed', { kind: 'remove_marker', id: 'new' }, 'no such'],
  ])('%s are refused', (_, operation, message) => {
    expect(() => apply(list, operation)).toThrow(message)
  })
})
