import { useEffect, useRef, type RefObject } from 'react'
import { flushSync } from 'react-dom'
import type { Matrix } from '#contract/studio'
import { player } from '../../audio/player.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { useToasts } from '../../ui/toast-store.ts'
import { soundTypes } from './file-drop.ts'
import { FilterBar } from './filter-bar.tsx'
import { MatrixGrid } from './matrix-grid.tsx'
import type { Place } from './media-id.ts'
import { usePlaceInAddress } from './place-address.ts'
import { PromptPanel } from './prompt-panel.tsx'
import { clearFilters, openPanel, openSpeak, usePrompts } from './prompts-state.ts'
import { SpeakDialog } from './speak-dialog.tsx'
import { useCellActions } from './use-cell-actions.ts'
import { useMatrixView, useSelectedPlace } from './use-matrix-view.ts'
import { usePromptCommands } from './use-prompt-commands.ts'
import { useSettled } from './use-settled.ts'

/** A held arrow key passes five cells in this time. */
const SETTLE_MS = 120

/** Wherever playing was started from, its failure is said once. */
const useSpokenPlayErrors = () => {
  const show = useToasts((toasts) => toasts.show)
  useEffect(
    () =>
      player.store.subscribe(({ error }, before) => {
        if (error !== null && error !== before.error) show({ tone: 'bad', text: error })
      }),
    [show],
  )
}

/** The keys of the matrix work at once, and again after a dialog whose opener is gone. */
const useFocusWhenFree = (grid: RefObject<HTMLElement | null>) => {
  const isFree = usePrompts(({ dialog }) => dialog === null)
  useEffect(() => {
    if (!isFree) return
    // The dialog gives the focus back to its opener one frame after it went.
    let frame = requestAnimationFrame(() => {
      frame = requestAnimationFrame(() => {
        if (document.activeElement === document.body) grid.current?.focus()
      })
    })
    return () => cancelAnimationFrame(frame)
  }, [grid, isFree])
}

/** Lies over the empty grid, which keeps its focus and with it the keys. */
const NothingFound = () => (
  <div className="prompts-nothing">
    <EmptyState
      icon="search"
      title="No prompt fits"
      actions={
        <Button command="prompts.clear-filters" onPress={clearFilters}>
          Show everything
        </Button>
      }
    >
      Other words, another state or more areas may find it.
    </EmptyState>
  </div>
)

/** The matrix with its filters and the panel beside it. */
export const PromptsWorkspace = ({ matrix }: { matrix: Matrix }) => {
  const grid = useRef<HTMLDivElement>(null)
  const search = useRef<HTMLInputElement>(null)
  const panel = useRef<HTMLDivElement>(null)
  const picker = useRef<HTMLInputElement>(null)
  const pickedFor = useRef<Place>(null)
  const isPanelOpen = usePrompts((prompts) => prompts.isPanelOpen)
  const speaking = usePrompts((prompts) => prompts.speaking)
  const view = useMatrixView(matrix)
  const place = useSelectedPlace(view)
  const actions = useCellActions(matrix)
  const panelPlace = useSettled(place, SETTLE_MS)
  const showPanel = () => {
    // The panel has to be there before it can have the focus.
    flushSync(() => openPanel(true))
    panel.current?.focus()
  }
  const pickFile = (target: Place) => {
    pickedFor.current = target
    picker.current?.click()
  }

  useSpokenPlayErrors()
  usePlaceInAddress(matrix, panelPlace)
  usePromptCommands({
    view,
    place,
    actions,
    pickFile,
    focusGrid: () => grid.current?.focus(),
    focusSearch: () => {
      search.current?.focus()
      search.current?.select()
    },
    showPanel,
  })
  useFocusWhenFree(grid)

  return (
    <div className="prompts-workspace">
      <div className="prompts-main">
        <FilterBar {...view} searchRef={search} leaveSearch={() => grid.current?.focus()} />
        <div className="prompts-matrix">
          <MatrixGrid
            gridRef={grid}
            items={view.items}
            languages={view.languages}
            coverage={view.coverage}
            longestId={view.longestId}
            sourceLanguage={matrix.source_language}
            filterKey={view.filterKey}
            onPlay={actions.play}
            onOpen={showPanel}
            onDropFile={actions.upload}
          />
          {view.items.length === 0 ? <NothingFound /> : null}
        </div>
        <p id="matrix-help" className="visually-hidden">
          Arrow keys or h, j, k and l move. Enter opens the details, Space plays, ? lists all keys.
        </p>
      </div>
      {isPanelOpen && panelPlace ? (
        <PromptPanel
          matrix={matrix}
          place={panelPlace}
          actions={actions}
          pickFile={() => pickFile(panelPlace)}
          panelRef={panel}
        />
      ) : null}
      <input
        ref={picker}
        type="file"
        hidden
        accept={soundTypes}
        aria-label="Sound file"
        onChange={({ currentTarget }) => {
          const file = currentTarget.files?.[0]
          if (file && pickedFor.current) actions.upload(pickedFor.current, file)
          currentTarget.value = ''
        }}
      />
      {speaking ? (
        <SpeakDialog place={speaking} actions={actions} onClose={() => openSpeak(null)} />
      ) : null}
    </div>
  )
}
