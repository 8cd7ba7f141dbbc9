import { mostMarkers, type EditList, type Marker } from '#contract/edit-list'
import { requireFrame, type Range } from './edit-list.ts'
import { EditError } from './edit-error.ts'

/**
 * What becomes of markers. A point belongs to the frame it stands on, a stretch to its frames. They
 * move with their frames. Where frames go, a point collapses to where they were, a stretch shrinks,
 * and one of which nothing is left becomes a point: nobody loses a label by cutting. Only what lies
 * outside of what is kept by trimming is dropped (a point at its end stays).
 */

type Move = (position: number) => number

/** `at` and `end` (exclusive) after a change; unchanged markers stay the same objects. */
const moved = (markers: Marker[], start: Move, end: Move): Marker[] => {
  const result = markers.map((marker) => {
    const at = start(marker.at)
    const last = marker.end === undefined ? undefined : end(marker.end)
    if (at === marker.at && last === marker.end) return marker
    const { id, label } = marker
    return last !== undefined && last > at ? { id, at, end: last, label } : { id, at, label }
  })
  return result.every((marker, index) => marker === markers[index]) ? markers : result
}

/** [from, to) gives way to `frames` others. */
export const giveWay = (markers: Marker[], { from, to }: Range, frames: number): Marker[] => {
  const shift = frames - (to - from)
  return moved(
    markers,
    (at) => (at < from ? at : at >= to ? at + shift : from),
    (end) => (end <= from ? end : end >= to ? end + shift : from),
  )
}

/** [from, to) becomes longer or shorter, as by an effect: positions within it keep their share. */
export const stretch = (markers: Marker[], { from, to }: Range, frames: number): Marker[] => {
  if (frames === 0 || from === to) return giveWay(markers, { from, to }, frames)
  const share = frames / (to - from)
  const inside: Move = (position) => from + Math.min(frames, Math.round((position - from) * share))
  const shift = frames - (to - from)
  const move: Move = (position) =>
    position <= from ? position : position >= to ? position + shift : inside(position)
  return moved(markers, move, move)
}

/** [from, to) is kept. */
export const keep = (markers: Marker[], { from, to }: Range): Marker[] => {
  const inside = markers.filter(({ at, end }) =>
    end === undefined ? at >= from && at <= to : at < to && end > from,
  )
  return moved(
    inside.length === markers.length ? markers : inside,
    (at) => Math.max(0, at - from),
    (end) => Math.min(to, end) - from,
  )
}

const byPosition = (one: Marker, other: Marker): number => one.at - other.at

/** [from, to) is turned; stretches that reach out of it stay. */
export const turn = (markers: Marker[], { from, to }: Range): Marker[] => {
  const turned = markers.map((marker) => {
    const { at, end = at + 1 } = marker
    if (at < from || end > to) return marker
    const start = from + to - end
    return marker.end === undefined
      ? { ...marker, at: start }
      : { ...marker, at: start, end: from + to - at }
  })
  return turned.sort(byPosition)
}

/** The `frames` before and behind `at` are heard at once. */
export const overlap = (markers: Marker[], at: number, frames: number): Marker[] =>
  moved(
    markers,
    (position) => (position < at ? position : position - frames),
    (end) => (end <= at ? end : end - frames),
  )

/** Throws EditError unless a marker lies within the list. */
export const requireMarker = (list: EditList, marker: Marker, path: string): void => {
  requireFrame(list, marker.at, `${path}.at`)
  if (marker.end === undefined) return
  requireFrame(list, marker.end, `${path}.end`)
  if (marker.end > marker.at) return
  throw new EditError(`${path}.end`, 'minimum', {
    message: 'A stretch ends behind its beginning',
    target: marker.at + 1,
  })
}

const place = (markers: readonly Marker[], marker: Marker): Marker[] => {
  const behind = markers.findIndex(({ at }) => at > marker.at)
  return behind < 0 ? [...markers, marker] : markers.toSpliced(behind, 0, marker)
}

const without = (markers: readonly Marker[], id: string, path: string): Marker[] => {
  const others = markers.filter((marker) => marker.id !== id)
  if (others.length < markers.length) return others
  throw new EditError(path, 'enum', { message: 'There is no such marker', value: id })
}

export const addMarker = (list: EditList, marker: Marker): EditList => {
  requireMarker(list, marker, 'marker')
  const { markers } = list
  if (markers.some(({ id }) => id === marker.id))
    throw new EditError('marker.id', 'unique', {
      message: 'There is a marker with this id already',
      value: marker.id,
    })
  if (markers.length >= mostMarkers)
    throw new EditError('marker', 'maxItems', {
      message: `There are ${mostMarkers} markers already`,
      target: mostMarkers,
    })
  return { ...list, markers: place(markers, marker) }
}

export const changeMarker = (list: EditList, marker: Marker): EditList => {
  requireMarker(list, marker, 'marker')
  return { ...list, markers: place(without(list.markers, marker.id, 'marker.id'), marker) }
}

export const removeMarker = (list: EditList, id: string): EditList => ({
  ...list,
  markers: without(list.markers, id, 'id'),
})
