import { describe, expect, it } from 'vitest'
import type { EditList, Operation } from '#contract/edit-list'
import { A, B, format, listWith, span } from '../../test/edit-lists.ts'
import { apply } from './apply.ts'
import { EditError } from './edit-error.ts'
import { copy, framesOf } from './edit-list.ts'

const all = (list: EditList, ...operations: Operation[]): EditList => operations.reduce(apply, list)
const A100 = listWith([span(A, 0, 100)])
const AB = listWith([span(A, 0, 100), span(B, 500, 100)])

const refusal = (list: EditList, operation: Operation): string => {
  const before = JSON.stringify(list)
  try {
    apply(list, operation)
  } catch (error) {
    if (!(error instanceof EditError)) throw error
    expect(JSON.stringify(list)).toBe(before)
    return `${error.path} ${error.rule}`
  }
  return 'none'
}

describe('an empty list', () => {
  const empty = apply(A100, { kind: 'delete', from: 0, to: 100 })
  const nothing = { from: 0, to: 0 }
  const curve = 'linear'

  it('is what deleting everything leaves', () => {
    expect(empty).toEqual(listWith([]))
  })

  it.each<[Operation, string]>([
    [{ kind: 'cut', ...nothing }, 'to maximum'],
    [{ kind: 'delete', ...nothing }, 'to maximum'],
    [{ kind: 'trim', ...nothing }, 'to maximum'],
    [{ kind: 'silence', ...nothing }, 'to maximum'],
    [{ kind: 'reverse', ...nothing }, 'to maximum'],
    [{ kind: 'gain', ...nothing, gain_db: 1 }, 'to maximum'],
    [{ kind: 'normalise', ...nothing, metric: 'peak', level: 0, gain_db: 1 }, 'to maximum'],
    [{ kind: 'fade', ...nothing, direction: 'in', curve }, 'to maximum'],
    [{ kind: 'crossfade', at: 0, frames: 1, curve }, 'at range'],
    [{ kind: 'convert', ...format, source: A, frames: 1, label: 'x' }, 'kind range'],
    [{ kind: 'add_marker', marker: { id: 'm', at: 1, label: '' } }, 'marker.at maximum'],
    [{ kind: 'remove_marker', id: 'm' }, 'id enum'],
  ])('refuses %o', (operation, reason) => {
    // There is no range in an empty list that holds something: the least end is behind its end.
    const widened = 'to' in operation ? { ...operation, to: 1 } : operation
    expect(refusal(empty, widened)).toBe(reason)
    if ('to' in operation) expect(refusal(empty, operation)).toBe('to minimum')
  })

  it.each<[Operation, number]>([
    [{ kind: 'insert_silence', at: 0, frames: 7 }, 7],
    [{ kind: 'paste', ...nothing, clip: copy(A100, 10, 20) }, 10],
    [{ kind: 'replace', ...nothing, source: A, frames: 1000, label: 'Recording' }, 1000],
    [{ kind: 'add_marker', marker: { id: 'm', at: 0, label: '' } }, 0],
  ])('can be filled by %o', (operation, frames) => {
    expect(framesOf(apply(empty, operation))).toBe(frames)
  })
})

