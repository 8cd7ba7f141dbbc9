import { create } from 'zustand'

/** Words that were typed and not yet saved, and the saved words they started from. */
export type Draft = { text: string; base: string }

type Drafts = { draftsById: Readonly<Record<string, Draft>> }

/** Kept by media id: moving on to another cell loses nothing that was written. */
export const useDrafts = create<Drafts>(() => ({ draftsById: {} }))

export const dropDraft = (id: string): void =>
  useDrafts.setState(({ draftsById }) => ({
    draftsById: Object.fromEntries(Object.entries(draftsById).filter(([key]) => key !== id)),
  }))

/** Typing back to what is saved leaves nothing to save. */
export const writeDraft = (id: string, text: string, saved: string): void => {
  const base = useDrafts.getState().draftsById[id]?.base ?? saved
  if (text === saved && base === saved) dropDraft(id)
  else
    useDrafts.setState(({ draftsById }) => ({
      draftsById: { ...draftsById, [id]: { text, base } },
    }))
}

/** The person has seen the other change and keeps the own words. */
export const rebaseDraft = (id: string, saved: string): void =>
  useDrafts.setState(({ draftsById }) => {
    const draft = draftsById[id]
    return draft ? { draftsById: { ...draftsById, [id]: { ...draft, base: saved } } } : {}
  })

/** Somebody else saved other words since the draft was begun. */
export const isConflict = (draft: Draft | undefined, saved: string): boolean =>
  draft !== undefined && draft.base !== saved && draft.text !== saved
