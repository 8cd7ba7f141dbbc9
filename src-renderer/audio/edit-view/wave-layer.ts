import type { Columns } from '#sound/edit-list/peaks'
import { clipMarksOf, type ClipMark } from './clip-marks.ts'
import type { EditColours } from './edit-colours.ts'
import { markersIn } from './hit.ts'
import { paintMarks } from './paint-marks.ts'
import { paintWave } from './paint-wave.ts'
import type { Scene } from './scene.ts'
import type { TileReader } from './source-tiles.ts'
import type { SizedCanvas, Surface } from './surface.ts'
import { createWaveSource } from './wave-source.ts'

/** CSS pixels between two clip marks: each has a count beside it. */
const clipGap = 64

export type Style = { colours: EditColours; font: string }

export type WaveLayer = {
  paintWave: (style: Style) => void
  paintMarks: (style: Style) => void
  /** What was painted last; undefined for single samples. */
  columns: () => Columns | undefined
}

type WaveDeps = { scene: Scene; wave: SizedCanvas; marks: SizedCanvas; reader: TileReader }

/** The wave and what lies over it. */
export const createWaveLayer = ({ scene, wave, marks, reader }: WaveDeps): WaveLayer => {
  const source = createWaveSource()
  let columns: Columns | undefined
  let clips: (ClipMark & { count: number })[] = []

  const look = ({ width, ratio }: Surface) => {
    const { list } = scene.props()
    const { view } = scene.state()
    const window = {
      list,
      from: view.from,
      columns: width,
      framesPerColumn: view.framesPerPixel / ratio,
    }
    return reader.look(list.channels, (lookup) => {
      const form = source.formOf(window, lookup)
      const marks = form.columns ? clipMarksOf(form.columns, clipGap * ratio) : []
      const counted = marks.map((mark) => ({
        ...mark,
        count: source.clippedIn(window, mark, lookup),
      }))
      return { form, counted }
    })
  }

  return {
    columns: () => columns,
    paintWave: ({ colours, font }) => {
      const surface = wave.surface()
      if (!surface) return
      const { form, counted } = look(surface)
      columns = form.columns
      clips = counted
      paintWave(surface, {
        ...form,
        channels: scene.props().list.channels,
        framesPerColumn: scene.state().view.framesPerPixel / surface.ratio,
        colours,
        font,
      })
    },
    paintMarks: ({ colours, font }) => {
      const surface = marks.surface()
      if (!surface) return
      const { list } = scene.props()
      const { view, selection } = scene.state()
      const to = view.from + (surface.width / surface.ratio) * view.framesPerPixel
      const markers = markersIn(scene.markers(), { from: view.from, to })
      paintMarks(surface, {
        view,
        selection,
        markers: markers.sort((a, b) => a.at - b.at),
        channels: list.channels,
        clips,
        colours,
        font,
      })
    },
  }
}
