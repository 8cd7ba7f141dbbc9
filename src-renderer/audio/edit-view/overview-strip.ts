import WaveSurfer from 'wavesurfer.js'
import { framesOf } from '#sound/edit-list/edit-list'
import { watchTheme } from '../theme-colours.ts'
import { createStyle } from './edit-colours.ts'
import { createFrameLoop } from './frame-loop.ts'
import { overviewPeaks } from './overview-peaks.ts'
import { createOverviewRegions } from './overview-regions.ts'
import { sizeCanvas } from './surface.ts'
import { createTransportMedia } from './transport-media.ts'
import type { OverviewProps } from './types.ts'

type Elements = { host: HTMLElement; ticks: HTMLCanvasElement }

export type OverviewStrip = { update: () => void; dispose: () => void }

/** The whole list as a strip: wavesurfer's wave, clock and regions on our peaks and our transport. */
export const createOverviewStrip = (
  { host, ticks }: Elements,
  props: () => OverviewProps,
): OverviewStrip => {
  const transport = createTransportMedia(props)
  const reader = props().tiles.reader()
  const regions = createOverviewRegions(props, () => loop.request())
  const style = createStyle(host, host)
  const colours = () => style.now().colours
  const { wave, text } = colours()
  const surfer = WaveSurfer.create({
    container: host,
    height: 'auto',
    media: transport.media,
    waveColor: wave,
    progressColor: wave,
    cursorColor: text,
    cursorWidth: 1,
    hideScrollbar: true,
    autoScroll: false,
    autoCenter: false,
    plugins: [regions.plugin],
  })
  let areDirty = true
  let isRestyled = false
  let width = 0

  const rate = () => props().list.sample_rate_hz

  const paintTicks = () => {
    const surface = canvas.surface()
    if (!surface) return
    const { context, height, ratio } = surface
    const { list } = props()
    context.clearRect(0, 0, surface.width, height)
    context.fillStyle = colours().marker
    const line = Math.max(1, Math.round(ratio))
    for (const { at } of list.markers) {
      context.fillRect(Math.round((at / framesOf(list)) * surface.width), 0, line, height)
    }
  }

  const restyle = () => {
    const { wave: waveColor, text: cursorColor } = colours()
    surfer.setOptions({ waveColor, progressColor: waveColor, cursorColor })
  }

  const paintWave = () => {
    const { list } = props()
    const frames = framesOf(list)
    if (frames === 0 || width === 0) return
    const columns = Math.round(width * devicePixelRatio)
    const peaks = reader.look(list.channels, (lookup) => overviewPeaks(list, columns, lookup))
    const duration = frames / rate()
    // A newer picture supersedes one that is being taken over: that is no failure.
    surfer.load('', peaks, duration).then(transport.tell, () => undefined)
    if (isRestyled) restyle()
    isRestyled = false
    regions.make(duration)
  }

  const loop = createFrameLoop(() => {
    if (areDirty) {
      paintWave()
      paintTicks()
    }
    areDirty = false
    regions.place()
    return false
  })
  const dirty = () => {
    areDirty = true
    loop.request()
  }
  const canvas = sizeCanvas(ticks, dirty)
  const sizes = new ResizeObserver(([entry]) => {
    width = entry?.contentRect.width ?? 0
    dirty()
  })
  sizes.observe(host)
  const stops = [
    props().tiles.onArrival(() => {
      if (reader.isBehind()) dirty()
    }),
    props().state.subscribe((now, before) => {
      if (now.cursor !== before.cursor) transport.tell()
      loop.request()
    }),
    watchTheme(() => {
      style.renew()
      isRestyled = true
      dirty()
    }),
  ]

  return {
    update: dirty,
    dispose: () => {
      for (const stop of stops) stop()
      loop.dispose()
      sizes.disconnect()
      canvas.dispose()
      reader.end()
      transport.dispose()
      surfer.destroy()
    },
  }
}
