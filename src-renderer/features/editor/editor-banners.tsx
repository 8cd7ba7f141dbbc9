import { useState } from 'react'
import { useStore } from 'zustand'
import { gregorianToDate } from '../../lib/gregorian.ts'
import { Button } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Progress } from '../../ui/progress.tsx'
import { useEditorState, useSession } from './editor-context.ts'
import { transport } from './editor-session.ts'
import './editor-banners.css'

const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' })

const OtherWindow = () => {
  const session = useSession()
  const permission = useEditorState((state) => state.permission)
  const [isAsking, setAsking] = useState(false)
  if (permission.isMine) return null
  const { since } = permission
  const time = since === undefined ? '' : ` since ${clock.format(gregorianToDate(since))}`
  return (
    <div className="editor-banner" role="alert">
      <Icon name="warning" />
      <span>{`This is being edited in another window${time}. Here you can look and listen.`}</span>
      <Button
        isPending={isAsking}
        onPress={() => {
          setAsking(true)
          void session.takeOver().finally(() => setAsking(false))
        }}
      >
        Take over
      </Button>
    </div>
  )
}

const JournalStopped = () => {
  const session = useSession()
  const state = useStore(session.editor.journal.store)
  const isMine = useEditorState(({ permission }) => permission.isMine)
  const [problem, setProblem] = useState<string>()
  if (state.status !== 'refused' || !isMine) return null
  const reload = () =>
    session.reload().then(
      () => setProblem(undefined),
      (error: unknown) => setProblem(error instanceof Error ? error.message : String(error)),
    )
  return (
    <div className="editor-banner editor-banner-bad" role="alert">
      <Icon name="error" />
      <span>
        {`The last ${state.waiting === 1 ? 'edit is' : `${state.waiting} edits are`} not in the journal: ${state.reason}`}
        {problem === undefined ? null : ` ${problem}`}
      </span>
      <Button onPress={() => session.editor.journal.retry()}>Try again</Button>
      <Button variant="danger" onPress={() => void reload()}>
        Go back to the journal
      </Button>
    </div>
  )
}

const Working = () => {
  const task = useEditorState((state) => state.task)
  if (!task) return null
  return (
    <div className="editor-banner editor-banner-task" role="status">
      <Progress label={task.label} value={task.progress} />
      {task.cancel ? <Button onPress={task.cancel}>Cancel</Button> : null}
    </div>
  )
}

const Silent = () => {
  const error = useStore(transport.store, (state) => state.error)
  if (error === null) return null
  return (
    <div className="editor-banner editor-banner-bad" role="alert">
      <Icon name="error" />
      <span>{`It cannot be played: ${error}`}</span>
      <Button onPress={() => transport.store.setState({ error: null })}>Dismiss</Button>
    </div>
  )
}

/** What stands in the way of editing, hearing or keeping it. */
export const EditorBanners = () => (
  <div className="editor-banners">
    <OtherWindow />
    <JournalStopped />
    <Working />
    <Silent />
  </div>
)
