import { useState, type SyntheticEvent } from 'react'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { changeOf, emptyConference, valuesOf } from './conference-change.ts'
import { EssentialFields, fieldNames } from './conference-fields.tsx'
import { problemsOf, useCreateConference } from './queries.ts'

/** As the backend makes one out of nothing: only what differs from it is sent. */
const bare = valuesOf({
  id: '',
  conference_numbers: [],
  member: { join_deaf: false, join_muted: true, numbers: [], pins: [] },
  moderator: { join_deaf: false, join_muted: false, numbers: [], pins: [] },
  play_name: false,
})

export const NewConferenceDialog = ({
  onClose,
  onCreated,
}: {
  onClose: () => void
  onCreated: (id: string) => void
}) => {
  const [values, setValues] = useState(emptyConference)
  const create = useCreateConference()
  const { errorOf, failure } = problemsOf(create.error, fieldNames)
  const canCreate = values.name.trim() !== '' && !create.isPending

  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    if (!canCreate) return
    create.mutate(changeOf(bare, values) ?? {}, { onSuccess: ({ id }) => onCreated(id) })
  }
  return (
    <Dialog
      isOpen
      onOpenChange={onClose}
      size="small"
      title="Add a conference"
      description="Any phone that can call this installation gets in by one of its numbers."
      footer={
        <>
          <Button onPress={onClose}>Cancel</Button>
          <Button type="submit" form="new-conference" variant="primary" isDisabled={!canCreate}>
            Add conference
          </Button>
        </>
      }
    >
      <form id="new-conference" className="conference-form" onSubmit={submit} noValidate>
        <EssentialFields
          isNew
          values={values}
          onChange={(change) => setValues((before) => ({ ...before, ...change }))}
          errorOf={errorOf}
        />
        {failure === undefined ? null : (
          <p role="alert" className="field-error">
            {failure}
          </p>
        )}
      </form>
    </Dialog>
  )
}
