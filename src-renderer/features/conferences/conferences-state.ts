import { create } from 'zustand'
import type { ConferenceValues } from './conference-change.ts'

/** What was changed about a conference and is not saved. */
export type ConferenceDraft = Partial<ConferenceValues>

type ConferencesState = {
  /** Of the list of conferences. */
  search: string
  /** By conference: opening another must not lose it. */
  drafts: Readonly<Record<string, ConferenceDraft>>
  /** What is asked in a dialog. */
  dialog: 'new' | 'edit' | 'remove' | undefined
}

export const useConferencesState = create<ConferencesState>(() => ({
  search: '',
  drafts: {},
  dialog: undefined,
}))

export const editDraft = (id: string, change: ConferenceDraft): void =>
  useConferencesState.setState(({ drafts }) => ({
    drafts: { ...drafts, [id]: { ...drafts[id], ...change } },
  }))

export const dropDraft = (id: string): void =>
  useConferencesState.setState(({ drafts }) => {
    const { [id]: _, ...others } = drafts
    return { drafts: others }
  })
