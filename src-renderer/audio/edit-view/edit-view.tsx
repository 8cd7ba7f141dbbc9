import { useEffect, useLayoutEffect, useRef, type KeyboardEvent } from 'react'
import { framesOf } from '#sound/edit-list/edit-list'
import { pressed } from './keys.ts'
import { elementsOf } from './elements.ts'
import { createStage, type Stage } from './stage.ts'
import type { EditViewProps } from './types.ts'
import './edit-view.css'

/**
 * An edit list as a large wave: one lane per channel with selection, markers and clipping, a time
 * ruler above it, a spectrogram below it and a scrollbar. Pointer and keys change `state`; what is
 * shown follows it without rendering.
 */
export const EditView = (props: EditViewProps) => {
  const { list, state, tiles, clock, label, mode, spectrogram } = props
  const root = useRef<HTMLDivElement>(null)
  const newest = useRef(props)
  const stage = useRef<Stage>(undefined)
  useEffect(() => {
    if (!root.current) return undefined
    const made = createStage(elementsOf(root.current), () => newest.current)
    stage.current = made
    return () => {
      stage.current = undefined
      made.dispose()
    }
  }, [state, tiles, clock])
  useLayoutEffect(() => {
    const before = newest.current
    newest.current = props
    if (before !== props) stage.current?.update(before)
  }, [props])

  const onKeyDown = (event: KeyboardEvent) => {
    const next = pressed(event, state.getState(), framesOf(list))
    if (!next) return
    event.preventDefault()
    event.stopPropagation()
    state.setState(next)
  }

  const range = spectrogram === 'narrow' ? '0–4 kHz' : `0–${list.sample_rate_hz / 2000} kHz`
  return (
    <div className="edit-view" data-mode={mode} ref={root}>
      <canvas className="edit-view-ruler" aria-hidden="true" data-part="ruler" />
      <div
        className="edit-view-lanes"
        data-part="lanes"
        role="slider"
        tabIndex={0}
        aria-label={label}
        aria-valuemin={0}
        aria-valuenow={0}
        aria-valuemax={framesOf(list)}
        onKeyDown={onKeyDown}
      >
        <canvas aria-hidden="true" data-part="wave" />
        <canvas aria-hidden="true" data-part="marks" />
      </div>
      <div className="edit-view-spectrum" aria-hidden="true">
        <div className="edit-view-spectrum-head">
          <h4>
            Spectrogram <span className="edit-view-spectrum-range">{range}</span>
          </h4>
          <span data-part="spectrumText" />
        </div>
        <canvas data-part="spectrum" />
      </div>
      <div className="edit-view-lines" aria-hidden="true">
        <div className="edit-view-cursor" data-part="cursor" />
        <div className="edit-view-hover" data-part="hover" hidden>
          <span data-part="hoverText" />
        </div>
        <div className="edit-view-playhead" data-part="playhead" hidden />
      </div>
      <div
        className="edit-view-bar"
        data-part="bar"
        role="scrollbar"
        tabIndex={0}
        aria-label="Scroll the waveform"
        aria-orientation="horizontal"
        aria-valuemin={0}
        aria-valuenow={0}
      >
        <div className="edit-view-thumb" data-part="thumb" />
      </div>
    </div>
  )
}
