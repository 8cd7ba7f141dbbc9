import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { HoldButton } from '../../../ui/hold-button.tsx'
import { endConference } from './board-actions.ts'
import { useCounts } from './board-counts.ts'
import { openBoardDialog } from './board-store.ts'
import { useRun } from './use-run.ts'

const close = () => openBoardDialog(undefined)

/** There is no way back from it: the button is held, not pressed. */
export const EndDialog = ({ title }: { title: string }) => {
  const { everyone, moderators } = useCounts()
  const isRunning = useRun()
  const calls = everyone === 1 ? '1 call is' : `${everyone} calls are`
  const own = moderators === 1 ? '1 moderator is' : `${moderators} moderators are`
  return (
    <Dialog
      isOpen
      onOpenChange={close}
      role="alertdialog"
      size="small"
      title={`End “${title}” for everybody?`}
      description={
        isRunning
          ? `${calls} hung up; ${own} among them. This cannot be undone.`
          : 'It has ended already.'
      }
      footer={
        <>
          <Button autoFocus onPress={close}>
            Cancel
          </Button>
          <HoldButton isDisabled={!isRunning} onHeld={endConference}>
            Hold to end
          </HoldButton>
        </>
      }
    />
  )
}
