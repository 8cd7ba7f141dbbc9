import { create } from 'zustand'
import type { ConferenceDraft } from './forms/conference-change.ts'

/** A conference as it was when editing it began: what is saved is the difference, for as long as this is still its revision. */
export type Began = { readonly draft: ConferenceDraft; readonly revision: string | undefined }

/** The form that is open. It waits here while another page is looked at. */
export type OpenForm = {
  /** Of the conference that is edited; undefined for a new one. */
  readonly id: string | undefined
  /** Undefined while nothing was changed: what is shown follows the server until then. */
  readonly edit: { readonly began: Began; readonly draft: ConferenceDraft } | undefined
}

type ConferencesState = {
  /** Of the list of conferences. */
  readonly search: string
  readonly form: OpenForm | undefined
  /** The conference a phone is to be called into for a test. */
  readonly testCall: { readonly id: string; readonly title: string } | undefined
}

export const useConferencesState = create<ConferencesState>(() => ({
  search: '',
  form: undefined,
  testCall: undefined,
}))

/** A form for a new conference, which begins as this. */
export const openNewForm = (draft: ConferenceDraft): void =>
  useConferencesState.setState({
    form: { id: undefined, edit: { began: { draft, revision: undefined }, draft } },
  })

export const openEditForm = (id: string): void =>
  useConferencesState.setState({ form: { id, edit: undefined } })

/** Changes what is typed; `began` is what it was before the first change. */
export const changeDraft = (
  began: Began,
  change: (draft: ConferenceDraft) => ConferenceDraft,
): void =>
  useConferencesState.setState(({ form }) => {
    if (!form) return {}
    const edit = form.edit ?? { began, draft: began.draft }
    return { form: { ...form, edit: { ...edit, draft: change(edit.draft) } } }
  })

/** Goes on from what somebody else has saved. */
export const beginAnew = (began: Began, draft: ConferenceDraft): void =>
  useConferencesState.setState(({ form }) =>
    form ? { form: { ...form, edit: { began, draft } } } : {},
  )

export const closeForm = (): void => useConferencesState.setState({ form: undefined })

export const openTestCall = (testCall: { id: string; title: string } | undefined): void =>
  useConferencesState.setState({ testCall })
