import { framesOf } from '#sound/edit-list/edit-list'
import { watchTheme } from '../theme-colours.ts'
import { editColoursOf, type EditColours } from './edit-colours.ts'
import { createFrameLoop } from './frame-loop.ts'
import { peakText } from './hover-text.ts'
import { paintRuler } from './paint-ruler.ts'
import { createPlayhead } from './playhead.ts'
import { controlPointer } from './pointer.ts'
import { createScene, type Elements } from './scene.ts'
import { controlScrollbar } from './scrollbar.ts'
import type { TileReader } from './source-tiles.ts'
import { createSpectrumLayer } from './spectrum-layer.ts'
import { sizeCanvas } from './surface.ts'
import { timeText } from './time-text.ts'
import type { EditViewProps } from './types.ts'
import { clampView, frameAt } from './view.ts'
import { createWaveLayer } from './wave-layer.ts'

/** An edit view at work: paints its elements when something changed, and never asks React. */
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

export const createStage = (elements: Elements, props: () => EditViewProps): Stage => {
  const { root, lanes, hover, hoverText } = elements
  const scene = createScene(props)
  const dirty: Dirty = { wave: true, marks: true, ruler: true, spectrum: true }
  let colours: EditColours | undefined
  let hoverX: number | undefined
  let reader: TileReader = props().tiles.reader()
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
    reader: () => reader,
  })
  const rulerCanvas = canvas(elements.ruler, 'ruler')
  const spectrumLayer = createSpectrumLayer(elements, {
    scene,
    canvas: canvas(elements.spectrum, 'spectrum'),
    onChange: dirtyPart('spectrum'),
  })
  const playhead = createPlayhead(elements, scene)
  const scrollbar = controlScrollbar(elements, scene)
  const pointer = controlPointer(elements, scene, {
    onHover: (x) => {
      hoverX = x
      loop.request()
    },
    onDragOutside: () => loop.request(),
    onMarkerDrag: dirtyPart('marks'),
  })

  const describe = () => {
    lanes.setAttribute('aria-valuemax', String(framesOf(props().list)))
    lanes.setAttribute('aria-valuenow', String(scene.state().cursor))
    lanes.setAttribute('aria-valuetext', valueText(props()))
  }

  const paintHover = () => {
    const { width, view } = scene.state()
    const isSeen = hoverX !== undefined && hoverX >= 0 && hoverX <= width
    hover.hidden = !isSeen
    if (hoverX === undefined || !isSeen) return
    const { list, units } = props()
    hover.style.transform = `translateX(${Math.round(hoverX)}px)`
    // The read-out stays inside: left of the line in the right half of the view.
    hover.dataset.side = hoverX > width / 2 ? 'left' : 'right'
    const frame = Math.max(0, Math.min(framesOf(list), Math.round(frameAt(view, hoverX))))
    const column = Math.floor(hoverX * devicePixelRatio)
    const peak = peakText(waveLayer.columns(), column)
    const time = timeText(frame, list.sample_rate_hz, units)
    hoverText.textContent = peak === undefined ? time : `${time} · ${peak}`
  }

  const fontOf = (ratio: number) => {
    const { fontFamily } = getComputedStyle(elements.ruler)
    return `${11 * ratio}px ${fontFamily}`
  }
  let fonts = { ratio: 0, mono: '', label: '' }
  const fontsFor = (ratio: number) => {
    if (fonts.ratio !== ratio) {
      const label = `${11.5 * ratio}px ${getComputedStyle(root).fontFamily}`
      fonts = { ratio, mono: fontOf(ratio), label }
    }
    return fonts
  }

  const draw = (): boolean => {
    const isDragging = pointer.scrollWhileDragging()
    const isPlaying = playhead.update()
    colours ??= editColoursOf(root)
    const { mono, label } = fontsFor(devicePixelRatio)
    if (dirty.wave) waveLayer.paintWave({ colours, font: mono })
    if (dirty.marks || dirty.wave) waveLayer.paintMarks({ colours, font: label })
    const ruler = dirty.ruler ? rulerCanvas.surface() : undefined
    if (ruler) {
      const { list, units } = props()
      const { view } = scene.state()
      const { sample_rate_hz: sampleRateHz } = list
      paintRuler(ruler, { view, sampleRateHz, units, colours, font: mono })
    }
    if (dirty.spectrum) {
      const isDark = getComputedStyle(root).colorScheme === 'dark'
      spectrumLayer.paint({ colours, isDark, font: mono })
    }
    if (dirty.ruler) scrollbar.update()
    dirty.wave = dirty.marks = dirty.ruler = dirty.spectrum = false
    paintHover()
    return isDragging || isPlaying
  }
  const loop = createFrameLoop(draw)

  const watch = () => {
    const { state, tiles, clock } = props()
    reader = tiles.reader()
    const stopReader = reader.end
    const ends = [
      stopReader,
      tiles.onArrival(dirtyPart('wave')),
      clock.onChange(() => loop.request()),
      state.subscribe((now, before) => {
        if (now.view !== before.view || now.width !== before.width) dirtyAll()
        if (now.selection !== before.selection) dirty.marks = true
        if (now.selection !== before.selection || now.cursor !== before.cursor) describe()
        loop.request()
      }),
    ]
    return () => {
      for (const end of ends) end()
    }
  }
  let unwatch = watch()

  const sizes = new ResizeObserver(([entry]) => {
    const width = entry?.contentRect.width ?? 0
    if (width <= 0) return
    const extent = { frames: framesOf(props().list), width }
    scene.set({ width, view: clampView(scene.state().view, extent) })
  })
  sizes.observe(lanes)
  stops.push(
    () => sizes.disconnect(),
    watchTheme(() => {
      colours = undefined
      dirtyAll()
    }),
  )
  // Canvas text is painted once: in another font if its own has not come yet.
  void document.fonts.ready.then(dirtyAll)
  describe()
  loop.request()

  return {
    update: (before) => {
      const now = props()
      if (now.state !== before.state || now.tiles !== before.tiles || now.clock !== before.clock) {
        unwatch()
        unwatch = watch()
      }
      const { view } = scene.state()
      const fitting = clampView(view, scene.extent())
      if (fitting !== view && scene.extent().width > 0) scene.set({ view: fitting })
      describe()
      dirtyAll()
    },
    dispose: () => {
      loop.dispose()
      unwatch()
      pointer.dispose()
      scrollbar.dispose()
      spectrumLayer.dispose()
      for (const stop of stops) stop()
    },
  }
}
