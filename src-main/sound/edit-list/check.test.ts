import { describe, expect, it } from 'vitest'
import type { EditList } from '#contract/edit-list'
import { A, B, fadeIn, fadeOut, listWith, point, span, stretch } from '../../test/edit-lists.ts'
import { checkList } from './check.ts'

const layered = (frames: number, from: number): EditList =>
  listWith([
    {
      frames,
      layers: [
        { source: A, in: 0 },
        {
          layers: [
            { source: B, in: from },
            { source: A, in: 0 },
          ],
        },
      ],
    },
  ])
/** So many layers of one frame in one span, in mixes of five. */
const crowded = (count: number): EditList => {
  const mix = { layers: Array.from({ length: 5 }, () => ({ source: A, in: 0 })) }
  return listWith([{ frames: 1, layers: Array.from({ length: count / 5 }, () => mix) }])
}
const withMarkers = (...markers: EditList['markers']) => listWith([span(A, 0, 100)], markers)

describe('a list that a client sends', () => {
  it('is taken when every part fits', () => {
    checkList(
      listWith([span(A, 900, 100, [fadeIn(100), fadeOut(100)]), span(B, 0, 50, [fadeIn(100, 50)])]),
    )
    checkList(layered(100, 900))
    checkList(crowded(60))
    checkList(withMarkers(point('one', 100), stretch('two', 0, 100)))
    checkList(listWith([]))
  })

  it.each<[string, EditList, string]>([
    [
      'a layer behind the end of its source',
      listWith([span(A, 0, 1), span(A, 901, 100)]),
      'spans.1.layers.0.in',
    ],
    [
      'a layer of an unknown source',
      listWith([span('c'.repeat(64), 0, 1)]),
      'spans.0.layers.0.source',
    ],
    ['a layer within a mix that is too long', layered(100, 901), 'spans.0.layers.1.layers.0.in'],
    [
      'a fade in that is over too early',
      listWith([span(A, 0, 102, [fadeIn(100)])]),
      'spans.0.layers.0.stages.0',
    ],
    [
      'a fade out that is over too early',
      listWith([span(A, 0, 102, [fadeOut(100)])]),
      'spans.0.layers.0.stages.0',
    ],
    [
      'a fade that begins behind its end',
      listWith([span(A, 0, 9, [fadeOut(100, 101)])]),
      'spans.0.layers.0.stages.0',
    ],
    ['more layers at once than anybody mixes', crowded(65), 'spans.0.layers'],
    ['a marker behind the end', withMarkers(point('one', 101)), 'markers.0.at'],
    [
      'a stretch turned around',
      withMarkers(point('one', 1), stretch('two', 9, 8)),
      'markers.1.end',
    ],
    ['two markers of one id', withMarkers(point('one', 1), point('one', 2)), 'markers.1.id'],
  ])('is refused for %s', (_, list, path) => {
    expect(() => checkList(list)).toThrow(expect.objectContaining({ name: 'EditError', path }))
  })
})
