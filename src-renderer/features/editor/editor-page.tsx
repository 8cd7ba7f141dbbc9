import { useEffect, useMemo, useState } from 'react'
import { onRoute, useRoute } from '../../lib/route.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { FileDropArea } from '../../ui/file-drop-area.tsx'
import { Progress } from '../../ui/progress.tsx'
import { useCommand } from '../../ui/use-command.ts'
import { followClipboard } from './clipboard.ts'
import { DraftWorkspace } from './draft-workspace.tsx'
import { transport, useOpenSession } from './editor-session.ts'
import {
  cancelOpening,
  closeDraft,
  openAddress,
  openFile,
  useIsAhead,
  useOpening,
  type Address,
} from './opening.ts'
import { RecordDialog } from './record-dialog.tsx'
import { ReadingView } from './reading-view.tsx'
import { StartView } from './start-view.tsx'
import './editor-page.css'

const open = (file: File) => void openFile(file)

const openFirst = ([file]: readonly File[]) => {
  if (file) open(file)
}

const noticeableMs = 250

/** Nothing at first: most drafts are there before anybody could read that they are on their way. */
const Opening = () => {
  const [isLong, setLong] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setLong(true), noticeableMs)
    return () => clearTimeout(timer)
  }, [])
  if (!isLong) return null
  return (
    <div className="editor-waiting">
      <Progress label="Opening" />
    </div>
  )
}

const Content = ({ record }: { record: () => void }) => {
  const opening = useOpening((state) => state.opening)
  const session = useOpenSession((state) => state.session)
  switch (opening.kind) {
    case 'sending':
      return (
        <div className="editor-waiting">
          <Progress label={`Sending ${opening.name}`} value={opening.progress} />
          <Button onPress={cancelOpening}>Cancel</Button>
        </div>
      )
    case 'loading':
      return <Opening />
    case 'reading':
      return <ReadingView key={opening.source.id} source={opening.source} />
    case 'failed':
      return (
        <EmptyState
          icon="warning"
          title={opening.title}
          actions={<Button onPress={closeDraft}>Open something else</Button>}
        >
          <p>{opening.reason}</p>
        </EmptyState>
      )
    case 'idle':
      return session ? (
        <DraftWorkspace key={session.editor.store.getState().draft.id} session={session} />
      ) : (
        <StartView open={open} record={record} />
      )
  }
}

// What is to be edited comes while the page before gives way to this one.
onRoute(({ page, params }) => {
  if (page === 'editor') void openAddress(params)
})

/** Where sound is looked at, heard and edited. */
export const EditorPage = () => {
  const { media, draft, source, target, at } = useRoute().params
  const address = useMemo<Address>(
    () => ({ media, draft, source, target, at }),
    [media, draft, source, target, at],
  )
  const isAhead = useIsAhead(address)
  useEffect(() => void openAddress(address), [address])
  const [isRecording, setRecording] = useState(false)
  const record = () => setRecording(true)
  useCommand({ id: 'editor.record', title: 'Record a take…', group: 'Sound', run: record })
  useEffect(followClipboard, [])
  useEffect(() => () => transport.stop(), [])
  return (
    <FileDropArea text="Drop an audio file to edit it" onFiles={openFirst}>
      {isAhead ? null : <Content record={record} />}
      <RecordDialog isOpen={isRecording} close={() => setRecording(false)} onTake={open} />
    </FileDropArea>
  )
}
