import { replaceParams } from '../../lib/route.ts'
import { RemoveDialog } from '../../ui/remove-dialog.tsx'
import { titleOf, type ConferenceRow } from './conference-text.ts'
import { useConferencesState } from './conferences-state.ts'
import { EditConferenceDialog } from './edit-conference-dialog.tsx'
import { NewConferenceDialog } from './new-conference-dialog.tsx'
import { useRemoveConference } from './queries.ts'

const closeDialog = () => useConferencesState.setState({ dialog: undefined })

const RemoveConference = ({ conference }: { conference: ConferenceRow }) => {
  const remove = useRemoveConference()
  return (
    <RemoveDialog
      name={titleOf(conference)}
      isPending={remove.isPending}
      error={remove.error}
      onClose={closeDialog}
      onRemove={() =>
        remove.mutate(conference.id, {
          onSuccess: () => {
            replaceParams({ conference: undefined })
            closeDialog()
          },
        })
      }
    >
      Its numbers are free again. Whoever is in it now stays until they hang up.
    </RemoveDialog>
  )
}

/** What is asked about conferences as documents; the board asks about one that runs. */
export const ConferenceDialogs = ({ open }: { open: ConferenceRow | undefined }) => {
  const dialog = useConferencesState((state) => state.dialog)
  if (dialog === 'new') {
    const opened = (id: string) => {
      closeDialog()
      replaceParams({ conference: id })
    }
    return <NewConferenceDialog onClose={closeDialog} onCreated={opened} />
  }
  if (!open) return null
  switch (dialog) {
    case 'edit':
      return <EditConferenceDialog id={open.id} title={titleOf(open)} onClose={closeDialog} />
    case 'remove':
      return <RemoveConference conference={open} />
    case undefined:
      return null
  }
}
