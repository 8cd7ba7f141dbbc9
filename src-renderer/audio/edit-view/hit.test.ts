import { expect, test } from 'vitest'
import { hitAt, markersIn, stretchAround, type Scene } from './hit.ts'

const markers = [
  { id: 'a', at: 1000, label: 'breath' },
  { id: 'b', at: 3000, end: 5000, label: 'noise' },
]
const scene: Scene = {
  view: { from: 0, framesPerPixel: 10 },
  selection: { from: 2000, to: 6000 },
  markers,
  areMarkersMovable: true,
}

test('the edges of the selection can be grabbed near their lines', () => {
  expect(hitAt({ x: 204, y: 200 }, scene)).toEqual({ kind: 'edge', edge: 'from' })
  expect(hitAt({ x: 596, y: 200 }, scene)).toEqual({ kind: 'edge', edge: 'to' })
  expect(hitAt({ x: 210, y: 200 }, scene)).toEqual({ kind: 'wave' })
})

test('a cursor without a selection has no edges', () => {
  const selection = { from: 2000, to: 2000 }

  expect(hitAt({ x: 200, y: 200 }, { ...scene, selection })).toEqual({ kind: 'wave' })
})

test('the nearer edge of a narrow selection wins', () => {
  const selection = { from: 2000, to: 2040 }

  expect(hitAt({ x: 199, y: 200 }, { ...scene, selection })).toMatchObject({ edge: 'from' })
  expect(hitAt({ x: 206, y: 200 }, { ...scene, selection })).toMatchObject({ edge: 'to' })
})

test('markers are taken by their head, both ends of a stretch', () => {
  expect(hitAt({ x: 102, y: 8 }, scene)).toEqual({ kind: 'marker', id: 'a', part: 'at' })
  expect(hitAt({ x: 498, y: 8 }, scene)).toEqual({ kind: 'marker', id: 'b', part: 'end' })
  expect(hitAt({ x: 102, y: 100 }, scene)).toEqual({ kind: 'wave' })
  expect(hitAt({ x: 102, y: 8 }, { ...scene, areMarkersMovable: false })).toEqual({ kind: 'wave' })
})

test('markers in view include stretches that only reach into it', () => {
  expect(markersIn(markers, { from: 4000, to: 9000 }).map(({ id }) => id)).toEqual(['b'])
})

test('what lies between markers', () => {
  expect(stretchAround(500, markers, 9000)).toEqual({ from: 0, to: 1000 })
  expect(stretchAround(1000, markers, 9000)).toEqual({ from: 1000, to: 3000 })
  expect(stretchAround(4000, markers, 9000)).toEqual({ from: 3000, to: 5000 })
  expect(stretchAround(8000, [], 9000)).toEqual({ from: 0, to: 9000 })
})
