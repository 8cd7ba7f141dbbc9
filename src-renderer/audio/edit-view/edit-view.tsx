import { useEffect, useLayoutEffect, useRef, type KeyboardEvent } from 'react'
import { framesOf } from '#sound/edit-list/edit-list'
import { pressed } from './keys.ts'
import type { Elements } from './scene.ts'
import { createStage, type Stage } from './stage.ts'
import type { EditViewProps } from './types.ts'
import './edit-view.css'

type Refs = Partial<Record<keyof Elements, HTMLElement>>

/** All of them are rendered at once, so either all are there or none. */
const elementsOf = (refs: Refs): Elements => refs as unknown as Elements

/**
 * An edit list as a large wave: one lane per channel with selection, markers and clipping, a time
 * ruler above it, a spectrogram below it and a scrollbar. Pointer and keys change `state`; what is
 * shown follows it without rendering.
 */
export const EditView = (props: EditViewProps) => {
  const { list, label, mode, spectrogram } = props
  const refs = useRef<Refs>({})
  const newest = useRef(props)
  const stage = useRef<Stage>(undefined)
  const place = (name: keyof Elements) => (element: HTMLElement | null) => {
    if (element) refs.current[name] = element
  }

  useEffect(() => {
    const made = createStage(elementsOf(refs.current), () => newest.current)
    stage.current = made
    return () => {
      stage.current = undefined
      made.dispose()
    }
  }, [])
  useLayoutEffect(() => {
    const before = newest.current
    newest.current = props
    if (before !== props) stage.current?.update(before)
  }, [props])

  const onKeyDown = (event: KeyboardEvent) => {
    const next = pressed(event, props.state.getState(), framesOf(list))
    if (!next) return
    event.preventDefault()
    event.stopPropagation()
    props.state.setState(next)
  }

  const range = spectrogram === 'narrow' ? '0–4 kHz' : `0–${list.sample_rate_hz / 2000} kHz`
  return (
    <div className="edit-view" data-mode={mode} ref={place('root')}>
      <canvas className="edit-view-ruler" aria-hidden="true" ref={place('ruler')} />
      <div
        className="edit-view-lanes"
        ref={place('lanes')}
        role="slider"
        tabIndex={0}
        aria-label={label}
        aria-valuemin={0}
        aria-valuenow={0}
        aria-valuemax={framesOf(list)}
        onKeyDown={onKeyDown}
      >
        <canvas aria-hidden="true" ref={place('wave')} />
        <canvas aria-hidden="true" ref={place('marks')} />
      </div>
      <div className="edit-view-spectrum" aria-hidden="true">
        <div className="edit-view-spectrum-head">
          <h4>Spectrogram {range}</h4>
          <span ref={place('spectrumText')} />
        </div>
        <canvas ref={place('spectrum')} />
      </div>
      <div className="edit-view-lines" aria-hidden="true">
        <div className="edit-view-cursor" ref={place('cursor')} />
        <div className="edit-view-hover" ref={place('hover')} hidden>
          <span ref={place('hoverText')} />
        </div>
        <div className="edit-view-playhead" ref={place('playhead')} hidden />
      </div>
      <div
        className="edit-view-bar"
        ref={place('bar')}
        role="scrollbar"
        tabIndex={0}
        aria-label="Scroll the waveform"
        aria-orientation="horizontal"
        aria-valuemin={0}
        aria-valuenow={0}
      >
        <div className="edit-view-thumb" ref={place('thumb')} />
      </div>
    </div>
  )
}
