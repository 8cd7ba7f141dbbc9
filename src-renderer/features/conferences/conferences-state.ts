import { create } from 'zustand'
import type { ConferenceValues } from './conference-change.ts'

/** What was changed about a conference and is not saved. */
export type ConferenceDraft = Partial<ConferenceValues>

type ConferencesState = {
  search: string
  /** The row the cursor is on. */
  activeId: string | undefined
  /** By conference: moving the cursor on must not lose it. */
  drafts: Readonly<Record<string, ConferenceDraft>>
  /** What is asked in a dialog. */
  dialog: 'new' | 'remove' | 'kick-all' | undefined
}

export const useConferencesState = create<ConferencesState>(() => ({
  search: '',
  activeId: undefined,
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
