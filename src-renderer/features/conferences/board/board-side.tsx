import { IconButton } from '../../../ui/icon-button.tsx'
import { useBoardView } from './board-store.ts'

/** Details of who the cursor is on, and what happened: beside the table, or over it where there is no room. */
export const BoardSide = () => (
  <aside className="board-side" aria-label="Details and timeline">
    <div className="board-side-close">
      <IconButton
        icon="close"
        label="Hide details and timeline"
        command="conferences.escape"
        onPress={() => useBoardView.setState({ isSideOpen: false })}
      />
    </div>
  </aside>
)
