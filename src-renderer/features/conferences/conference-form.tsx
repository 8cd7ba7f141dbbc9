import type { SyntheticEvent } from 'react'
import type { ConferenceDocument } from '#contract/conferences'
import { SaveBar } from '../../ui/save-bar.tsx'
import { changeOf, valuesOf } from './conference-change.ts'
import { EssentialFields, fieldNames, MoreFields } from './conference-fields.tsx'
import { dropDraft, editDraft, useConferencesState } from './conferences-state.ts'
import { problemsOf, useChangeConference } from './queries.ts'

/** Key it by conference: an answer to Save belongs to one. */
export const ConferenceForm = ({ conference }: { conference: ConferenceDocument }) => {
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
