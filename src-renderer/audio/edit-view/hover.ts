import type { Columns } from '#sound/edit-list/peaks'
import type { Elements } from './elements.ts'
import { peakText } from './hover-text.ts'
import type { Scene } from './scene.ts'
import { timeText } from './time-text.ts'
import { clamp, frameAt } from './view.ts'

export type Hover = {
  /** CSS pixels; undefined hides it. */
  moveTo: (x: number | undefined) => void
  update: () => void
}

/** A line under the pointer that tells the time there, and the peak of what is painted there. */
export const createHover = (
  { hover, hoverText }: Elements,
  { scene, columns }: { scene: Scene; columns: () => Columns | undefined },
): Hover => {
  let at: number | undefined
  return {
    moveTo: (x) => {
      at = x
    },
    update: () => {
      const { width, view } = scene.state()
      const isSeen = at !== undefined && at >= 0 && at <= width
      hover.hidden = !isSeen
      if (at === undefined || !isSeen) return
      const { list, units } = scene.props()
      hover.style.transform = `translateX(${Math.round(at)}px)`
      // The read-out stays inside: left of the line in the right half of the view.
      hover.dataset.side = at > width / 2 ? 'left' : 'right'
      const frame = clamp(Math.round(frameAt(view, at)), 0, scene.extent().frames)
      const peak = peakText(columns(), Math.floor(at * devicePixelRatio))
      const time = timeText(frame, list.sample_rate_hz, units)
      hoverText.textContent = peak === undefined ? time : `${time} · ${peak}`
    },
  }
}
