import type { SyntheticEvent } from 'react'
import type { MediaDocument } from '#contract/media'
import { TextField } from '../../ui/field.tsx'
import { SaveBar } from '../../ui/save-bar.tsx'
import { Switch } from '../../ui/switch.tsx'
import { changeOf, type MediaDraft } from './media-change.ts'
import { dropDraft, editDraft, useMediaState } from './media-state.ts'
import { useChangeMedia } from './queries.ts'
import './media-form.css'

const noDraft: MediaDraft = {}

/** Key it by document: an answer to Save belongs to one. */
export const MediaForm = ({ document }: { document: MediaDocument }) => {
  const draft = useMediaState((state) => state.drafts[document.id]) ?? noDraft
  const { mutation, errorOf, failure } = useChangeMedia(document.id)
  const { name, description, language, streamable } = { ...document, ...draft }
  const change = changeOf(document, draft)
  const isDirty = Object.keys(change).length > 0
  const canSave = isDirty && name.trim() !== ''
  const edit = (patch: MediaDraft) => editDraft(document.id, patch)
  const discard = () => {
    dropDraft(document.id)
    mutation.reset()
  }
  const save = (event: SyntheticEvent) => {
    event.preventDefault()
    if (canSave) mutation.mutate(change, { onSuccess: () => dropDraft(document.id) })
  }
  return (
    <form className="media-form" onSubmit={save} noValidate>
      <TextField
        label="Name"
        value={name}
        onChange={(text) => edit({ name: text })}
        error={name.trim() === '' ? 'It needs a name.' : errorOf('name')}
      />
      <TextField
        label="Description"
        value={description ?? ''}
        onChange={(text) => edit({ description: text })}
        error={errorOf('description')}
      />
      <TextField
        label="Language"
        isMono
        placeholder="none"
        value={language ?? ''}
        onChange={(text) => edit({ language: text })}
        error={errorOf('language')}
      />
      <Switch
        isSelected={streamable}
        onChange={(isOn) => edit({ streamable: isOn })}
        help="Off: callers hear it only after it was loaded as a whole."
      >
        Streamable
      </Switch>
      {failure === undefined ? null : (
        <p role="alert" className="tone-bad">
          {failure}
        </p>
      )}
      <SaveBar
        isDirty={isDirty}
        canSave={canSave}
        isSaving={mutation.isPending}
        isSaved={mutation.isSuccess}
        onDiscard={discard}
      />
    </form>
  )
}
