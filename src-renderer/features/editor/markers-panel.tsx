import { useEffect, useRef, useState } from 'react'
import type { Marker } from '#contract/edit-list'
import { Button } from '../../ui/button.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { PanelSection } from '../../ui/panel.tsx'
import { addMarker, changeMarker, jumpTo } from './editor-actions.ts'
import { useEditList, useEditorState, useSession } from './editor-context.ts'
import { useEditorDialog } from './editor-dialogs-state.ts'
import { useEditorSettings } from './editor-settings.ts'
import { canEdit } from './editor-state.ts'
import { framesText, spokenFrames } from './time-text.ts'
import './markers-panel.css'

const stopRenaming = () => useEditorDialog.setState({ renamingMarker: undefined })

const LabelInput = ({ marker }: { marker: Marker }) => {
  const session = useSession()
  const input = useRef<HTMLInputElement>(null)
  const [label, setLabel] = useState(marker.label)
  useEffect(() => {
    const before = document.activeElement
    input.current?.focus()
    input.current?.select()
    return () => {
      const isLost = document.activeElement === document.body
      if (isLost && before instanceof HTMLElement) before.focus()
    }
  }, [])
  const commit = () => {
    stopRenaming()
    if (label !== marker.label) changeMarker(session, { ...marker, label: label.slice(0, 200) })
  }
  return (
    <input
      ref={input}
      className="marker-input"
      aria-label="Name of the marker"
      value={label}
      maxLength={200}
      onChange={(event) => setLabel(event.target.value)}
      onBlur={commit}
      onKeyDown={(event) => {
        if (event.key === 'Enter') commit()
        if (event.key === 'Escape') stopRenaming()
        if (event.key === 'Enter' || event.key === 'Escape') event.preventDefault()
      }}
    />
  )
}

const nameOf = ({ label }: Marker) => (label === '' ? 'Marker without a name' : label)

/** Where the name of a marker stood, when its input has taken the focus along. */
const useFocusBack = (isRenaming: boolean) => {
  const name = useRef<HTMLButtonElement>(null)
  const wasRenaming = useRef(isRenaming)
  useEffect(() => {
    if (wasRenaming.current && !isRenaming && document.activeElement === document.body)
      name.current?.focus()
    wasRenaming.current = isRenaming
  }, [isRenaming])
  return name
}

const MarkerRow = ({ marker }: { marker: Marker }) => {
  const session = useSession()
  const { sample_rate_hz: rate } = useEditList()
  const units = useEditorSettings((state) => state.units)
  const isRenaming = useEditorDialog((state) => state.renamingMarker === marker.id)
  const isFree = useEditorState(canEdit)
  const name = useFocusBack(isRenaming)
  const rename = () => useEditorDialog.setState({ renamingMarker: marker.id })
  const place = spokenFrames(marker.at, rate, units)
  return (
    <li className="marker">
      {isRenaming && isFree ? (
        <LabelInput marker={marker} />
      ) : (
        <button
          ref={name}
          type="button"
          className="marker-label truncate"
          aria-label={`${nameOf(marker)}: rename`}
          title="Rename (F2)"
          disabled={!isFree}
          onClick={rename}
        >
          {nameOf(marker)}
        </button>
      )}
      <button
        type="button"
        className="marker-time mono"
        aria-label={`Go to ${nameOf(marker)} at ${place}`}
        onPointerDown={(event) => event.preventDefault()}
        onClick={() => jumpTo(session, marker.at)}
      >
        {framesText(marker.at, rate, units)}
        {marker.end === undefined ? '' : ` – ${framesText(marker.end, rate, units)}`}
      </button>
      <IconButton
        icon="close"
        label={`Delete ${nameOf(marker)}`}
        isDisabled={!isFree}
        onPress={() => session.editor.edit({ kind: 'remove_marker', id: marker.id })}
      />
    </li>
  )
}

/** Labelled places: rename, go there, delete. */
export const MarkersPanel = () => {
  const session = useSession()
  const { markers } = useEditList()
  const isFree = useEditorState(canEdit)
  const inOrder = [...markers].sort((a, b) => a.at - b.at)
  return (
    <PanelSection
      title="Markers"
      actions={
        <Button
          variant="quiet"
          className="markers-add"
          command="editor.marker"
          preventFocusOnPress
          isDisabled={!isFree}
          onPress={() => addMarker(session)}
        >
          Add
        </Button>
      }
    >
      {inOrder.length === 0 ? (
        <p className="muted markers-none">
          None. They are set at the cursor or over the selection.
        </p>
      ) : (
        <ul className="markers">
          {inOrder.map((marker) => (
            <MarkerRow key={marker.id} marker={marker} />
          ))}
        </ul>
      )}
    </PanelSection>
  )
}
