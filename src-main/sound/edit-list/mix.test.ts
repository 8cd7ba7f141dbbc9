import { expect, test } from 'vitest'
import { A, B, fadeIn, gain, listWith, silent, span } from '../../test/edit-lists.ts'
import { EditError } from './edit-error.ts'
import { mixInto, plan } from './mix.ts'

const list = listWith([span(A, 10, 20), silent(5), span(B, 0, 20)])

test('a plan names the frames to be read, cut to its range', () => {
  expect(plan(list, 15, 30).reads).toEqual([
    { source: A, in: 25, frames: 5 },
    { source: B, in: 0, frames: 5 },
  ])
})

test('a plan reads the frames of a reversed span from its end', () => {
  const reversed = listWith([{ frames: 20, layers: [{ source: A, in: 10, reversed: true }] }])

  expect(plan(reversed, 0, 5).reads).toEqual([{ source: A, in: 25, frames: 5 }])
})

test('plain frames of 16 bits are copied as they are, silence between them cleared', () => {
  const planned = plan(list, 18, 27)
  const out = new Int16Array(9).fill(99)

  mixInto(out, planned, [Int16Array.of(1, 2), Int16Array.of(3, 4)])

  expect(planned.isPlain).toBe(true)
  expect([...out]).toEqual([1, 2, 0, 0, 0, 0, 0, 3, 4])
})

test('frames of 16 bits count 65,536 times as much among those of 32', () => {
  const out = new Int32Array(2)

  mixInto(out, plan(list, 0, 2), [Int16Array.of(-32_768, 1)])

  expect([...out]).toEqual([-(2 ** 31), 65_536])
})

test.each([
  ['a gain', listWith([span(A, 0, 4, [gain(-3)])])],
  ['a fade', listWith([span(A, 0, 4, [fadeIn(4)])])],
  ['a turn', listWith([{ frames: 4, layers: [{ source: A, in: 0, reversed: true }] }])],
  [
    'a mix',
    listWith([
      {
        frames: 4,
        layers: [
          { source: A, in: 0 },
          { source: B, in: 0 },
        ],
      },
    ]),
  ],
])('%s does not fit into 16 bits', (_, edited) => {
  const planned = plan(edited, 0, 4)
  const blocks = planned.reads.map(() => new Int16Array(4))

  expect(planned.isPlain).toBe(false)
  expect(() => mixInto(new Int16Array(4), planned, blocks)).toThrow(TypeError)
})

test('32-bit samples do not fit into 16 bits either', () => {
  expect(() => mixInto(new Int16Array(4), plan(list, 0, 4), [new Int32Array(4)])).toThrow(TypeError)
})

test('a block that is too short or missing is told, not heard as silence', () => {
  const out = new Int32Array(4)
  expect(() => mixInto(out, plan(list, 0, 4), [new Int32Array(3)])).toThrow(
    /3 samples instead of 4/,
  )
  expect(() => mixInto(out, plan(list, 0, 4), [])).toThrow(RangeError)
})

test('a range outside the list has no plan', () => {
  expect(() => plan(list, 40, 46)).toThrow(EditError)
  expect(plan(list, 45, 45)).toMatchObject({ frames: 0, reads: [] })
})

test('layers are clipped after each one that is added, as sox does', () => {
  const loud = listWith([
    {
      frames: 1,
      layers: [
        { source: A, in: 0 },
        { source: A, in: 0 },
        { source: B, in: 0 },
      ],
    },
  ])
  const out = new Int32Array(1)

  mixInto(
    out,
    plan(loud, 0, 1),
    [2 ** 30, 2 ** 31 - 1, -5].map((sample) => Int32Array.of(sample)),
  )

  expect(out[0]).toBe(2 ** 31 - 6)
})
