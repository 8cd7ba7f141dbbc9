import { describe, expect, it, test } from 'vitest'
import type { EditList, Operation } from '#contract/edit-list'
import {
  A,
  B,
  fadeIn,
  fadeOut,
  format,
  gain,
  listWith,
  silent,
  span,
} from '../../test/edit-lists.ts'
import { apply } from './apply.ts'
import { EditError } from './edit-error.ts'
import { copy, emptyList, framesOf } from './edit-list.ts'

const all = (list: EditList, ...operations: Operation[]): EditList => operations.reduce(apply, list)
const A100 = listWith([span(A, 0, 100)])
const AB = listWith([span(A, 0, 100), span(B, 500, 100)])

describe('spans', () => {
  it('are shared with the list before where nothing was done to them', () => {
    const three = listWith([span(A, 0, 100), silent(10), span(B, 0, 100)])

    const after = apply(three, { kind: 'gain', from: 20, to: 30, gain_db: -3 })

    expect(after.spans.at(-1)).toBe(three.spans[2])
    expect(after.sources).toBe(three.sources)
    expect(after.markers).toBe(three.markers)
  })

  it('are joined again when silence between them is taken out', () => {
    const silence = { kind: 'insert_silence', at: 40, frames: 7 } as const

    const split = apply(A100, silence)
    const joined = apply(split, { kind: 'delete', from: 40, to: 47 })

    expect(split.spans).toEqual([span(A, 0, 40), silent(7), span(A, 40, 60)])
    expect(joined).toEqual(A100)
  })

  it.each<[string, Operation[]]>([
    ['a fade', [{ kind: 'fade', from: 10, to: 90, direction: 'out', curve: 'sine' }]],
    ['a gain', [{ kind: 'gain', from: 10, to: 90, gain_db: 3 }]],
    ['what is reversed', [{ kind: 'reverse', from: 10, to: 90 }]],
    [
      'a reversed fade',
      [
        { kind: 'fade', from: 10, to: 90, direction: 'in', curve: 'sine' },
        { kind: 'reverse', from: 5, to: 95 },
      ],
    ],
    [
      'a faded crossfade',
      [
        { kind: 'crossfade', at: 50, frames: 50, curve: 'linear' },
        { kind: 'fade', from: 0, to: 50, direction: 'in', curve: 'cosine' },
      ],
    ],
  ])('are joined again when a part of %s is moved away and back', (_, operations) => {
    const edited = all(A100, ...operations)
    const clip = copy(edited, 20, 35)

    const back = all(
      edited,
      { kind: 'cut', from: 20, to: 35 },
      { kind: 'paste', from: 20, to: 20, clip },
    )

    expect(back.spans).toEqual(edited.spans)
  })

  it('are not joined where gains differ or frames do not follow', () => {
    const after = all(
      A100,
      { kind: 'gain', from: 0, to: 50, gain_db: 1 },
      { kind: 'delete', from: 60, to: 70 },
    )

    expect(after.spans).toEqual([span(A, 0, 50, [gain(1)]), span(A, 50, 10), span(A, 70, 30)])
  })

  it('are not joined where one fade follows the other', () => {
    const fade = { kind: 'fade', direction: 'in', curve: 'linear' } as const

    const { spans } = all(A100, { ...fade, from: 0, to: 50 }, { ...fade, from: 50, to: 100 })

    expect(spans).toEqual([span(A, 0, 50, [fadeIn(50)]), span(A, 50, 50, [fadeIn(50)])])
  })

  it('in the middle of audio that are reversed twice are as before', () => {
    const faded = apply(AB, { kind: 'fade', from: 30, to: 170, direction: 'in', curve: 'sine' })
    const reverse = { kind: 'reverse', from: 20, to: 180 } as const

    expect(apply(faded, reverse).spans).not.toEqual(faded.spans)
    expect(all(faded, reverse, reverse)).toEqual(faded)
  })
})

