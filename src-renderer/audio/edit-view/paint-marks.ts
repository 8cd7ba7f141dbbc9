import type { Marker } from '#contract/edit-list'
import type { ClipMark } from './clip-marks.ts'
import type { EditColours } from './edit-colours.ts'
import { labelHeight } from './hit.ts'
import { lanesOf } from './lanes.ts'
import type { Surface } from './surface.ts'
import type { FrameRange, View } from './types.ts'
import { xOf } from './view.ts'

export type MarksPicture = {
  view: View
  selection: FrameRange
  /** Those in view, by their position. */
  markers: readonly Marker[]
  channels: number
  /** With the number of samples where it is known. */
  clips: readonly (ClipMark & { count: number })[]
  colours: EditColours
  /** A CSS font in device pixels. */
  font: string
}

const lineOf = ({ ratio }: Surface) => Math.max(1, Math.round(ratio))

const paintSelection = (surface: Surface, { view, selection, colours }: MarksPicture): void => {
  if (selection.to <= selection.from) return
  const { context, width, height, ratio } = surface
  const line = lineOf(surface)
  const from = Math.round(xOf(view, selection.from) * ratio)
  const to = Math.round(xOf(view, selection.to) * ratio)
  if (to < 0 || from > width) return
  context.fillStyle = colours.selection
  context.fillRect(from, 0, Math.max(line, to - from), height)
  context.fillStyle = colours.edge
  context.fillRect(from, 0, line, height)
  context.fillRect(to - line, 0, line, height)
}

/** A label no wider than the room before the next marker. */
const fitted = (context: CanvasRenderingContext2D, label: string, room: number): string => {
  if (context.measureText(label).width <= room) return label
  for (let length = label.length - 1; length > 0; length--) {
    const cut = `${label.slice(0, length)}…`
    if (context.measureText(cut).width <= room) return cut
  }
  return ''
}

const paintMarkers = (surface: Surface, { view, markers, colours, font }: MarksPicture): void => {
  const { context, width, height, ratio } = surface
  const line = lineOf(surface)
  const strip = labelHeight * ratio
  context.font = font
  context.textBaseline = 'middle'
  context.textAlign = 'left'
  const places = markers.map(({ at }) => Math.round(xOf(view, at) * ratio))
  const dash = Math.round(3 * ratio)
  markers.forEach(({ at, end, label }, index) => {
    const x = places[index] ?? 0
    const endX = end === undefined ? undefined : Math.round(xOf(view, end) * ratio)
    context.fillStyle = colours.marker
    if (endX !== undefined) {
      context.globalAlpha = 0.18
      context.fillRect(x, 0, endX - x, strip)
      context.globalAlpha = 0.05
      context.fillRect(x, strip, endX - x, height - strip)
      context.globalAlpha = 1
    }
    for (const edge of endX === undefined ? [x] : [x, endX - line]) {
      context.fillRect(edge, 0, line, strip)
      for (let y = strip; y < height; y += 2 * dash) context.fillRect(edge, y, line, dash)
    }
    const next = places.find((place) => place > x) ?? width
    // A stretch that began before the view is named where it is seen.
    const left = (at < view.from ? Math.max(0, x) : x) + 5 * ratio
    const room = Math.min(next, endX ?? width) - left - 3 * ratio
    if (room < 10 * ratio) return
    context.fillText(fitted(context, label, room), left, strip / 2)
  })
}

const paintClips = (surface: Surface, picture: MarksPicture): void => {
  const { clips, channels, colours, font } = picture
  if (clips.length === 0) return
  const { context, ratio, width } = surface
  const lanes = lanesOf(surface, channels)
  const size = 4.5 * ratio
  context.font = font
  context.textBaseline = 'middle'
  context.textAlign = 'left'
  for (const mark of clips) {
    const lane = lanes[mark.channel]
    if (!lane) continue
    context.fillStyle = colours.clip
    // What is clipped gets a red edge at full scale, so that a mark says where it belongs.
    const span = Math.max(lineOf(surface), mark.to - mark.from)
    const bar = Math.round(2 * ratio)
    context.fillRect(mark.from, lane.middle - lane.reach - bar, span, bar)
    context.fillRect(mark.from, lane.middle + lane.reach, span, bar)
    const x = Math.min(width - size, Math.max(size, (mark.from + mark.to) / 2))
    const y = lane.middle - lane.reach + 4 * ratio
    const text = mark.count > 0 ? `clip ${mark.count}` : 'clip'
    const wide = context.measureText(text).width
    const isRoomy = lane.height > 60 * ratio && x + 2 * size + wide < width
    context.fillStyle = colours.back
    context.globalAlpha = 0.72
    const plate = isRoomy ? 2.2 * size + wide + 4 * ratio : 2.6 * size
    context.fillRect(x - 1.3 * size, y - ratio, plate, 2 * size + 4 * ratio)
    context.globalAlpha = 1
    context.fillStyle = colours.clip
    context.beginPath()
    context.moveTo(x, y)
    context.lineTo(x + size, y + 1.7 * size)
    context.lineTo(x - size, y + 1.7 * size)
    context.closePath()
    context.fill()
    if (isRoomy) context.fillText(text, x + size + 3 * ratio, y + size)
  }
}

/** What lies over the wave and changes without it: selection, markers, clipping. */
export const paintMarks = (surface: Surface, picture: MarksPicture): void => {
  surface.context.clearRect(0, 0, surface.width, surface.height)
  paintSelection(surface, picture)
  paintClips(surface, picture)
  paintMarkers(surface, picture)
}
