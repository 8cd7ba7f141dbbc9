import { framesOf } from '#sound/edit-list/edit-list'
import { decibelsOf } from '#sound/spectrum/spectrogram'
import { colourMapOf } from './colour-map.ts'
import type { EditColours } from './edit-colours.ts'
import { decibelText } from './hover-text.ts'
import { createSpectrumPictures, levelUnder, paintSpectrum } from './paint-spectrum.ts'
import type { Elements } from './elements.ts'
import type { Scene } from './scene.ts'
import { createSpectrumTiles, topHzOf, type SpectrumTiles } from './spectrum-tiles.ts'
import type { SizedCanvas } from './surface.ts'
import { groupedText } from './time-text.ts'

export type SpectrumLayer = {
  paint: (style: { colours: EditColours; isDark: boolean; font: string }) => void
  dispose: () => void
}

const maps = { dark: colourMapOf('dark', decibelsOf), light: colourMapOf('light', decibelsOf) }

/** The spectrogram below the wave. Computes nothing until it is painted for the first time. */
export const createSpectrumLayer = (
  { spectrum, spectrumText }: Elements,
  { scene, canvas, onChange }: { scene: Scene; canvas: SizedCanvas; onChange: () => void },
): SpectrumLayer => {
  const ending = new AbortController()
  const pictures = createSpectrumPictures()
  let tiles: SpectrumTiles | undefined
  let pointer: { x: number; share: number } | undefined

  const inView = () => {
    const { list, spectrogram, tiles: sources } = scene.props()
    const { view, width } = scene.state()
    tiles ??= createSpectrumTiles({ tiles: sources, onArrival: onChange })
    const found = tiles.inWindow({ list, view, width, range: spectrogram })
    return { view, tiles: found, topHz: topHzOf(list, spectrogram) }
  }

  const say = (picture: ReturnType<typeof inView>) => {
    const level = pointer && levelUnder(pointer, picture)
    const text = level && decibelText(Math.round(decibelsOf(level.byte))).replace('.0', '')
    spectrumText.textContent = level ? `${groupedText(level.hz)} Hz · ${text ?? ''}` : ''
  }

  const onMove = (event: PointerEvent) => {
    const box = spectrum.getBoundingClientRect()
    pointer = { x: event.clientX - box.left, share: (event.clientY - box.top) / box.height }
    onChange()
  }
  const onLeave = () => {
    pointer = undefined
    onChange()
  }
  spectrum.addEventListener('pointermove', onMove, { signal: ending.signal })
  spectrum.addEventListener('pointerleave', onLeave, { signal: ending.signal })

  return {
    paint: ({ colours, isDark, font }) => {
      const surface = canvas.surface()
      if (!surface || scene.props().mode !== 'both') return
      const picture = inView()
      const map = isDark ? maps.dark : maps.light
      const frames = framesOf(scene.props().list)
      paintSpectrum(surface, { ...picture, pictures, map, frames, colours, font })
      say(picture)
    },
    dispose: () => {
      ending.abort()
      tiles?.dispose()
    },
  }
}