describe('a fade', () => {
  it('goes on over the seams of spans and leaves silence alone', () => {
    const list = listWith([span(A, 0, 100), silent(10), span(B, 500, 100)])

    const { spans } = apply(list, {
      kind: 'fade',
      from: 50,
      to: 150,
      direction: 'out',
      curve: 'linear',
    })

    expect(spans).toEqual([
      span(A, 0, 50),
      span(A, 50, 50, [fadeOut(100)]),
      silent(10),
      span(B, 500, 40, [fadeOut(100, 40)]),
      span(B, 540, 60),
    ])
  })
})

describe('gains', () => {
  it('stay stages of their own, in the order they were made', () => {
    const { spans } = all(
      A100,
      { kind: 'gain', from: 0, to: 100, gain_db: 12 },
      { kind: 'fade', from: 0, to: 100, direction: 'in', curve: 'linear' },
      { kind: 'normalise', from: 0, to: 100, metric: 'peak', level: -3, gain_db: -12 },
    )

    expect(spans).toEqual([span(A, 0, 100, [gain(12), fadeIn(100), gain(-12)])])
  })

  it('of 0 dB change nothing', () => {
    expect(apply(A100, { kind: 'gain', from: 0, to: 50, gain_db: 0 })).toBe(A100)
  })
})

describe('a crossfade', () => {
  it('lets the end before and the beginning behind overlap: the result is shorter by it', () => {
    const { spans } = apply(AB, { kind: 'crossfade', at: 100, frames: 20, curve: 'linear' })

    expect(spans).toEqual([
      span(A, 0, 80),
      {
        frames: 20,
        layers: [
          { source: A, in: 80, stages: [fadeOut(20)] },
          { source: B, in: 500, stages: [fadeIn(20)] },
        ],
      },
      span(B, 520, 80),
    ])
  })

  it('over another one makes a mix of the other', () => {
    const { spans } = all(
      AB,
      { kind: 'crossfade', at: 100, frames: 100, curve: 'linear' },
      { kind: 'paste', from: 100, to: 100, clip: copy(A100, 0, 100) },
      { kind: 'crossfade', at: 100, frames: 100, curve: 'linear' },
    )

    expect(spans).toEqual([
      {
        frames: 100,
        layers: [
          {
            layers: [
              { source: A, in: 0, stages: [fadeOut(100)] },
              { source: B, in: 500, stages: [fadeIn(100)] },
            ],
            stages: [fadeOut(100)],
          },
          { source: A, in: 0, stages: [fadeIn(100)] },
        ],
      },
    ])
  })
})

test('sources are added by pasting and replacing, and only one is left by converting', () => {
  const C = 'c'.repeat(64)
  const label = 'Effect'
  const replaced = apply(A100, { kind: 'replace', from: 0, to: 9, source: C, frames: 5, label })
  const converted = apply(replaced, {
    kind: 'convert',
    sample_rate_hz: 16_000,
    channels: 2,
    source: B,
    frames: 192,
    label,
  })

  expect(replaced.sources[C]).toEqual({ frames: 5 })
  expect(framesOf(replaced)).toBe(96)
  expect(converted).toEqual({
    sample_rate_hz: 16_000,
    channels: 2,
    sources: { [B]: { frames: 192 } },
    spans: [span(B, 0, 192)],
    markers: [],
  })
})

test('replacing a range by nothing deletes it', () => {
  const after = apply(A100, {
    kind: 'replace',
    from: 0,
    to: 90,
    source: B,
    frames: 0,
    label: 'Trim',
  })

  expect(after.spans).toEqual([span(A, 90, 10)])
})

test('a copy names no more sources than it needs, and a new list has none', () => {
  expect(copy(AB, 10, 20)).toEqual({
    ...format,
    sources: { [A]: { frames: 1000 } },
    spans: [span(A, 10, 10)],
  })
  expect(framesOf(emptyList(format))).toBe(0)
  expect(() => copy(AB, 10, 10)).toThrow(EditError)
})
