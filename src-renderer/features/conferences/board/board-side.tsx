import { IconButton } from '../../../ui/icon-button.tsx'
import { Inspector } from '../inspector/inspector.tsx'
import { Timeline } from '../timeline/timeline.tsx'
import { useBoardView } from './board-store.ts'

/** Details of who the cursor is on, and what happened: beside the table, or over it where there is no room. */
export const BoardSide = ({ id, title }: { id: string; title: string }) => (
  <aside className="board-side" aria-label="Details and timeline">
    <div className="board-side-close">
      <IconButton
        icon="close"
        label="Hide details and timeline"
        command="conferences.escape"
        onPress={() => useBoardView.setState({ isSideOpen: false })}
      />
    </div>
    <Inspector />
    <Timeline conferenceId={id} title={title} />
  </aside>
)
