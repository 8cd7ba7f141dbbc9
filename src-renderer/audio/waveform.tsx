import {
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  type KeyboardEvent,
  type PointerEvent,
} from 'react'
import { Button } from '../ui/button.tsx'
import { columnCountOf, paintWave } from './paint.ts'
import type { Peaks } from './peaks.ts'
import { waveColoursOf, watchTheme } from './theme-colours.ts'
import { usePeaks, type LoadPeaks } from './use-peaks.ts'
import { usePixelSize } from './use-pixel-size.ts'
import { clampMs, columnsOf, secondsText, seekByKey } from './wave-geometry.ts'
import './waveform.css'

type WaveformProps = {
  /** Answers audiowaveform's .dat. Another function means another file: keep it stable. */
  load: LoadPeaks
  durationMs: number
  playheadMs: number
  onSeek: (ms: number) => void
  label: string
}

type CanvasProps = { peaks: Peaks; playhead: number }

/** `playhead` is 0 to 1 of the length. */
const WaveCanvas = ({ peaks, playhead }: CanvasProps) => {
  const canvas = useRef<HTMLCanvasElement>(null)
  const size = usePixelSize(canvas)
  const [theme, setTheme] = useState(0)
  useLayoutEffect(() => watchTheme(() => setTheme((count) => count + 1)), [])

  const columnCount = size ? columnCountOf(size) : 0
  const columns = useMemo(() => columnsOf(peaks, columnCount), [peaks, columnCount])

  useLayoutEffect(() => {
    const element = canvas.current
    const surface = element?.getContext('2d')
    if (!element || !surface || !size) return
    if (element.width !== size.width) element.width = size.width
    if (element.height !== size.height) element.height = size.height
    const playheadX = playhead > 0 ? playhead * size.width : undefined
    paintWave(surface, { ...size, columns, playheadX, colours: waveColoursOf(element) })
  }, [columns, size, playhead, theme])

  return <canvas ref={canvas} className="waveform-canvas" aria-hidden="true" />
}

const Failure = ({ reason, retry }: { reason: string; retry: () => void }) => (
  <div className="waveform-failure" role="alert">
    <span>{reason}</span>
    <Button onPress={retry}>Try again</Button>
  </div>
)

/** A file as a large wave with a playhead that the pointer and the keys move. */
export const Waveform = ({ load, durationMs, playheadMs, onSeek, label }: WaveformProps) => {
  const { outcome, retry } = usePeaks(load)
  if (outcome.status === 'failed') return <Failure reason={outcome.reason} retry={retry} />
  if (outcome.status === 'loading') {
    return (
      <div className="waveform waveform-loading" role="status" aria-label={`${label} is loading`} />
    )
  }

  const seekToPointer = (event: PointerEvent<HTMLElement>) => {
    const box = event.currentTarget.getBoundingClientRect()
    onSeek(clampMs(((event.clientX - box.left) / box.width) * durationMs, durationMs))
  }
  const seekToKey = (event: KeyboardEvent) => {
    const ms = seekByKey(event.key, playheadMs, durationMs)
    if (ms === undefined || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    event.stopPropagation()
    onSeek(ms)
  }
  return (
    <div
      className="waveform"
      role="slider"
      tabIndex={0}
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={Math.round(durationMs)}
      aria-valuenow={Math.round(playheadMs)}
      aria-valuetext={`${secondsText(playheadMs)} of ${secondsText(durationMs)}`}
      onKeyDown={seekToKey}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId)
        seekToPointer(event)
      }}
      onPointerMove={(event) => {
        if (event.currentTarget.hasPointerCapture(event.pointerId)) seekToPointer(event)
      }}
    >
      <WaveCanvas
        peaks={outcome.peaks}
        playhead={durationMs > 0 ? clampMs(playheadMs, durationMs) / durationMs : 0}
      />
    </div>
  )
}
