import { useQuery } from '@tanstack/react-query'
import { useState, type DragEvent, type RefObject } from 'react'
import type { Matrix } from '#contract/studio'
import { runCommand } from '../../lib/commands.ts'
import { IconButton } from '../../ui/icon-button.tsx'
import { SidePanel } from '../../ui/panel.tsx'
import { hasFile, isOwned, stateTexts, type PlaceState } from './cell-state.ts'
import { CellDocument } from './cell-document.tsx'
import { CellFooter } from './cell-footer.tsx'
import { CellScript } from './cell-script.tsx'
import { CellSound } from './cell-sound.tsx'
import { CellWithoutSound } from './cell-without-sound.tsx'
import { draggedOf, isPackFile } from './file-drop.ts'
import { mediaIdOf, type Place } from './media-id.ts'
import { detailsQuery } from './queries.ts'
import { SoundFacts } from './sound-facts-card.tsx'
import { StateGlyph } from './state-glyph.tsx'
import { originOf, type CellActions } from './use-cell-actions.ts'
import './prompt-panel.css'

type PromptPanelProps = {
  matrix: Matrix
  place: Place
  actions: CellActions
  pickFile: () => void
  panelRef: RefObject<HTMLDivElement | null>
}

/** A sound file may be dropped anywhere on the panel. */
const usePanelDrop = (onFile: (file: File) => void) => {
  const [isOver, setOver] = useState(false)
  return {
    isOver,
    handlers: {
      onDragOver: (event: DragEvent) => {
        const dragged = draggedOf(event.dataTransfer)
        if (dragged !== 'sound' && dragged !== 'unknown') return
        event.preventDefault()
        event.dataTransfer.dropEffect = 'copy'
        setOver(true)
      },
      onDragLeave: ({ relatedTarget, currentTarget }: DragEvent) => {
        if (!(relatedTarget instanceof Node && currentTarget.contains(relatedTarget)))
          setOver(false)
      },
      onDrop: (event: DragEvent) => {
        setOver(false)
        const file = event.dataTransfer.files[0]
        if (!file || isPackFile(file)) return
        event.preventDefault()
        event.stopPropagation()
        onFile(file)
      },
    },
  }
}

type PanelHeaderProps = { place: Place; state: PlaceState; isUploading: boolean }

const PanelHeader = ({ place, state, isUploading }: PanelHeaderProps) => (
  <header>
    <div className="prompt-panel-title">
      <h2 className="mono truncate" title={place.promptId}>
        {place.promptId}
      </h2>
      <span className="prompt-panel-language mono">{place.language}</span>
      <IconButton
        icon="close"
        label="Close details"
        command="prompts.panel"
        onPress={() => void runCommand('prompts.panel')}
      />
    </div>
    <p className="prompt-panel-state muted">
      <StateGlyph state={state} />
      {isUploading ? 'Uploading…' : stateTexts[state].meaning}
    </p>
  </header>
)

const useCellData = (matrix: Matrix, place: Place, state: PlaceState) => {
  const source = { ...place, origin: originOf(state) }
  const { data: details, error } = useQuery({
    ...detailsQuery(source),
    enabled: state !== 'missing',
  })
  const cells = matrix.prompts.find(({ prompt_id }) => prompt_id === place.promptId)?.cells ?? {}
  return {
    source,
    details: details ?? undefined,
    error,
    stored: details?.document._read_only,
    durationMs: cells[place.language]?.duration_ms,
    sourceMs: cells[matrix.source_language]?.duration_ms,
  }
}

/** Everything about one cell of the matrix. */
export const PromptPanel = ({ matrix, place, actions, pickFile, panelRef }: PromptPanelProps) => {
  const { promptId, language } = place
  const state = actions.stateOf(place)
  const { source, details, error, stored, durationMs, sourceMs } = useCellData(matrix, place, state)
  const { isOver, handlers } = usePanelDrop((file) => actions.upload(place, file))
  const isUploading = actions.uploadingId === mediaIdOf(place)

  return (
    <div
      ref={panelRef}
      className={isOver ? 'prompt-panel is-drop' : 'prompt-panel'}
      role="group"
      aria-label="Details"
      tabIndex={-1}
      {...handlers}
    >
      <SidePanel label={`${promptId} in ${language}`}>
        <PanelHeader place={place} state={state} isUploading={isUploading} />
        {hasFile(state) ? (
          <CellSound
            source={source}
            facts={stored?.file?.audio}
            version={stored?.modified}
            durationMs={durationMs ?? 0}
            isUnreadable={state === 'unreadable'}
            isSource={language === matrix.source_language}
            actions={actions}
          />
        ) : (
          <CellWithoutSound place={place} pickFile={pickFile} />
        )}
        {error ? <p className="field-error">{error.message}</p> : null}
        <CellScript key={mediaIdOf(place)} place={place} matrix={matrix} />
        {hasFile(state) ? (
          <SoundFacts
            details={details}
            durationMs={durationMs}
            sourceMs={sourceMs}
            isSource={language === matrix.source_language}
          />
        ) : null}
        {isOwned(state) ? <CellDocument details={details} /> : null}
        <CellFooter place={place} state={state} actions={actions} pickFile={pickFile} />
      </SidePanel>
    </div>
  )
}
