import { useQuery } from '@tanstack/react-query'
import type { ReactNode, SyntheticEvent } from 'react'
import type { Settings } from '#contract/studio'
import { SaveBar } from '../../ui/save-bar.tsx'
import { Icon } from '../../ui/icon.tsx'
import { settingsQuery, statusQuery, useChangeSettings } from './queries.ts'
import { changeDraft, changesOf, dropDraft, useSettingsDraft } from './settings-state.ts'

export type FormFields = {
  /** Saved settings with what has been typed on top. */
  values: Settings
  change: (change: Partial<Settings>) => void
  errorOf: (field: keyof Settings) => string | undefined
  isReadOnly: boolean
}

/** The form of one section: nothing is changed before Save, and Save changes nothing of the others. */
export const SettingsForm = ({
  fields,
  children,
}: {
  fields: readonly (keyof Settings)[]
  children: (form: FormFields) => ReactNode
}) => {
  const { data: saved, error } = useQuery(settingsQuery)
  const { data: status } = useQuery(statusQuery)
  const draft = useSettingsDraft((state) => state.draft)
  const { mutation, errorOf, failure } = useChangeSettings()

  if (!saved || !status)
    return error ? <p className="tone-bad">{error.message}</p> : <p className="muted">Loading…</p>

  const changes = changesOf(saved, draft, fields)
  const isDirty = Object.keys(changes).length > 0
  const isReadOnly = !status.is_admin
  const save = (event: SyntheticEvent) => {
    event.preventDefault()
    if (isDirty) mutation.mutate(changes, { onSuccess: () => dropDraft(fields) })
  }
  const discard = () => {
    dropDraft(fields)
    mutation.reset()
  }
  return (
    <form className="settings-form" onSubmit={save} noValidate>
      {isReadOnly ? (
        <p className="settings-notice">
          <Icon name="info" />
          Only an administrator of this installation can change these settings.
        </p>
      ) : null}
      {children({ values: { ...saved, ...draft }, change: changeDraft, errorOf, isReadOnly })}
      {failure === undefined ? null : (
        <p role="alert" className="tone-bad">
          {failure}
        </p>
      )}
      {isReadOnly ? null : (
        <SaveBar
          isDirty={isDirty}
          isSaving={mutation.isPending}
          isSaved={mutation.isSuccess}
          onDiscard={discard}
        />
      )}
    </form>
  )
}
