import { runCommand } from '../../../lib/commands.ts'
import { clockText } from '../../../lib/duration.ts'
import { isPopOut, useRoute } from '../../../lib/route.ts'
import type { ReactNode } from 'react'
import { TooltipTrigger } from 'react-aria-components'
import { Button } from '../../../ui/button.tsx'
import { Icon } from '../../../ui/icon.tsx'
import { IconButton } from '../../../ui/icon-button.tsx'
import { Menu, type MenuEntry } from '../../../ui/menu.tsx'
import { Tooltip } from '../../../ui/tooltip.tsx'
import { muteAllButModerators, toggleLock, toggleRecording } from './board-actions.ts'
import { useClock } from './board-clock.ts'
import { useCounts } from './board-counts.ts'
import { openBoardDialog, useBoard, useBoardView, useLatestAction } from './board-store.ts'
import { popOut } from './pop-out.ts'

const people = (count: number): string => (count === 1 ? '1 person' : `${count} people`)
const moderators = (count: number): string => (count === 1 ? '1 moderator' : `${count} moderators`)

const Counts = () => {
  const counts = useCounts()
  const startedMs = useBoard((state) => state.startedMs)
  const ranS = useClock(({ asOfMs }) =>
    startedMs === undefined ? undefined : Math.max(0, Math.floor((asOfMs - startedMs) / 1000)),
  )
  return (
    <p className="board-counts muted truncate">
      {people(counts.everyone)}
      {counts.hidden > 0 ? ` + ${counts.hidden} hidden` : ''} · {moderators(counts.moderators)} ·{' '}
      {counts.talking} talking
      {ranS === undefined ? null : (
        <>
          {' · '}
          <span className="mono">{clockText(ranS * 1000)}</span>
        </>
      )}
    </p>
  )
}

/** What a button does now, with its keys: for them a head this narrow has no room. */
const Explained = ({
  command,
  words,
  children,
}: {
  command: string
  words: string
  children: ReactNode
}) => (
  <TooltipTrigger delay={500}>
    {children}
    <Tooltip command={command}>{words}</Tooltip>
  </TooltipTrigger>
)

/** Off, on its way, or on with its time: never shown as on before somebody said so. */
const RecordButton = () => {
  const isRecording = useBoard((state) => state.isRecording)
  const sinceMs = useBoard((state) => state.recordingSinceMs)
  const action = useLatestAction('record')
  const forS = useClock(({ asOfMs }) =>
    Math.floor(Math.max(0, asOfMs - (sinceMs ?? asOfMs)) / 1000),
  )
  const isSent = action?.status === 'sent'
  const label = isSent
    ? isRecording
      ? 'Stopping…'
      : 'Starting…'
    : action?.status === 'unconfirmed'
      ? 'Recording not confirmed'
      : isRecording
        ? 'Recording'
        : 'Record'
  return (
    <Explained
      command="conferences.record"
      words={isRecording ? 'Stop the recording' : 'Record what everybody says'}
    >
      <Button
        className={isRecording ? 'board-recording' : ''}
        isPending={isSent}
        aria-pressed={isRecording}
        onPress={toggleRecording}
      >
        <Icon name="record" />
        {label}
        {isRecording && !isSent ? <span className="mono">{clockText(forS * 1000)}</span> : null}
      </Button>
    </Explained>
  )
}

const LockButton = () => {
  const isLocked = useBoard((state) => state.isLocked)
  const action = useLatestAction('lock')
  return (
    <Explained
      command="conferences.lock"
      words={isLocked ? 'Unlock: let callers in again' : 'Let nobody in any more'}
    >
      <Button isPending={action?.status === 'sent'} aria-pressed={isLocked} onPress={toggleLock}>
        <Icon name={isLocked ? 'lock' : 'unlock'} />
        {action?.status === 'unconfirmed' ? 'Lock not confirmed' : isLocked ? 'Locked' : 'Lock'}
      </Button>
    </Explained>
  )
}

type Standing = { isRunning: boolean; isAdHoc: boolean; isAlone: boolean }

const menuOf = (id: string, { isRunning, isAdHoc, isAlone }: Standing): readonly MenuEntry[] => [
  {
    id: 'mute-others',
    label: 'Mute all but moderators',
    icon: 'mic-off',
    command: 'conferences.mute-others',
    isDisabled: !isRunning,
    run: muteAllButModerators,
  },
  {
    id: 'pop-out',
    label: 'Open in its own window',
    icon: 'export',
    command: 'conferences.pop-out',
    isDisabled: isAlone,
    run: () => popOut(id),
  },
  {
    id: 'edit',
    label: 'Edit conference…',
    icon: 'edit',
    command: 'conferences.edit',
    isDisabled: isAdHoc,
    run: () => void runCommand('conferences.edit'),
  },
  {
    id: 'duplicate',
    label: 'Duplicate conference…',
    icon: 'copy',
    command: 'conferences.duplicate',
    isDisabled: isAdHoc || isAlone,
    run: () => void runCommand('conferences.duplicate'),
  },
  {
    id: 'test-call',
    label: 'Test call…',
    icon: 'phones',
    command: 'conferences.test-call',
    run: () => void runCommand('conferences.test-call'),
  },
  {
    id: 'remove',
    label: 'Delete conference',
    icon: 'trash',
    tone: 'danger',
    command: 'conferences.remove',
    isDisabled: isAdHoc,
    run: () => void runCommand('conferences.remove'),
  },
  {
    id: 'end',
    label: 'End conference…',
    icon: 'hang-up',
    tone: 'danger',
    command: 'conferences.end',
    isDisabled: !isRunning,
    run: () => openBoardDialog({ kind: 'end' }),
  },
]

export const BoardHeader = ({ id, title }: { id: string; title: string }) => {
  const isRunning = useBoard(({ phase }) => phase === 'running')
  const isAdHoc = useBoard((state) => state.isAdHoc)
  const isSideOpen = useBoardView((state) => state.isSideOpen)
  const isAlone = isPopOut(useRoute())
  return (
    <header className="board-header">
      <div className="board-title">
        <h2 className="truncate">
          <bdi>{title}</bdi>
        </h2>
        {isRunning ? <Counts /> : null}
      </div>
      {isRunning ? (
        <>
          <Explained command="conferences.dial" words="Call people in">
            <Button onPress={() => openBoardDialog({ kind: 'dial' })}>Dial out…</Button>
          </Explained>
          <Explained command="conferences.play-all" words="Play a sound to everybody">
            <Button onPress={() => openBoardDialog({ kind: 'play', keys: [] })}>
              <Icon name="play" />
              Play…
            </Button>
          </Explained>
          <RecordButton />
          <LockButton />
        </>
      ) : null}
      <span className="board-side-button">
        <IconButton
          icon="info"
          label={isSideOpen ? 'Hide details and timeline' : 'Show details and timeline'}
          command="conferences.inspect"
          onPress={() => useBoardView.setState({ isSideOpen: !isSideOpen })}
        />
      </span>
      <Menu label={`More about ${title}`} entries={menuOf(id, { isRunning, isAdHoc, isAlone })}>
        <IconButton icon="more" label={`More about ${title}`} />
      </Menu>
    </header>
  )
}
