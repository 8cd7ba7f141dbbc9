import { expect, test } from 'vitest'
import {
  clampView,
  fitView,
  frameAt,
  reveal,
  scrollBy,
  viewAfter,
  viewOfRange,
  xOf,
  zoomAt,
} from './view.ts'

const extent = { frames: 100_000, width: 1000 }

test('the frame under the pointer stays there while zooming', () => {
  const view = { from: 20_000, framesPerPixel: 50 }
  const zoomed = zoomAt(view, { factor: 8, x: 300 }, extent)

  expect(zoomed.framesPerPixel).toBe(6.25)
  expect(frameAt(zoomed, 300)).toBe(frameAt(view, 300))
})

test('zooming ends at all of it and at 64 pixels a frame', () => {
  const view = { from: 0, framesPerPixel: 10 }

  expect(zoomAt(view, { factor: 1e-9, x: 500 }, extent)).toEqual(fitView(extent))
  expect(zoomAt(view, { factor: 1e9, x: 500 }, extent).framesPerPixel).toBe(1 / 64)
})

test('nothing before the beginning or past the end is shown', () => {
  const view = { from: 50_000, framesPerPixel: 10 }

  expect(scrollBy(view, -1e9, extent).from).toBe(0)
  expect(scrollBy(view, 1e9, extent).from).toBe(90_000)
  expect(clampView({ from: 99_000, framesPerPixel: 10 }, extent).from).toBe(90_000)
})

test('a view that may stay is the same object, so that nothing is painted again', () => {
  const view = { from: 50_000, framesPerPixel: 10 }

  expect(clampView(view, extent)).toBe(view)
})

test('a file shorter than the view is shown from its beginning', () => {
  expect(fitView({ frames: 3, width: 1000 })).toEqual({ from: 0, framesPerPixel: 1 / 64 })
  expect(clampView({ from: 2, framesPerPixel: 1 }, { frames: 3, width: 1000 })).toEqual({
    from: 0,
    framesPerPixel: 1 / 64,
  })
  expect(fitView({ frames: 0, width: 0 }).framesPerPixel).toBeGreaterThan(0)
})

test('a range is shown whole, with air', () => {
  const view = viewOfRange({ from: 40_000, to: 50_000 }, extent)

  expect(xOf(view, 40_000)).toBeCloseTo(40)
  expect(xOf(view, 50_000)).toBeCloseTo(960)
})

test('revealing a visible frame changes nothing', () => {
  const view = { from: 50_000, framesPerPixel: 10 }

  expect(reveal(view, 55_000, extent)).toBe(view)
  expect(xOf(reveal(view, 10_000, extent), 10_000)).toBeCloseTo(200)
})

test('who sees all of it sees all of it in a smaller and in a larger window', () => {
  const all = fitView(extent)
  const [small, large] = [600, 1400].map((width) => ({ ...extent, width }))

  expect(small && viewAfter(all, extent, small)).toEqual({ from: 0, framesPerPixel: 100_000 / 600 })
  expect(large && viewAfter(all, extent, large)).toEqual({
    from: 0,
    framesPerPixel: 100_000 / 1400,
  })
})

test('who sees a part of it keeps the zoom when the window changes', () => {
  const part = { from: 20_000, framesPerPixel: 10 }

  expect(viewAfter(part, extent, { ...extent, width: 600 })).toEqual(part)
})
