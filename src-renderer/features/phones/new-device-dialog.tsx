import { useState, type SyntheticEvent } from 'react'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { DeviceFields } from './device-fields.tsx'
import { newSipPassword } from './phone-text.ts'
import { problemsOf, useCreateDevice } from './queries.ts'

const fields = ['name', 'owner_id', 'sip.username', 'sip.password']

type NewDeviceDialogProps = {
  /** A SIP user that is free. */
  username: string
  onClose: () => void
  onCreated: (id: string) => void
}

export const NewDeviceDialog = ({ username, onClose, onCreated }: NewDeviceDialogProps) => {
  const [values, setValues] = useState(() => ({
    name: '',
    owner: '',
    username,
    password: newSipPassword(),
  }))
  const create = useCreateDevice()
  const { errorOf, failure } = problemsOf(create.error, fields)
  const canCreate = values.name.trim() !== '' && !create.isPending

  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    if (!canCreate) return
    const { name, owner, ...sip } = values
    create.mutate(
      {
        name: name.trim(),
        ...(owner !== '' && { owner_id: owner }),
        device_type: 'sip_device',
        enabled: true,
        sip: { ...sip, method: 'password', expire_seconds: 300, invite_format: 'contact' },
      },
      { onSuccess: ({ id }) => onCreated(id) },
    )
  }
  return (
    <Dialog
      isOpen
      onOpenChange={onClose}
      size="small"
      title="Add a phone"
      description="Next you see what to type into the phone itself."
      footer={
        <>
          <Button onPress={onClose}>Cancel</Button>
          <Button type="submit" form="new-phone" variant="primary" isDisabled={!canCreate}>
            Add phone
          </Button>
        </>
      }
    >
      <form id="new-phone" className="phone-form" onSubmit={submit} noValidate>
        <DeviceFields
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
