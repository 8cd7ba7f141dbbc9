import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { RemoveDialog } from '../../ui/remove-dialog.tsx'
import type { RowCursor } from '../../ui/use-row-cursor.ts'
import { headCount, titleOf, type ConferenceRow } from './conference-text.ts'
import { useConferencesState } from './conferences-state.ts'
import { NewConferenceDialog } from './new-conference-dialog.tsx'
import { useActOn, useRemoveConference } from './queries.ts'

const closeDialog = () => useConferencesState.setState({ dialog: undefined })

const KickAllDialog = ({ conference }: { conference: ConferenceRow }) => {
  const { mutate, isPending } = useActOn(conference.id)
  const count = headCount(conference)
  return (
    <Dialog
      isOpen
      onOpenChange={closeDialog}
      role="alertdialog"
      size="small"
      title={`Remove everybody from “${titleOf(conference)}”?`}
      description={`${count} ${count === 1 ? 'call is' : 'calls are'} hung up, those of moderators too, and the conference ends.`}
      footer={
        <>
          <Button autoFocus onPress={closeDialog}>
            Cancel
          </Button>
          <Button
            variant="danger"
            isPending={isPending}
            onPress={() => mutate({ action: 'kick' }, { onSettled: closeDialog })}
          >
            Remove all
          </Button>
        </>
      }
    >
      {undefined}
    </Dialog>
  )
}

export const ConferenceDialogs = ({ cursor }: { cursor: RowCursor<ConferenceRow> }) => {
  const dialog = useConferencesState((state) => state.dialog)
  const remove = useRemoveConference()
  const { active, open } = cursor
  if (dialog === 'new') {
    const opened = (id: string) => {
      closeDialog()
      useConferencesState.setState({ activeId: id })
      open(id)
    }
    return <NewConferenceDialog onClose={closeDialog} onCreated={opened} />
  }
  if (dialog === undefined || !active) return null
  if (dialog === 'kick-all') return <KickAllDialog conference={active} />
  const close = () => {
    remove.reset()
    closeDialog()
  }
  return (
    <RemoveDialog
      name={titleOf(active)}
      isPending={remove.isPending}
      error={remove.error}
      onClose={close}
      onRemove={() =>
        remove.mutate(active.id, {
          onSuccess: () => {
            open(undefined)
            close()
          },
        })
      }
    >
      Its numbers are free again. Whoever is in it now stays until they hang up.
    </RemoveDialog>
  )
}