describe('refused, and nothing is changed:', () => {
  const curve = 'linear'
  const clip = copy(A100, 0, 10)
  const deep = (): EditList => {
    let list = A100
    for (let turn = 0; turn < 5; turn += 1)
      list = all(
        list,
        { kind: 'paste', from: 100, to: 100, clip: copy(A100, 0, 100) },
        { kind: 'crossfade', at: 100, frames: 100, curve },
      )
    return apply(list, { kind: 'paste', from: 100, to: 100, clip: copy(A100, 0, 100) })
  }
  const piled = (): EditList =>
    all(
      A100,
      ...Array.from({ length: 100 }, () => ({ kind: 'gain', from: 0, to: 9, gain_db: 1 }) as const),
    )

  it.each<[string, EditList, Operation, string]>([
    ['a range behind the end', A100, { kind: 'cut', from: 90, to: 101 }, 'to maximum'],
    [
      'a range that begins behind the end',
      A100,
      { kind: 'cut', from: 101, to: 102 },
      'from maximum',
    ],
    ['a range before the beginning', A100, { kind: 'cut', from: -1, to: 9 }, 'from minimum'],
    ['a fraction of a frame', A100, { kind: 'cut', from: 0.5, to: 9 }, 'from type'],
    ['a range of nothing', A100, { kind: 'reverse', from: 9, to: 9 }, 'to minimum'],
    ['a range turned around', A100, { kind: 'paste', from: 9, to: 8, clip }, 'to minimum'],
    [
      'replacing nothing by nothing',
      A100,
      { kind: 'replace', from: 9, to: 9, source: A, frames: 0, label: 'x' },
      'to minimum',
    ],
    ['silence behind the end', A100, { kind: 'insert_silence', at: 101, frames: 1 }, 'at maximum'],
    [
      'more frames than can be counted',
      A100,
      { kind: 'insert_silence', at: 0, frames: Number.MAX_SAFE_INTEGER },
      'kind maximum',
    ],
    [
      'a crossfade longer than what is before it',
      AB,
      { kind: 'crossfade', at: 30, frames: 31, curve },
      'frames maximum',
    ],
    [
      'a crossfade longer than what is behind it',
      AB,
      { kind: 'crossfade', at: 170, frames: 31, curve },
      'frames maximum',
    ],
    ['a crossfade at the end', AB, { kind: 'crossfade', at: 200, frames: 1, curve }, 'at range'],
    [
      'a clip of another rate',
      A100,
      { kind: 'paste', from: 0, to: 0, clip: { ...clip, sample_rate_hz: 16_000 } },
      'clip.sample_rate_hz enum',
    ],
    [
      'a clip of other channels',
      A100,
      { kind: 'paste', from: 0, to: 0, clip: { ...clip, channels: 2 } },
      'clip.channels enum',
    ],
    [
      'a clip that names an unknown source',
      A100,
      { kind: 'paste', from: 0, to: 0, clip: { ...clip, sources: {} } },
      'clip.spans.0.layers.0.source enum',
    ],
    [
      'a clip that reaches out of its source',
      A100,
      { kind: 'paste', from: 0, to: 0, clip: { ...clip, spans: [span(A, 995, 10)] } },
      'clip.spans.0.layers.0.in maximum',
    ],
    [
      'a clip that knows a source with another length',
      A100,
      { kind: 'paste', from: 0, to: 0, clip: { ...clip, sources: { [A]: { frames: 999 } } } },
      'clip.sources enum',
    ],
    [
      'a source with another length',
      A100,
      { kind: 'replace', from: 0, to: 9, source: A, frames: 7, label: 'x' },
      'frames enum',
    ],
    [
      'a hundred and one stages',
      piled(),
      { kind: 'gain', from: 0, to: 9, gain_db: 1 },
      'kind maxItems',
    ],
    [
      'crossfades too deep in each other',
      deep(),
      { kind: 'crossfade', at: 100, frames: 100, curve },
      'kind maxItems',
    ],
    [
      'more spans than a list may have',
      listWith(Array.from({ length: 100_000 }, (_, i) => span(A, (i * 7) % 900, 3))),
      { kind: 'insert_silence', at: 1, frames: 1 },
      'kind maxItems',
    ],
  ])('%s', (_, list, operation, reason) => {
    expect(refusal(list, operation)).toBe(reason)
  })

  it('says how much room there is for a crossfade', () => {
    expect(() => apply(AB, { kind: 'crossfade', at: 30, frames: 31, curve })).toThrow(
      'Overlapping fades longer than the span: on one side there are only 30 frames',
    )
  })
})
