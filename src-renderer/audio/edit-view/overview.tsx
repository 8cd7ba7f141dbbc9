import { useEffect, useLayoutEffect, useRef, type KeyboardEvent, type WheelEvent } from 'react'
import { framesOf } from '#sound/edit-list/edit-list'
import { createOverviewStrip, type OverviewStrip } from './overview-strip.ts'
import { timeText } from './time-text.ts'
import type { EditViewState, OverviewProps } from './types.ts'
import { useCalmState } from './use-calm-state.ts'
import { clampView, scrollBy, zoomAt } from './view.ts'
import './overview.css'

const keySteps: Record<string, number> = {
  ArrowLeft: -0.1,
  ArrowRight: 0.1,
  PageUp: -0.9,
  PageDown: 0.9,
  Home: -Infinity,
  End: Infinity,
}
const zoomKeys: Record<string, number> = { '+': 2, '=': 2, '-': 0.5, _: 0.5 }

/** Half a second is enough for what is read out. */
const secondOf = (rate: number) => (state: EditViewState) =>
  Math.round((state.view.from / rate) * 2) / 2

/** The whole list as a strip in which the part that is seen can be moved, and places gone to. */
export const Overview = (props: OverviewProps) => {
  const { list, state, label } = props
  const host = useRef<HTMLDivElement>(null)
  const ticks = useRef<HTMLCanvasElement>(null)
  const newest = useRef(props)
  const strip = useRef<OverviewStrip>(undefined)
  const { tiles, clock } = props
  const rate = list.sample_rate_hz
  const frames = framesOf(list)
  const from = useCalmState(state, secondOf(rate)) * rate

  useLayoutEffect(() => {
    const before = newest.current
    newest.current = props
    if (before.list !== list) strip.current?.update()
  })
  useEffect(() => {
    if (!host.current || !ticks.current) return undefined
    const elements = { host: host.current, ticks: ticks.current }
    const made = createOverviewStrip(elements, () => newest.current)
    strip.current = made
    return () => {
      made.dispose()
      strip.current = undefined
    }
  }, [tiles, clock, state])

  const extent = () => ({ frames, width: state.getState().width })
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const { view, width } = state.getState()
    const step = keySteps[event.key]
    const factor = zoomKeys[event.key]
    if (step === undefined && factor === undefined) return
    event.preventDefault()
    event.stopPropagation()
    if (factor !== undefined) {
      state.setState({ view: zoomAt(view, { factor, x: width / 2 }, extent()) })
    } else if (step !== undefined) {
      const seen = width * view.framesPerPixel
      const target = Number.isFinite(step) ? view.from + seen * step : step > 0 ? frames : 0
      state.setState({ view: clampView({ ...view, from: target }, extent()) })
    }
  }
  const onWheel = ({ deltaX, deltaY }: WheelEvent) => {
    const { view } = state.getState()
    const pixels = Math.abs(deltaX) > Math.abs(deltaY) ? deltaX : deltaY
    state.setState({ view: scrollBy(view, pixels, extent()) })
  }

  return (
    <div
      className="overview"
      role="slider"
      tabIndex={0}
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={frames}
      aria-valuenow={Math.min(frames, Math.round(from))}
      aria-valuetext={`Seen from ${timeText(from, rate, 'clock')}`}
      onKeyDown={onKeyDown}
      onWheel={onWheel}
    >
      <div className="overview-wave" ref={host} aria-hidden="true" />
      <canvas className="overview-ticks" ref={ticks} aria-hidden="true" />
    </div>
  )
}
