import type { Columns } from '#sound/edit-list/peaks'
import type { EditColours } from './edit-colours.ts'
import { channelName, lanesOf, type Lane } from './lanes.ts'
import type { Surface } from './surface.ts'

type Reach = (at: number) => { high: number; low: number }

/** One filled outline per run of columns that are there: cheaper than a rectangle a column. */
const fillColumns = (
  { context, ratio }: Surface,
  { columns, channel, reachOf }: { columns: Columns; channel: number; reachOf: Reach },
  { middle, reach }: Lane,
): void => {
  const thin = ratio / 2
  const edge = (column: number, isTop: boolean) => {
    const { high, low } = reachOf(column * columns.channels + channel)
    const centre = middle - ((high + low) / 2) * reach
    // Silence is a line, not nothing.
    return isTop
      ? Math.min(middle - high * reach, centre - thin)
      : Math.max(middle - low * reach, centre + thin)
  }
  context.beginPath()
  for (let column = 0; column < columns.columns;) {
    if (columns.missing[column] === 1) {
      column++
      continue
    }
    const first = column
    while (column < columns.columns && columns.missing[column] !== 1) column++
    context.moveTo(first, edge(first, true))
    for (let at = first; at < column; at++) {
      const y = edge(at, true)
      context.lineTo(at, y)
      context.lineTo(at + 1, y)
    }
    for (let at = column - 1; at >= first; at--) {
      const y = edge(at, false)
      context.lineTo(at + 1, y)
      context.lineTo(at, y)
    }
    context.closePath()
  }
  context.fill()
}

const paintGrid = ({ context, width, ratio }: Surface, lane: Lane, colours: EditColours): void => {
  const line = Math.max(1, Math.round(ratio))
  context.fillStyle = colours.grid
  // Full scale and −6 dB on both sides; less in lanes too low for lines to mean anything.
  const shares = lane.reach > 60 * ratio ? [1, 0.5, -0.5, -1] : [1, -1]
  for (const share of shares) {
    context.globalAlpha = Math.abs(share) === 1 ? 1 : 0.6
    context.fillRect(0, Math.round(lane.middle - share * lane.reach - line / 2), width, line)
  }
  context.globalAlpha = 1
  context.fillStyle = colours.axis
  context.fillRect(0, Math.round(lane.middle - line / 2), width, line)
}

const paintName = (surface: Surface, lane: Lane, { name, colours }: NameOf): void => {
  if (name === '' || lane.height < 24 * surface.ratio) return
  const { context, ratio } = surface
  const size = 16 * ratio
  context.fillStyle = colours.back
  context.globalAlpha = 0.8
  context.fillRect(0, lane.top + 2 * ratio, size, size)
  context.globalAlpha = 1
  context.fillStyle = colours.faint
  context.textAlign = 'center'
  context.textBaseline = 'middle'
  context.fillText(name, size / 2, lane.top + 2 * ratio + size / 2)
  context.textAlign = 'left'
}
type NameOf = { name: string; colours: EditColours }

/** Samples as a line, with a dot on each where there is room for dots. */
export type Line = {
  /** Device pixels of the first sample, and from one to the next. */
  x: number
  step: number
  count: number
  /** −1 to 1; undefined behind the end and while it is on its way. */
  valueOf: (index: number, channel: number) => number | undefined
}

const strokeLine = (
  { context, ratio }: Surface,
  { line, channel, colours }: { line: Line; channel: number; colours: EditColours },
  { middle, reach }: Lane,
): void => {
  context.strokeStyle = colours.body
  context.lineWidth = Math.max(1, 1.25 * ratio)
  context.lineJoin = 'round'
  context.beginPath()
  let isDown = false
  for (let index = 0; index < line.count; index++) {
    const value = line.valueOf(index, channel)
    if (value === undefined) {
      isDown = false
      continue
    }
    const x = line.x + index * line.step
    if (isDown) context.lineTo(x, middle - value * reach)
    else context.moveTo(x, middle - value * reach)
    isDown = true
  }
  context.stroke()
  const radius = Math.min(3.5, line.step / ratio / 4) * ratio
  if (line.step < 5 * ratio) return
  context.fillStyle = colours.body
  context.beginPath()
  for (let index = 0; index < line.count; index++) {
    const value = line.valueOf(index, channel)
    if (value === undefined) continue
    const x = line.x + index * line.step
    const y = middle - value * reach
    context.moveTo(x + radius, y)
    context.arc(x, y, radius, 0, Math.PI * 2)
  }
  context.fill()
}

export type WavePicture = {
  channels: number
  colours: EditColours
  framesPerColumn: number
  /** A CSS font for the names of channels. */
  font: string
} & ({ columns: Columns; line?: never } | { line: Line; columns?: never })

/**
 * Where single periods show there is no body any more, only the wave itself: from 64 frames a column
 * down to 8 the two become one.
 */
const bodyShareAt = (framesPerColumn: number): number =>
  Math.max(0, Math.min(1, (framesPerColumn - 8) / 56))

/** Everything of the wave that does not move by itself: lanes, scale, outline and body, or samples. */
export const paintWave = (surface: Surface, picture: WavePicture): void => {
  const { context, width, height } = surface
  const { channels, colours, columns, line, font } = picture
  context.clearRect(0, 0, width, height)
  context.font = font
  const bodyShare = bodyShareAt(picture.framesPerColumn)
  lanesOf(surface, channels).forEach((lane, channel) => {
    paintGrid(surface, lane, colours)
    if (line) {
      strokeLine(surface, { line, channel, colours }, lane)
    } else {
      const { min, max, rms } = columns
      const outline: Reach = (at) => ({ high: max[at] ?? 0, low: min[at] ?? 0 })
      context.fillStyle = colours.wave
      if (bodyShare > 0) fillColumns(surface, { columns, channel, reachOf: outline }, lane)
      context.fillStyle = colours.body
      context.globalAlpha = 1 - bodyShare
      if (bodyShare < 1) fillColumns(surface, { columns, channel, reachOf: outline }, lane)
      context.globalAlpha = bodyShare
      // The body never leaves the outline, which is not symmetric where there is DC.
      const body: Reach = (at) => ({
        high: Math.max(0, Math.min(rms[at] ?? 0, max[at] ?? 0)),
        low: Math.min(0, Math.max(-(rms[at] ?? 0), min[at] ?? 0)),
      })
      if (bodyShare > 0) fillColumns(surface, { columns, channel, reachOf: body }, lane)
      context.globalAlpha = 1
    }
    paintName(surface, lane, { name: channelName(channel, channels), colours })
  })
}
