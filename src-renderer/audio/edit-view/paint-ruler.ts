import type { EditColours } from './edit-colours.ts'
import type { Surface } from './surface.ts'
import { ticksOf, type TickQuestion } from './ticks.ts'
import { xOf } from './view.ts'

/** Ticks along the bottom edge, their labels to the right of the long ones. */
export const paintRuler = (
  surface: Surface,
  picture: Omit<TickQuestion, 'width' | 'gap'> & { colours: EditColours; font: string },
): void => {
  const { context, width, height, ratio } = surface
  const { view, colours, font, units } = picture
  context.clearRect(0, 0, width, height)
  context.font = font
  context.textBaseline = 'middle'
  context.textAlign = 'left'
  const line = Math.max(1, Math.round(ratio))
  // As wide as the longest label there can be, and some air.
  const gap = context.measureText(units === 'clock' ? '0:00:00.00000' : '00 000 000').width / ratio
  for (const { frame, label } of ticksOf({ ...picture, width: width / ratio, gap: gap + 22 })) {
    const x = Math.round(xOf(view, frame) * ratio)
    const tall = (label === undefined ? 4 : 9) * ratio
    context.fillStyle = colours.axis
    context.fillRect(x, height - tall, line, tall)
    if (label === undefined) continue
    context.fillStyle = colours.faint
    context.fillText(label, x + 4 * ratio, height / 2 - ratio)
  }
}
