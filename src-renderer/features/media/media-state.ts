import { create } from 'zustand'

type MediaState = {
  search: string
  /** The row the cursor is on. */
  activeId: string | undefined
}

export const useMediaState = create<MediaState>(() => ({ search: '', activeId: undefined }))
