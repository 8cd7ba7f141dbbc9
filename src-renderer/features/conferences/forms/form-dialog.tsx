import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { useToasts } from '../../../ui/toast-store.ts'
import type { ConferenceRow } from '../conference-text.ts'
import {
  beginAnew,
  changeDraft,
  closeForm,
  openNewForm,
  openTestCall,
  useConferencesState,
  type Began,
  type OpenForm,
} from '../conferences-state.ts'
import { conferenceQuery, isConflict, isGone, useSaveConference } from '../queries.ts'
import {
  changedFields,
  draftOf,
  inputOf,
  patchOf,
  rebase,
  valueOf,
  withValue,
  type ConferenceDraft,
} from './conference-change.ts'
import { labelOf, type FieldName } from './conference-fields.ts'
import { ConferenceForm } from './conference-form.tsx'
import { isProblem } from './findings.ts'
import { TestCall } from './test-call-dialog.tsx'
import { useCheck } from './use-check.ts'

/** Of a conference that has a name. */
const calledOf = (draft: ConferenceDraft): string | undefined => {
  const name = valueOf(draft, 'name')
  return name === '' ? undefined : name
}

const formId = 'conference-form'

const DiscardQuestion = ({ onKeep }: { onKeep: () => void }) => (
  <Dialog
    isOpen
    onOpenChange={onKeep}
    role="alertdialog"
    size="small"
    title="Discard what you changed?"
    description="It is not saved yet."
    footer={
      <>
        <Button autoFocus onPress={onKeep}>
          Keep editing
        </Button>
        <Button variant="danger" onPress={closeForm}>
          Discard
        </Button>
      </>
    }
  />
)

type NoticeProps = {
  draft: ConferenceDraft
  began: Began
  /** As it is on the server; undefined: it is no more. */
  latest: Began | undefined
  /** What both have changed, once they were brought together. */
  both: readonly FieldName[]
  onTaken: (both: readonly FieldName[]) => void
}

/** Somebody else was at work on the same conference. */
const Notice = ({ draft, began, latest, both, onTaken }: NoticeProps) => {
  if (!latest)
    return (
      <p role="alert" className="form-notice tone-warn">
        <span>It was deleted meanwhile. What you typed can become a new conference.</span>
        <Button onPress={() => openNewForm(draft)}>Make a new one</Button>
      </p>
    )
  if (latest.revision !== began.revision) {
    const take = () => {
      const taken = rebase(began.draft, draft, latest.draft)
      beginAnew(latest, taken.draft)
      onTaken(taken.both)
    }
    return (
      <p role="alert" className="form-notice tone-warn">
        <span>Somebody else has changed it meanwhile. Nothing of theirs is overwritten.</span>
        <Button onPress={take}>Take their changes in</Button>
      </p>
    )
  }
  if (both.length === 0) return null
  return (
    <p role="status" className="form-notice">
      <span>You both changed {both.map(labelOf).join(', ')}. What you typed is shown.</span>
    </p>
  )
}

type EditorProps = {
  id: OpenForm['id']
  began: Began
  draft: ConferenceDraft
  latest: Began | undefined
  /** As the list shows it. */
  row: ConferenceRow | undefined
  onSaved: (id: string) => void
}

const whyNotSave = (facts: {
  isNew: boolean
  name: string
  isDirty: boolean
  isOutdated: boolean
  problems: number
}): string | undefined => {
  if (facts.isOutdated) return 'Somebody else has changed it: see above.'
  if (facts.problems > 0) return 'What is marked as a problem has to be mended first.'
  if (facts.isNew) return facts.name.trim() === '' ? 'Give it a name first.' : undefined
  return facts.isDirty ? undefined : 'Nothing is changed.'
}

const savedText = (name: string, isRunning: boolean): string =>
  isRunning ? `“${name}” was saved. It counts from its next run on.` : `“${name}” was saved.`

/** What is sent, and what is said of it. */
const useSaving = ({ id, began, row, onSaved }: EditorProps) => {
  const save = useSaveConference()
  const run = (draft: ConferenceDraft) => {
    const { revision } = began
    const sent =
      id === undefined
        ? { id, input: inputOf(draft) }
        : { id, patch: patchOf(began.draft, draft), revision }
    save.mutate(sent, {
      onSuccess: (saved) => {
        const text = savedText(saved.name ?? saved.id, row?._read_only.is_running ?? false)
        useToasts.getState().show({ tone: 'ok', text })
        closeForm()
        onSaved(saved.id)
      },
    })
  }
  // A conflict is told by what the conference is now.
  const isTold = isConflict(save.error) || isGone(save.error)
  return { run, isPending: save.isPending, failure: isTold ? undefined : save.error?.message }
}

