import { ToggleButton } from 'react-aria-components'
import { useStore } from 'zustand'
import { keysOf, type Command } from '../../lib/commands.ts'
import { Button } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { Kbd } from '../../ui/kbd.tsx'
import { Menu } from '../../ui/menu.tsx'
import { Progress } from '../../ui/progress.tsx'
import { framesOf } from '#sound/edit-list/edit-list'
import { matchLevel, scopeOf } from './editor-actions.ts'
import { useEditorState, useSelection, useSession } from './editor-context.ts'
import { entryOf, viewEntries } from './editor-menus.ts'
import { transport } from './editor-session.ts'
import { useEditorSettings } from './editor-settings.ts'
import { canEdit } from './editor-state.ts'
import { isEffect } from './effect-commands.ts'
import { toggleCaller, toggleLoop } from './sound-commands.ts'
import { cancelSave, useSaving } from './save-draft.ts'
import { SelectionFields } from './selection-fields.tsx'
import { useTargets, type MeasuresView } from './use-measures.ts'
import './editor-toolbar.css'

type ToolbarProps = { commands: readonly Command[]; view: MeasuresView }

/** Pressing a tool leaves the focus where it was: Space is to play, not to press it again. */
const Tool = ({ command, children }: { command: Command | undefined; children: string }) => {
  const keys = command ? keysOf(command)[0] : undefined
  return (
    <Button
      variant="quiet"
      preventFocusOnPress
      isDisabled={!command || command.when === false}
      onPress={() => command?.run()}
      {...(keys === undefined ? {} : { 'aria-keyshortcuts': keys })}
    >
      {children}
    </Button>
  )
}

const PlayButton = ({ command }: { command: Command | undefined }) => {
  const isPlaying = useStore(transport.store, ({ status }) => status !== 'stopped')
  return (
    <Button
      variant="primary"
      className="editor-play"
      preventFocusOnPress
      aria-label={isPlaying ? 'Stop' : 'Play'}
      isDisabled={command?.when === false}
      onPress={() => command?.run()}
    >
      <Icon name={isPlaying ? 'stop' : 'play'} size={14} />
    </Button>
  )
}

const LoopButton = () => {
  const session = useSession()
  const isLooping = useEditorSettings((state) => state.isLooping)
  return (
    <ToggleButton
      className="button button-default tool-toggle"
      preventFocusOnPress
      isSelected={isLooping}
      onChange={() => toggleLoop(session)}
    >
      <Icon name="refresh" size={14} />
      Loop
    </ToggleButton>
  )
}

const CallerButton = ({ keys }: { keys: string | undefined }) => {
  const isCaller = useStore(transport.store, (state) => state.isCaller)
  return (
    <ToggleButton
      className="button button-default tool-toggle"
      preventFocusOnPress
      isSelected={isCaller}
      onChange={toggleCaller}
    >
      <Icon name="calls" size={14} />
      As the caller hears it
      {keys === undefined ? null : <Kbd keys={keys} />}
    </ToggleButton>
  )
}

/** Brings the selection, or everything, to the level of the pack. */
const MatchButton = ({ view }: { view: MeasuresView }) => {
  const session = useSession()
  const { from, to } = useSelection()
  const pack = useTargets().find(({ id }) => id === 'pack')
  const isFree = useEditorState(canEdit)
  const part = to > from ? view.selection : view.file
  const measures = part.report?.measures
  const isReady = isFree && measures !== undefined && !part.isOld
  return (
    <Button
      variant="quiet"
      preventFocusOnPress
      isDisabled={!isReady || pack === undefined}
      onPress={() => {
        if (measures && pack)
          matchLevel(session, { measures, target: pack, range: scopeOf(session) })
      }}
    >
      Match pack
    </Button>
  )
}

const SaveButton = ({ command }: { command: Command | undefined }) => {
  const saving = useSaving((state) => state.saving)
  if (!saving)
    return (
      <Button
        variant="primary"
        preventFocusOnPress
        isDisabled={command?.when === false}
        onPress={() => command?.run()}
      >
        Save
      </Button>
    )
  return (
    <span className="editor-saving">
      <Progress isCompact label="Saving" value={saving.progress} />
      <IconButton icon="close" label="Cancel saving" onPress={cancelSave} />
    </span>
  )
}

const ViewMenu = () => {
  const settings = useEditorSettings()
  return (
    <Menu label="View" entries={viewEntries(settings)}>
      <Button variant="quiet">
        View
        <Icon name="chevron-down" size={12} />
      </Button>
    </Menu>
  )
}

export const EditorToolbar = ({ commands, view }: ToolbarProps) => {
  const { editor } = useSession()
  const by = (id: string) => commands.find((command) => command.id === `editor.${id}`)
  const caller = by('caller')
  const effects = commands.filter(isEffect)
  return (
    <div className="editor-toolbar" role="toolbar" aria-label="Editor">
      <PlayButton command={by('play')} />
      <LoopButton />
      <span className="editor-gap" />
      <Tool command={by('cut')}>Cut</Tool>
      <Tool command={by('trim')}>Trim</Tool>
      <Tool command={by('silence')}>Silence</Tool>
      <Tool command={by('fade-in')}>Fade in</Tool>
      <Tool command={by('fade-out')}>Fade out</Tool>
      <Tool command={by('gain')}>Gain…</Tool>
      <MatchButton view={view} />
      <Menu label="Effects" entries={effects.map(entryOf)}>
        <Button variant="quiet" isDisabled={framesOf(editor.list()) === 0}>
          Effects
          <Icon name="chevron-down" size={12} />
        </Button>
      </Menu>
      <ViewMenu />
      <span className="editor-gap" />
      <CallerButton keys={caller ? keysOf(caller)[0] : undefined} />
      <span className="editor-end">
        <SelectionFields />
        <span className="editor-gap" />
        <Tool command={by('export')}>Export…</Tool>
        <SaveButton command={by('save')} />
      </span>
    </div>
  )
}
