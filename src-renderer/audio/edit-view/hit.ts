import type { Marker } from '#contract/edit-list'
import type { FrameRange, View } from './types.ts'
import { xOf } from './view.ts'

/** CSS pixels. */
export const labelHeight = 18
const grip = 5

/** What is under the pointer. */
export type Hit =
  | { kind: 'wave' }
  | { kind: 'edge'; edge: 'from' | 'to' }
  /** `part` is the end of a stretch, or where the marker stands. */
  | { kind: 'marker'; id: string; part: 'at' | 'end' }

export type Scene = {
  view: View
  selection: FrameRange
  markers: readonly Marker[]
  /** Whether markers can be moved. */
  areMarkersMovable: boolean
}

type Point = { x: number; y: number }

/** Markers between two frames, stretches that reach into them included. */
export const markersIn = (markers: readonly Marker[], { from, to }: FrameRange): Marker[] =>
  markers.filter(({ at, end = at }) => end >= from && at <= to)

const markerAt = ({ x, y }: Point, { view, markers }: Scene): Hit | undefined => {
  if (y > labelHeight) return undefined
  let best: { hit: Hit; distance: number } | undefined
  for (const { id, at, end } of markers) {
    const parts = [
      { part: 'at' as const, distance: Math.abs(xOf(view, at) - x) },
      { part: 'end' as const, distance: Math.abs(xOf(view, end ?? Infinity) - x) },
    ]
    for (const { part, distance } of parts) {
      if (distance > grip || distance >= (best?.distance ?? Infinity)) continue
      best = { hit: { kind: 'marker', id, part }, distance }
    }
  }
  return best?.hit
}

/** Edges of the selection come first: they are what is moved most. */
export const hitAt = (point: Point, scene: Scene): Hit => {
  const { view, selection } = scene
  const movable = scene.areMarkersMovable ? markerAt(point, scene) : undefined
  if (movable) return movable
  if (selection.to > selection.from) {
    const from = Math.abs(xOf(view, selection.from) - point.x)
    const to = Math.abs(xOf(view, selection.to) - point.x)
    if (Math.min(from, to) <= grip) return { kind: 'edge', edge: from < to ? 'from' : 'to' }
  }
  return { kind: 'wave' }
}

/** From the last boundary before a frame to the next one: markers, their ends, and the list's. */
export const stretchAround = (
  frame: number,
  markers: readonly Marker[],
  frames: number,
): FrameRange => {
  let from = 0
  let to = frames
  for (const { at, end = at } of markers) {
    for (const edge of [at, end]) {
      if (edge <= frame && edge > from) from = edge
      if (edge > frame && edge < to) to = edge
    }
  }
  return { from, to }
}