type StateProps = { failure: string | undefined; isDirty: boolean }

/** How it stands, in words. */
const State = ({ failure, isDirty }: StateProps) =>
  failure === undefined ? (
    <span role="status" className="truncate">
      {isDirty ? 'Not saved yet' : null}
    </span>
  ) : (
    <span role="alert" className="tone-bad">
      {failure}
    </span>
  )

const TestCallButton = ({ id, title }: { id: string; title: string }) => (
  <Button onPress={() => openTestCall({ id, title })}>Test call…</Button>
)

/** How the draft stands: whether it differs, what is to be known about it, and whether it can be saved. */
const useStanding = ({ id, began, draft, latest }: EditorProps) => {
  const isNew = id === undefined
  const isDirty = changedFields(began.draft, draft).length > 0
  const checked = useCheck(id, began.draft, draft)
  // An empty form is no mistake.
  const findings = isNew && !isDirty ? [] : checked.findings
  const whyNot = whyNotSave({
    isNew,
    name: valueOf(draft, 'name') ?? '',
    isDirty,
    isOutdated: latest?.revision !== began.revision,
    problems: findings.filter(isProblem).length,
  })
  return { isDirty, findings, failure: checked.failure, whyNot }
}

const Editor = (props: EditorProps) => {
  const { id, began, draft, latest, row } = props
  const [isAsking, setAsking] = useState(false)
  const [both, setBoth] = useState<readonly FieldName[]>([])
  const saving = useSaving(props)
  const { isDirty, findings, failure, whyNot } = useStanding(props)
  const title = id === undefined ? undefined : (calledOf(began.draft) ?? id.slice(0, 8))
  const close = () => {
    if (isDirty) setAsking(true)
    else closeForm()
  }
  return (
    <Dialog
      isOpen
      onOpenChange={close}
      size="large"
      title={title === undefined ? 'New conference' : `Edit “${title}”`}
      footer={
        <>
          <span className="form-state">
            {title === undefined ? null : <TestCallButton id={id ?? ''} title={title} />}
            <State failure={saving.failure ?? failure} isDirty={isDirty} />
          </span>
          <Button onPress={close}>Cancel</Button>
          <Button
            type="submit"
            form={formId}
            variant="primary"
            isPending={saving.isPending}
            whyNot={saving.isPending ? undefined : whyNot}
          >
            {id === undefined ? 'Add conference' : 'Save'}
          </Button>
        </>
      }
    >
      <div>
        {saving.isPending ? null : (
          <Notice draft={draft} began={began} latest={latest} both={both} onTaken={setBoth} />
        )}
      </div>
      <ConferenceForm
        formId={formId}
        draft={draft}
        findings={findings}
        set={(field, value) => changeDraft(began, (before) => withValue(before, field, value))}
        isLocked={row?.is_locked ?? false}
        onSubmit={() => {
          if (whyNot === undefined && !saving.isPending) saving.run(draft)
        }}
      />
      {isAsking ? <DiscardQuestion onKeep={() => setAsking(false)} /> : null}
      <TestCall />
    </Dialog>
  )
}

type FormDialogProps = {
  rooms: readonly ConferenceRow[]
  onSaved: (id: string) => void
}

const EditDialog = ({
  id,
  edit,
  rooms,
  onSaved,
}: FormDialogProps & { id: string; edit: OpenForm['edit'] }) => {
  const { data, error } = useQuery(conferenceQuery(id))
  // One that was deleted while it runs is still read, and has no revision any more.
  const isDeleted = isGone(error) || (data !== undefined && data.revision === undefined)
  const latest =
    data && !isDeleted ? { draft: draftOf(data.document), revision: data.revision } : undefined
  const began = edit?.began ?? latest
  const row = rooms.find((room) => room.id === id)
  if (began)
    return (
      <Editor
        key={id}
        {...{ id, began, latest, row, onSaved }}
        draft={edit?.draft ?? began.draft}
      />
    )
  if (!error && !isDeleted) return null
  return (
    <Dialog isOpen onOpenChange={closeForm} size="small" title="It cannot be edited">
      <p role="alert" className="tone-bad">
        {isDeleted ? 'The conference was deleted.' : error?.message}
      </p>
    </Dialog>
  )
}

/** The form of a conference, new or not. What was typed is kept while another page is looked at. */
export const FormDialog = ({ rooms, onSaved }: FormDialogProps) => {
  const form = useConferencesState((state) => state.form)
  if (!form) return null
  const { id, edit } = form
  if (id !== undefined) return <EditDialog {...{ id, edit, rooms, onSaved }} />
  if (!edit) return null
  const { began, draft } = edit
  return <Editor key="new" {...{ id, began, draft, onSaved }} latest={began} row={undefined} />
}
