import { DialDialog } from '../dialogs/dial-dialog.tsx'
import { PlayDialog } from '../dialogs/play-dialog.tsx'
import { RelateDialog } from '../dialogs/relate-dialog.tsx'
import { useBoardView } from './board-store.ts'
import { EndDialog } from './end-dialog.tsx'

/** What is asked for, about the conference that is open. */
export const BoardDialogs = ({ title }: { title: string }) => {
  const dialog = useBoardView((state) => state.dialog)
  switch (dialog?.kind) {
    case 'dial':
      return <DialDialog {...(dialog.number === undefined ? {} : { number: dialog.number })} />
    case 'play':
      return <PlayDialog keys={dialog.keys} />
    case 'relate':
      return <RelateDialog key={dialog.key} participantKey={dialog.key} />
    case 'end':
      return <EndDialog title={title} />
    case undefined:
      return null
  }
}
