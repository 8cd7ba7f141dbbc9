import { useQuery } from '@tanstack/react-query'
import type { SyntheticEvent } from 'react'
import type { SipServer } from '#contract/sip'
import { SaveBar } from '../../ui/save-bar.tsx'
import { Icon } from '../../ui/icon.tsx'
import { sipServerQuery, sipSettingsQuery, statusQuery, useChangeSipSettings } from './queries.ts'
import { Section } from './section.tsx'
import { changeSipDraft, dropSipDraft, sipChangeOf, useSipDraft } from './sip-draft.ts'
import { AccessFields, ListenFields, RegistrationFields, TrunkFields } from './sip-fields.tsx'

const Standing = ({ server: { address, problem } }: { server: SipServer }) => {
  const isGood = address !== null
  const text = isGood ? `Listening on ${address}, UDP and TCP` : (problem ?? 'Switched off')
  return (
    <p role="status" className={isGood ? 'settings-notice' : 'settings-notice tone-warn'}>
      <Icon name={isGood ? 'check' : 'warning'} />
      {text}
    </p>
  )
}

const SipForm = () => {
  const { data: saved, error } = useQuery(sipSettingsQuery)
  const draft = useSipDraft((state) => state.draft)
  const { mutation, errorOf, failure } = useChangeSipSettings()
  if (!saved)
    return error ? <p className="tone-bad">{error.message}</p> : <p className="muted">Loading…</p>

  const change = sipChangeOf(saved, draft)
  const save = (event: SyntheticEvent) => {
    event.preventDefault()
    if (change) mutation.mutate(change, { onSuccess: dropSipDraft })
  }
  const { trunk, ...rest } = draft
  const values = { ...saved, ...rest, trunk: { ...saved.trunk, ...trunk } }
  const fields = { values, change: changeSipDraft, errorOf }
  return (
    <form className="settings-form" onSubmit={save} noValidate>
      <ListenFields {...fields} />
      <AccessFields {...fields} />
      <RegistrationFields {...fields} />
      <TrunkFields {...fields} />
      {failure === undefined ? null : (
        <p role="alert" className="tone-bad">
          {failure}
        </p>
      )}
      <SaveBar
        isDirty={change !== undefined}
        isSaving={mutation.isPending}
        isSaved={mutation.isSuccess}
        onDiscard={() => {
          dropSipDraft()
          mutation.reset()
        }}
      />
    </form>
  )
}

export const SipSection = () => {
  const { data: status } = useQuery(statusQuery)
  const { data: server } = useQuery(sipServerQuery)
  return (
    <Section
      title="SIP"
      about="Where phones register and call. A change takes effect at once; phones register again by themselves."
    >
      {server ? <Standing server={server} /> : null}
      {status?.is_admin === false ? (
        <p className="settings-notice">
          <Icon name="info" />
          Only an administrator of this installation can see and change these settings.
        </p>
      ) : null}
      {status?.is_admin ? <SipForm /> : null}
    </Section>
  )
}
