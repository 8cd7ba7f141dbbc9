import RegionsPlugin, { type Region } from 'wavesurfer.js/plugins/regions'
import { framesOf } from '#sound/edit-list/edit-list'
import type { FrameRange, OverviewProps } from './types.ts'
import { clampView } from './view.ts'

export type OverviewRegions = {
  plugin: ReturnType<typeof RegionsPlugin.create>
  /** Makes them for a strip of so many seconds, unless it is the one they are made for. */
  make: (duration: number) => void
  /** Moves them to where view and selection are. */
  place: () => void
}

/** The selection, and the part that is seen as a frame that can be moved and widened. */
export const createOverviewRegions = (
  props: () => OverviewProps,
  onEnd: () => void,
): OverviewRegions => {
  const plugin = RegionsPlugin.create()
  const rate = () => props().list.sample_rate_hz
  let madeFor = 0
  let frame: Region | undefined
  let selected: Region | undefined
  let isDragging = false

  /**
   * What `setOptions` does, without what follows it: it measures the page, and a view that scrolls
   * would have it laid out in every frame.
   */
  const move = (region: Region, { from, to }: FrameRange) => {
    region.start = from / rate()
    region.end = to / rate()
    if (!region.element) return
    const frames = framesOf(props().list)
    region.element.style.left = `${(from / frames) * 100}%`
    region.element.style.right = `${(1 - to / frames) * 100}%`
  }

  plugin.on('region-update', (region, side) => {
    if (region !== frame) return
    const { list, state } = props()
    const { view, width } = state.getState()
    const seen = (region.end - region.start) * rate()
    const framesPerPixel = side ? seen / Math.max(1, width) : view.framesPerPixel
    isDragging = true
    const extent = { frames: framesOf(list), width }
    state.setState({ view: clampView({ from: region.start * rate(), framesPerPixel }, extent) })
  })
  plugin.on('region-updated', () => {
    isDragging = false
    onEnd()
  })

  return {
    plugin,
    make: (duration) => {
      if (duration === madeFor) return
      madeFor = duration
      plugin.clearRegions()
      const add = (id: string, isMovable: boolean) =>
        plugin.addRegion({ id, start: 0, end: duration, drag: isMovable, resize: isMovable })
      // The frame last: it is grabbed wherever it is.
      selected = add('selection', false)
      frame = add('window', true)
    },
    place: () => {
      const { view, width, selection } = props().state.getState()
      const frames = framesOf(props().list)
      if (frame && !isDragging) {
        const to = Math.min(frames, view.from + width * view.framesPerPixel)
        move(frame, { from: view.from, to })
      }
      if (!selected?.element) return
      selected.element.hidden = selection.to <= selection.from
      move(selected, selection)
    },
  }
}
