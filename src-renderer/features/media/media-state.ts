import { create } from 'zustand'
import type { MediaDraft } from './media-change.ts'

type MediaState = {
  search: string
  /** The row the cursor is on. */
  activeId: string | undefined
  /** What was typed and not saved, by media id: moving the cursor on must not lose it. */
  drafts: Readonly<Record<string, MediaDraft>>
}

export const useMediaState = create<MediaState>(() => ({
  search: '',
  activeId: undefined,
  drafts: {},
}))

export const editDraft = (id: string, change: MediaDraft): void =>
  useMediaState.setState(({ drafts }) => ({
    drafts: { ...drafts, [id]: { ...drafts[id], ...change } },
  }))

export const dropDraft = (id: string): void =>
  useMediaState.setState(({ drafts }) => {
    const { [id]: _, ...others } = drafts
    return { drafts: others }
  })
