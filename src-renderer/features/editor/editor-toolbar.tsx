import { ToggleButton, TooltipTrigger } from 'react-aria-components'
import { useStore } from 'zustand'
import type { Command } from '../../lib/commands.ts'
import { Button } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { CommandKbd } from '../../ui/kbd.tsx'
import type { MenuGroup } from '../../ui/menu.tsx'
import { Progress } from '../../ui/progress.tsx'
import { Tooltip } from '../../ui/tooltip.tsx'
import { matchLevel, scopeOf } from './editor-actions.ts'
import { useEditorState, useSelection, useSession } from './editor-context.ts'
import { editMenu, effectMenu, saveMenu, viewMenu } from './editor-menus.ts'
import { transport } from './editor-session.ts'
import { useEditorSettings } from './editor-settings.ts'
import { blockOf } from './editor-state.ts'
import { toggleCaller, toggleLoop } from './sound-commands.ts'
import { cancelSave, useSaving } from './save-draft.ts'
import { SelectionFields } from './selection-fields.tsx'
import { ToolMenu } from './tool-menu.tsx'
import { useTargets, type MeasuresView } from './use-measures.ts'
import './editor-toolbar.css'

type ToolbarProps = { commands: readonly Command[]; view: MeasuresView }

/** Pressing a tool leaves the focus where it was: Space is to play, not to press it again. */
const Tool = ({ command, children }: { command: Command | undefined; children: string }) => {
  const whyNot = command?.when === false ? (command.whyNot ?? 'Not now.') : undefined
  const button = (
    <Button variant="quiet" preventFocusOnPress whyNot={whyNot} onPress={() => command?.run()}>
      {children}
    </Button>
  )
  if (whyNot !== undefined) return button
  return (
    <TooltipTrigger delay={700}>
      {button}
      <Tooltip command={command?.id}>{command?.title.replace(/…$/, '')}</Tooltip>
    </TooltipTrigger>
  )
}

const TextMenu = ({ label, groups }: { label: string; groups: readonly MenuGroup[] }) => (
  <ToolMenu label={label} groups={groups} align="start">
    {(trigger) => (
      <Button variant="quiet" {...trigger}>
        {label}
        <Icon name="chevron-down" size={12} />
      </Button>
    )}
  </ToolMenu>
)

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

const CallerButton = () => {
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
      <CommandKbd command="editor.caller" />
    </ToggleButton>
  )
}

const noPack = 'There are no other prompts in its language to match.'

const whyUnmeasured = ({ start, error }: MeasuresView['file']) => {
  if (error !== undefined) return 'Its level could not be measured.'
  return start ? 'Measure it first, in the panel at the right.' : 'Its level is being measured.'
}

/** Brings the selection, or everything, to the level of the pack. */
const MatchButton = ({ view }: { view: MeasuresView }) => {
  const session = useSession()
  const { from, to } = useSelection()
  const pack = useTargets().find(({ id }) => id === 'pack')
  const block = useEditorState(blockOf)
  const part = to > from ? view.selection : view.file
  const measures = part.isOld ? undefined : part.report?.measures
  const whyNot =
    block ?? (measures ? undefined : whyUnmeasured(part)) ?? (pack ? undefined : noPack)
  return (
    <Button
      variant="quiet"
      preventFocusOnPress
      whyNot={whyNot}
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
        whyNot={command?.when === false ? command.whyNot : undefined}
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

const saveMenuLabel = 'More ways to keep it'

const ViewMenu = () => <TextMenu label="View" groups={viewMenu(useEditorSettings())} />

export const EditorToolbar = ({ commands, view }: ToolbarProps) => {
  const by = (id: string) => commands.find((command) => command.id === `editor.${id}`)
  return (
    <div className="editor-toolbar" role="toolbar" aria-label="Editor">
      <PlayButton command={by('play')} />
      <LoopButton />
      <span className="editor-gap" />
      <TextMenu label="Edit" groups={editMenu(commands)} />
      <Tool command={by('trim')}>Trim</Tool>
      <Tool command={by('silence')}>Silence</Tool>
      <Tool command={by('fade-in')}>Fade in</Tool>
      <Tool command={by('fade-out')}>Fade out</Tool>
      <Tool command={by('gain')}>Gain…</Tool>
      <MatchButton view={view} />
      <TextMenu label="Effects" groups={effectMenu(commands)} />
      <ViewMenu />
      <span className="editor-gap" />
      <CallerButton />
      <span className="editor-end">
        <SelectionFields />
        <span className="editor-gap" />
        <Tool command={by('export')}>Export…</Tool>
        <SaveButton command={by('save')} />
        <ToolMenu label={saveMenuLabel} entries={saveMenu(commands)}>
          {(trigger) => (
            <IconButton icon="chevron-down" label={saveMenuLabel} variant="default" {...trigger} />
          )}
        </ToolMenu>
      </span>
    </div>
  )
}
