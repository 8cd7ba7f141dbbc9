import { useQuery } from '@tanstack/react-query'
import type { SyntheticEvent } from 'react'
import type { ConferenceDocument } from '#contract/conferences'
import { Button } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { PanelSection, SidePanel } from '../../ui/panel.tsx'
import { SaveBar } from '../../ui/save-bar.tsx'
import { changeOf, valuesOf } from './conference-change.ts'
import { EssentialFields, fieldNames, MoreFields } from './conference-fields.tsx'
import { titleOf } from './conference-text.ts'
import { dropDraft, editDraft, useConferencesState } from './conferences-state.ts'
import { LiveSection } from './live-section.tsx'
import { problemsOf, conferenceQuery, useChangeConference } from './queries.ts'

/** Key it by conference: an answer to Save belongs to one. */
const ConferenceForm = ({ conference }: { conference: ConferenceDocument }) => {
  const { id } = conference
  const draft = useConferencesState((state) => state.drafts[id])
  const save = useChangeConference(id)
  const { errorOf, failure } = problemsOf(save.error, fieldNames)
  const values = valuesOf(conference, draft)
  const change = changeOf(valuesOf(conference), values)
  const fields = { values, errorOf, onChange: (edit: typeof draft) => editDraft(id, edit ?? {}) }
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    if (change) save.mutate(change, { onSuccess: () => dropDraft(id) })
  }
  return (
    <form className="conference-form" onSubmit={submit} noValidate>
      <EssentialFields isNew={false} {...fields} />
      <details className="conference-more">
        <summary>More</summary>
        <div className="conference-form">
          <MoreFields {...fields} />
        </div>
      </details>
      {failure === undefined ? null : (
        <p role="alert" className="tone-bad">
          {failure}
        </p>
      )}
      <SaveBar
        isDirty={change !== undefined}
        isSaving={save.isPending}
        isSaved={save.isSuccess}
        onDiscard={() => {
          dropDraft(id)
          save.reset()
        }}
      />
    </form>
  )
}

/** Everything about the conference under the cursor. */
export const ConferencePanel = ({
  id,
  title,
  close,
}: {
  id: string
  title: string
  close: () => void
}) => {
  const { data: conference, error } = useQuery(conferenceQuery(id))
  const live = conference?._read_only
  return (
    <SidePanel label={title}>
      <header className="conference-panel-header">
        <h2 className="conference-panel-title">{conference ? titleOf(conference) : title}</h2>
        <IconButton
          icon="close"
          label="Close the panel"
          command="conferences.close"
          onPress={close}
        />
      </header>
      {live ? <LiveSection id={id} live={live} /> : null}
      {conference && live && !live.is_ad_hoc ? (
        <>
          <PanelSection title="About">
            <ConferenceForm key={id} conference={conference} />
          </PanelSection>
          <div className="conference-panel-end">
            <Button
              variant="danger"
              onPress={() => useConferencesState.setState({ dialog: 'remove' })}
            >
              <Icon name="trash" />
              Delete conference…
            </Button>
          </div>
        </>
      ) : null}
      {live?.is_ad_hoc ? (
        <p className="muted">Made by a call. It is gone when the last participant leaves.</p>
      ) : null}
      {error && !conference ? (
        <p role="alert" className="tone-bad">
          {error.message}
        </p>
      ) : null}
    </SidePanel>
  )
}
