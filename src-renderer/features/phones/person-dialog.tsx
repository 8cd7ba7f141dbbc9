import { useState, type SyntheticEvent } from 'react'
import type { UserSummary } from '#contract/users'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { TextField } from '../../ui/field.tsx'
import { problemsOf, useSavePerson } from './queries.ts'

const fields = ['first_name', 'last_name', 'email']

/** A new person, or one who is there. */
export const PersonDialog = ({
  person,
  onClose,
}: {
  person: UserSummary | undefined
  onClose: () => void
}) => {
  const [first, setFirst] = useState(person?.first_name ?? '')
  const [last, setLast] = useState(person?.last_name ?? '')
  const [email, setEmail] = useState(person?.email ?? '')
  const save = useSavePerson(person?.id)
  const { errorOf, failure } = problemsOf(save.error, fields)
  const canSave = first.trim() !== '' && last.trim() !== '' && !save.isPending

  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    if (!canSave) return
    const address = email.trim()
    save.mutate(
      {
        first_name: first.trim(),
        last_name: last.trim(),
        email: address === '' ? null : address,
      },
      { onSuccess: onClose },
    )
  }
  return (
    <Dialog
      isOpen
      onOpenChange={onClose}
      size="small"
      title={person ? 'Edit person' : 'Add a person'}
      description="Phones can belong to people; a call to a person rings all of them."
      footer={
        <>
          <Button onPress={onClose}>Cancel</Button>
          <Button type="submit" form="person" variant="primary" isDisabled={!canSave}>
            {person ? 'Save' : 'Add person'}
          </Button>
        </>
      }
    >
      <form id="person" className="phone-form" onSubmit={submit} noValidate>
        <div className="phone-pair">
          <TextField
            label="First name"
            autoFocus
            value={first}
            onChange={setFirst}
            error={errorOf('first_name')}
          />
          <TextField
            label="Last name"
            value={last}
            onChange={setLast}
            error={errorOf('last_name')}
          />
        </div>
        <TextField
          label="E-mail"
          type="email"
          value={email}
          onChange={setEmail}
          error={errorOf('email')}
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
