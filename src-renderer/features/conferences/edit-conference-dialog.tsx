import { useQuery } from '@tanstack/react-query'
import { Dialog } from '../../ui/dialog.tsx'
import { ConferenceForm } from './conference-form.tsx'
import { conferenceQuery } from './queries.ts'

/** How a conference is set up. What was changed and not saved is still there when it is opened again. */
export const EditConferenceDialog = ({
  id,
  title,
  onClose,
}: {
  id: string
  title: string
  onClose: () => void
}) => {
  const { data: conference, error } = useQuery(conferenceQuery(id))
  return (
    <Dialog isOpen onOpenChange={onClose} title={`Edit “${title}”`}>
      {conference ? <ConferenceForm key={id} conference={conference} /> : null}
      {error && !conference ? (
        <p role="alert" className="tone-bad">
          {error.message}
        </p>
      ) : null}
    </Dialog>
  )
}
