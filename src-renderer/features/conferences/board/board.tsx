import { useEffect, useRef, type ReactNode } from 'react'
import { useLive } from './queries.ts'
import { runCommand } from '../../../lib/commands.ts'
import { isPopOut, useRoute } from '../../../lib/route.ts'
import { Button } from '../../../ui/button.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { Icon } from '../../../ui/icon.tsx'
import { useCommand } from '../../../ui/use-command.ts'
import { startCounting } from './board-counts.ts'
import { BoardDialogs } from './board-dialogs.tsx'
import { useBoardCommands } from './board-commands.ts'
import { BoardHints } from './board-hints.tsx'
import { BoardHeader } from './board-header.tsx'
import { openBoard, refreshBoard } from './board-session.ts'
import { openBoardDialog, useBoard, useBoardView } from './board-store.ts'
import { BoardSide } from './board-side.tsx'
import { ConnectionBanner } from './connection-banner.tsx'
import { FilterBar } from './filter-bar.tsx'
import { LiveSummary } from './live-summary.tsx'
import { ParticipantsTable } from './participants-table.tsx'
import { popOut } from './pop-out.ts'
import { followLeaving } from './selection.ts'
import { startOrder } from './shown-order.ts'
import './board.css'
import './board-widths.css'

const freshView = {
  ...{ cursor: undefined, selected: new Set<string>(), filter: 'everyone' as const },
  ...{ search: '', isSideOpen: false, dialog: undefined },
}

const useOpenBoard = (id: string) => {
  useEffect(() => {
    useBoardView.setState(freshView)
    const stops = [startCounting(), startOrder(), followLeaving(), openBoard(id)]
    return () => {
      for (const stop of stops) stop()
    }
  }, [id])
}

type BoardProps = {
  id: string
  title: string
  /** Shown while nobody is in it: how one gets in. */
  about: ReactNode
}

/**
 * Calls that a restart of the server ended are gone for good: that is said, and not that nobody came, until the conference
 * has run and ended once more.
 */
const Idle = ({ about }: { about: ReactNode }) => {
  const last = useBoard(({ entries }) =>
    entries.findLast((entry) => entry.kind === 'gap' || entry.event.event === 'conference-destroy'),
  )
  const gone = last?.kind === 'gap' ? last.gone.length : 0
  const wasEnded = last?.kind === 'gap' && gone > 0
  return (
    <EmptyState
      icon={wasEnded ? 'warning' : 'conferences'}
      title={wasEnded ? 'The calls have ended' : 'Nobody is in it'}
      actions={
        <>
          <Button command="conferences.dial" onPress={() => openBoardDialog({ kind: 'dial' })}>
            <Icon name="phones" />
            Dial out…
          </Button>
          <Button
            command="conferences.test-call"
            onPress={() => void runCommand('conferences.test-call')}
          >
            Test call…
          </Button>
        </>
      }
    >
      {wasEnded ? (
        <p>
          {last.reason === 'restart'
            ? `The server was started anew: ${gone === 1 ? 'the call of 1 person' : `the calls of ${gone} people`} ended with it.`
            : `${gone === 1 ? '1 person' : `${gone} people`} left while there was no connection.`}
        </p>
      ) : null}
      {about}
    </EmptyState>
  )
}

const Content = ({ about }: { about: ReactNode }) => {
  const phase = useBoard((state) => state.phase)
  const problem = useBoard((state) => state.problem)
  switch (phase) {
    case 'loading':
      return <p className="board-loading muted">Reading the conference…</p>
    case 'failed':
      return (
        <EmptyState
          icon="warning"
          title="The conference could not be read"
          actions={<Button onPress={refreshBoard}>Try again</Button>}
        >
          <p>{problem}</p>
        </EmptyState>
      )
    case 'idle':
      return <Idle about={about} />
    case 'running':
      return <ParticipantsTable />
  }
}

/** One conference as it happens. */
export const Board = ({ id, title, about }: BoardProps) => {
  useOpenBoard(id)
  const isAlone = isPopOut(useRoute())
  const search = useRef<HTMLInputElement>(null)
  useBoardCommands(() => search.current?.focus())
  useCommand({
    id: 'conferences.pop-out',
    title: 'Open the conference in its own window',
    group: 'Conference',
    keys: 'g o',
    when: !isAlone,
    run: () => popOut(id),
  })
  const isStale = useLive(({ state }) => state !== 'open')
  const isRunning = useBoard(({ phase }) => phase === 'running')
  const isSideOpen = useBoardView((state) => state.isSideOpen)
  return (
    <div className={isSideOpen ? 'board board-with-side' : 'board'}>
      <section className={isStale ? 'board-main board-stale' : 'board-main'} aria-label={title}>
        <BoardHeader id={id} title={title} />
        <ConnectionBanner />
        {isRunning ? <FilterBar input={search} /> : null}
        <div className="board-content">
          <Content about={about} />
          {isRunning ? <BoardHints /> : null}
        </div>
        <LiveSummary />
      </section>
      <BoardSide id={id} title={title} />
      <BoardDialogs title={title} />
    </div>
  )
}
