import { framesOf } from '#sound/edit-list/edit-list'
import { watchTheme } from '../theme-colours.ts'
import { createStyle } from './edit-colours.ts'
import { createFirstSight } from './first-sight.ts'
import { createFrameLoop } from './frame-loop.ts'
import { createHover } from './hover.ts'
import { paintRuler } from './paint-ruler.ts'
import { createPlayhead } from './playhead.ts'
import { controlPointer } from './pointer.ts'
import type { Elements } from './elements.ts'
import { createScene } from './scene.ts'
import { controlScrollbar } from './scrollbar.ts'
import { createSpectrumLayer } from './spectrum-layer.ts'
import { sizeCanvas } from './surface.ts'
import { timeText } from './time-text.ts'
import type { EditViewProps } from './types.ts'
import { viewAfter } from './view.ts'
import { createWaveLayer } from './wave-layer.ts'

/**
 * An edit view at work: paints its elements when something changed, and never asks React. It lasts as
 * long as state, tiles and clock are the same.
 */
export type Stage = {
  /** Other properties than before. */
  update: (before: EditViewProps) => void
  dispose: () => void
}

type Dirty = { wave: boolean; marks: boolean; ruler: boolean; spectrum: boolean }

const valueText = ({ list, state, units, levelText }: EditViewProps): string => {
  const { cursor, selection } = state.getState()
  const text = (frames: number) => timeText(frames, list.sample_rate_hz, units)
  const length = selection.to - selection.from
  return [
    `${text(cursor)} of ${text(framesOf(list))}`,
    ...(length > 0 ? [`${text(length)} selected`] : []),
    ...(levelText ? [levelText] : []),
  ].join(', ')
}

const describe = (lanes: HTMLElement, props: EditViewProps): void => {
  lanes.setAttribute('aria-valuemax', String(framesOf(props.list)))
  lanes.setAttribute('aria-valuenow', String(props.state.getState().cursor))
  lanes.setAttribute('aria-valuetext', valueText(props))
}

const watchWidth = (element: HTMLElement, onWidth: (width: number) => void) => {
  const sizes = new ResizeObserver(([entry]) => {
    const width = entry?.contentRect.width ?? 0
    if (width > 0) onWidth(width)
  })
  sizes.observe(element)
  return () => sizes.disconnect()
}

export const createStage = (elements: Elements, props: () => EditViewProps): Stage => {
  const { root, lanes } = elements
  const scene = createScene(props)
  const dirty: Dirty = { wave: true, marks: true, ruler: true, spectrum: true }
  const reader = props().tiles.reader()
  const style = createStyle(root, elements.ruler)
  const stops: (() => void)[] = []

  const dirtyAll = () => {
    dirty.wave = dirty.marks = dirty.ruler = dirty.spectrum = true
    loop.request()
  }
  const dirtyPart = (part: keyof Dirty) => () => {
    dirty[part] = true
    loop.request()
  }
  const canvas = (element: HTMLCanvasElement, part: keyof Dirty) => {
    const sized = sizeCanvas(element, dirtyPart(part))
    stops.push(sized.dispose)
    return sized
  }

  const waveLayer = createWaveLayer({
    scene,
    wave: canvas(elements.wave, 'wave'),
    marks: canvas(elements.marks, 'marks'),
    reader,
  })
  const rulerCanvas = canvas(elements.ruler, 'ruler')
  const spectrumLayer = createSpectrumLayer(elements, {
    scene,
    canvas: canvas(elements.spectrum, 'spectrum'),
    onChange: dirtyPart('spectrum'),
  })
  const playhead = createPlayhead(elements, scene)
  const hover = createHover(elements, { scene, columns: waveLayer.columns })
  const scrollbar = controlScrollbar(elements, scene)
  const pointer = controlPointer(elements, scene, {
    onHover: (x) => {
      hover.moveTo(x)
      loop.request()
    },
    onDragOutside: () => loop.request(),
    onMarkerDrag: dirtyPart('marks'),
  })

  const drawRuler = () => {
    const surface = rulerCanvas.surface()
    const { colours, mono: font } = style.now()
    const { list, units } = props()
    const { view } = scene.state()
    const { sample_rate_hz: sampleRateHz } = list
    if (surface) paintRuler(surface, { view, sampleRateHz, units, colours, font })
    scrollbar.update()
  }

  const seen = createFirstSight(() => props().onSeen?.())
  stops.push(seen.dispose)

  const draw = (): boolean => {
    const isDragging = pointer.scrollWhileDragging()
    const isPlaying = playhead.update()
    const { colours, mono, label, isDark } = style.now()
    if (dirty.wave) waveLayer.paintWave({ colours, font: mono })
    if (dirty.marks || dirty.wave) waveLayer.paintMarks({ colours, font: label })
    if (dirty.ruler) drawRuler()
    if (dirty.spectrum) spectrumLayer.paint({ colours, isDark, font: mono })
    dirty.wave = dirty.marks = dirty.ruler = dirty.spectrum = false
    hover.update()
    if (scene.state().width > 0 && !reader.isBehind()) seen.happens()
    return isDragging || isPlaying
  }
  const loop = createFrameLoop(draw)

  const { state, tiles, clock } = props()
  stops.push(
    reader.end,
    tiles.onArrival(() => {
      if (reader.isBehind()) dirtyPart('wave')()
    }),
    clock.onChange(() => loop.request()),
    state.subscribe((now, before) => {
      const isMarked = now.selection !== before.selection
      if (now.view !== before.view || now.width !== before.width) dirtyAll()
      if (isMarked) dirty.marks = true
      if (isMarked || now.cursor !== before.cursor) describe(lanes, props())
      loop.request()
    }),
  )

  const onWidth = (width: number) => {
    const before = scene.extent()
    scene.set({ width, view: viewAfter(scene.state().view, before, { ...before, width }) })
    // The canvases have heard of their sizes just before, and were emptied by that.
    loop.now()
  }
  stops.push(
    watchWidth(lanes, onWidth),
    watchTheme(() => {
      style.renew()
      dirtyAll()
    }),
  )
  // Canvas text is painted once: in another font if its own has not come yet.
  void document.fonts.ready.then(dirtyAll)
  describe(lanes, props())
  loop.request()

  return {
    update: (before) => {
      const now = props()
      const shown = ['list', 'units', 'mode', 'spectrogram'] as const
      if (shown.some((name) => now[name] !== before[name])) dirtyAll()
      const { view, width } = scene.state()
      if (now.list !== before.list && width > 0) {
        // Also while more of it is read.
        const was = { frames: framesOf(before.list), width }
        scene.set({ view: viewAfter(view, was, scene.extent()) })
      }
      describe(lanes, now)
      loop.request()
    },
    dispose: () => {
      loop.dispose()
      pointer.dispose()
      scrollbar.dispose()
      spectrumLayer.dispose()
      for (const stop of stops) stop()
    },
  }
}
