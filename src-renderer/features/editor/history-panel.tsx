import { useEffect, useRef, type KeyboardEvent } from 'react'
import { PanelSection } from '../../ui/panel.tsx'
import { useEditorState, useSession } from './editor-context.ts'
import { canEdit } from './editor-state.ts'
import { nameText } from './format-text.ts'
import './history-panel.css'

const classOf = (index: number, position: number) => {
  if (index === position) return 'history-step is-current'
  return index > position ? 'history-step is-undone' : 'history-step'
}

/** Moves the focus among the steps; only one of them is a stop of Tab. */
const moveFocus = (event: KeyboardEvent<HTMLElement>) => {
  const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
  if (by === 0) return
  event.preventDefault()
  const steps = [...event.currentTarget.querySelectorAll('button')]
  const index = steps.findIndex((step) => step === document.activeElement)
  steps[Math.min(Math.max(index + by, 0), steps.length - 1)]?.focus()
}

const reveal = (list: HTMLElement, step: HTMLElement) => {
  const [seen, wanted] = [list.getBoundingClientRect(), step.getBoundingClientRect()]
  if (wanted.top < seen.top) list.scrollTop -= seen.top - wanted.top
  if (wanted.bottom > seen.bottom) list.scrollTop += wanted.bottom - seen.bottom
}

/** Everything that was done, by name. A click goes back or forth to it. */
export const HistoryPanel = () => {
  const { editor } = useSession()
  const { steps, position } = useEditorState(({ history }) => history)
  const savedPosition = useEditorState(({ draft }) => draft.saved_position)
  const opened = useEditorState(({ draft }) => `Opened ${nameText(draft.name)}`)
  const isFree = useEditorState(canEdit)
  const list = useRef<HTMLOListElement>(null)

  useEffect(() => {
    // Not scrollIntoView: it would move the whole panel away from what is looked at.
    const step = list.current?.children[position]
    if (list.current && step instanceof HTMLElement) reveal(list.current, step)
  }, [position])

  const labels = [opened, ...steps.map(({ label }) => label)]
  return (
    <PanelSection title="History">
      <ol ref={list} className="history" onKeyDown={moveFocus}>
        {labels.map((label, index) => (
          <li key={index}>
            <button
              type="button"
              className={classOf(index, position)}
              tabIndex={index === position ? 0 : -1}
              disabled={!isFree}
              aria-current={index === position ? 'step' : undefined}
              onPointerDown={(event) => event.preventDefault()}
              onClick={() => editor.moveTo(index)}
            >
              <span className="history-number mono">{index}</span>
              <span className="truncate">{label}</span>
              {index > position ? <span className="visually-hidden">, undone</span> : null}
              {index === savedPosition ? <span className="history-saved">saved</span> : null}
            </button>
          </li>
        ))}
      </ol>
    </PanelSection>
  )
}
