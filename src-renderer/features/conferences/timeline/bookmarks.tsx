import { useState, type SyntheticEvent } from 'react'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { TextField } from '../../../ui/field.tsx'
import { useCommand } from '../../../ui/use-command.ts'
import { useBoard } from '../board/board-store.ts'
import { useBookmark } from './queries.ts'
import { useTimeline } from './timeline-state.ts'

/** The text of a bookmark that was set without one. */
export const wordless = 'Bookmark'

/** Sets bookmarks, by key too. One without a text is set at once: its moment is what counts. */
export const useBookmarks = (conferenceId: string): { bookmark: () => void } => {
  const isRunning = useBoard(({ phase }) => phase === 'running')
  const { mutate } = useBookmark(conferenceId)
  const bookmark = () => mutate(wordless)
  useCommand({
    id: 'conferences.bookmark',
    title: 'Bookmark this moment',
    group: 'Conference',
    keys: 'b',
    when: isRunning,
    run: bookmark,
  })
  useCommand({
    id: 'conferences.bookmark-text',
    title: 'Bookmark with a text…',
    group: 'Conference',
    keys: 'shift+b',
    when: isRunning,
    run: () => useTimeline.setState({ isNaming: true }),
  })
  return { bookmark }
}

const close = () => useTimeline.setState({ isNaming: false })

export const BookmarkDialog = ({ conferenceId }: { conferenceId: string }) => {
  const [text, setText] = useState('')
  const { mutate, isPending, error } = useBookmark(conferenceId)
  const set = (event?: SyntheticEvent) => {
    event?.preventDefault()
    const words = text.trim()
    mutate(words === '' ? wordless : words, { onSuccess: close })
  }
  return (
    <Dialog
      isOpen
      onOpenChange={close}
      size="small"
      title="Bookmark this moment"
      footer={
        <>
          <Button onPress={close}>Cancel</Button>
          <Button variant="primary" isPending={isPending} onPress={() => set()}>
            Set
          </Button>
        </>
      }
    >
      <form onSubmit={set}>
        <TextField
          label="What happens now"
          value={text}
          onChange={setText}
          maxLength={200}
          autoFocus
          autoComplete="off"
          error={error?.message}
          help="While it is recorded it becomes a marker in the recording."
        />
      </form>
    </Dialog>
  )
}
