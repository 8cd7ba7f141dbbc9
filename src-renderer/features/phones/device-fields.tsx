import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { IconButton } from '../../ui/icon-button.tsx'
import { Select } from '../../ui/select.tsx'
import { TextField } from '../../ui/field.tsx'
import type { DeviceValues } from './device-change.ts'
import { newSipPassword, personName } from './phone-text.ts'
import type { DeviceDraft } from './phones-state.ts'
import { usersQuery } from './queries.ts'

type DeviceFieldsProps = {
  values: Pick<DeviceValues, 'name' | 'owner' | 'username' | 'password'>
  onChange: (change: DeviceDraft) => void
  /** By the name of the field in the API. */
  errorOf: (field: string) => string | undefined
  /** Begins with the name, and shows the password it proposes. */
  isNew?: boolean
  passwordHelp?: string
}

/** The fields that a new phone and one that is there have in common. */
export const DeviceFields = (props: DeviceFieldsProps) => {
  const { values, onChange, errorOf, isNew = false, passwordHelp } = props
  const [isShown, setIsShown] = useState(isNew)
  const { data: users = [] } = useQuery(usersQuery)
  const owners = users.map((user) => ({ value: user.id, label: personName(user) }))
  const isFormer = values.owner !== '' && !owners.some(({ value }) => value === values.owner)
  return (
    <>
      <TextField
        label="Name"
        placeholder="Reception"
        autoFocus={isNew}
        value={values.name}
        onChange={(name) => onChange({ name })}
        error={errorOf('name')}
      />
      <Select
        label="Belongs to"
        options={[
          { value: '', label: 'Nobody in particular' },
          ...owners,
          ...(isFormer ? [{ value: values.owner, label: 'Somebody who left' }] : []),
        ]}
        value={values.owner}
        onChange={(owner) => onChange({ owner })}
        error={errorOf('owner_id')}
      />
      <TextField
        label="SIP user"
        isMono
        autoComplete="off"
        value={values.username}
        onChange={(username) => onChange({ username })}
        error={errorOf('sip.username')}
      />
      <div className="phone-password">
        <TextField
          type={isShown ? 'text' : 'password'}
          label="SIP password"
          isMono
          autoComplete="off"
          value={values.password}
          onChange={(password) => onChange({ password })}
          error={errorOf('sip.password')}
          {...(passwordHelp === undefined ? {} : { help: passwordHelp })}
        />
        {isNew ? null : (
          <IconButton
            icon={isShown ? 'hide' : 'show'}
            label={isShown ? 'Hide what is typed' : 'Show what is typed'}
            onPress={() => setIsShown(!isShown)}
          />
        )}
        <IconButton
          icon="refresh"
          label="Generate another password"
          onPress={() => {
            setIsShown(true)
            onChange({ password: newSipPassword() })
          }}
        />
      </div>
    </>
  )
}
