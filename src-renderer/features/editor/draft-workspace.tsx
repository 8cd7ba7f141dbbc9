import { startTransition, useCallback, useEffect, useState } from 'react'
import type { Marker } from '#contract/edit-list'
import { EditView } from '../../audio/edit-view/edit-view.tsx'
import { Overview } from '../../audio/edit-view/overview.tsx'
import type { Clock } from '../../audio/edit-view/types.ts'
import { useCrumbs } from '../../ui/use-crumbs.ts'
import { changeMarker, jumpTo } from './editor-actions.ts'
import { EditorBanners } from './editor-banners.tsx'
import { EditorCommands, useEditorCommandList } from './editor-commands.tsx'
import { SessionContext, useEditList, useEditorState, useSession } from './editor-context.ts'
import { EditorDialogs } from './editor-dialogs.tsx'
import { transport, type Session } from './editor-session.ts'
import { useEditorSettings } from './editor-settings.ts'
import { canEdit, isSaved, type EditorState } from './editor-state.ts'
import { EditorStatus } from './editor-status.tsx'
import { EditorToolbar } from './editor-toolbar.tsx'
import { focusWave } from './focus-wave.ts'
import { nameParts, nameText } from './format-text.ts'
import { HistoryPanel } from './history-panel.tsx'
import { MarkersPanel } from './markers-panel.tsx'
import { ServerPanel } from './server-panel.tsx'
import { SoundPanel } from './sound-panel.tsx'
import { SpansPanel } from './spans-panel.tsx'
import { useLevelMatch, useMeasures } from './use-measures.ts'

const clock: Clock = {
  isPlaying: () => transport.store.getState().status !== 'stopped',
  frame: transport.position,
  onChange: transport.onChange,
}

const Picture = ({ isSeen, onSeen }: { isSeen: boolean; onSeen: () => void }) => {
  const session = useSession()
  const list = useEditList()
  const name = useEditorState(({ draft }) => nameText(draft.name))
  const isFree = useEditorState(canEdit)
  const settings = useEditorSettings()
  const { editor, tiles } = session
  const scrub = (frame: number | undefined) => {
    if (frame !== undefined) transport.scrub(frame)
  }
  const common = { list, tiles, state: editor.view, clock }
  return (
    <>
      <div className="editor-overview">
        {isSeen ? (
          <Overview
            {...common}
            label={`Overview of ${name}`}
            onSeek={(frame) => jumpTo(session, frame)}
          />
        ) : null}
      </div>
      <div className="editor-view">
        <EditView
          {...common}
          label={`Waveform of ${name}`}
          units={settings.units}
          snap={settings.snap}
          mode={settings.mode}
          spectrogram={settings.spectrogram}
          follow={settings.follow}
          onSeen={onSeen}
          onScrub={scrub}
          {...(isFree ? { onMarkerMove: (marker: Marker) => changeMarker(session, marker) } : {})}
        />
      </div>
    </>
  )
}

/** A loop that plays follows the selection that is dragged. */
const useLoopedSelection = ({ editor }: Session) => {
  useEffect(
    () =>
      editor.view.subscribe(({ selection }, before) => {
        if (selection === before.selection || selection.to <= selection.from) return
        if (useEditorSettings.getState().isLooping) transport.setLoop(selection)
      }),
    [editor],
  )
}

/** Whether callers hear it, in a word. */
const standingOf = (state: EditorState): string => {
  if (isSaved(state)) return 'saved'
  return state.history.steps.length === 0 ? 'not saved' : 'edited'
}

/** The keyboard goes where the work is, unless it already is somewhere. */
const useFirstFocus = () => {
  useEffect(() => {
    if (document.activeElement === document.body) focusWave()
  }, [])
}

/** A wave that takes longer than this to come keeps nothing waiting. */
const longestWaitMs = 400

/** False until the wave is seen, which tools and panels would only keep from coming. */
const useIsSeen = (): [boolean, () => void] => {
  const [isSeen, setSeen] = useState(false)
  const see = useCallback(() => startTransition(() => setSeen(true)), [])
  useEffect(() => {
    const timer = setTimeout(see, longestWaitMs)
    return () => clearTimeout(timer)
  }, [see])
  return [isSeen, see]
}

const Workspace = () => {
  const session = useSession()
  const commands = useEditorCommandList()
  const view = useMeasures()
  const name = useEditorState(({ draft }) => draft.name)
  const standing = useEditorState(standingOf)
  const [isSeen, see] = useIsSeen()
  useLevelMatch(view.file.report)
  useLoopedSelection(session)
  useFirstFocus()
  useCrumbs([...nameParts(name), standing])
  return (
    <div className="editor-page">
      {isSeen ? (
        <EditorToolbar commands={commands} view={view} />
      ) : (
        <div className="editor-toolbar" />
      )}
      <EditorBanners />
      <div className="editor-body">
        <div className="editor-main">
          <Picture isSeen={isSeen} onSeen={see} />
        </div>
        <aside className="editor-side" aria-label="About this sound">
          <h2 className="visually-hidden">About this sound</h2>
          {isSeen ? (
            <>
              <SoundPanel view={view} />
              <ServerPanel />
              <HistoryPanel />
              <MarkersPanel />
              <SpansPanel />
            </>
          ) : null}
        </aside>
      </div>
      {isSeen ? <EditorStatus /> : null}
      {/* Keys work from the first moment. */}
      <EditorCommands commands={commands} />
      <EditorDialogs view={view} />
    </div>
  )
}

/** A draft with all the tools that work on it. */
export const DraftWorkspace = ({ session }: { session: Session }) => (
  <SessionContext value={session}>
    <Workspace />
  </SessionContext>
)
