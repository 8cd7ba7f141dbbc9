import { create } from 'zustand'

/** What was typed about a phone and is not saved; `owner` is '' for nobody. */
export type DeviceDraft = {
  name?: string
  owner?: string
  username?: string
  password?: string
  enabled?: boolean
}

type PhonesState = {
  search: string
  /** The row the cursor is on. */
  activeId: string | undefined
  /** By device: moving the cursor on must not lose it. */
  drafts: Readonly<Record<string, DeviceDraft>>
  /** What is asked in a dialog. */
  dialog: 'new' | 'remove' | undefined
}

export const usePhonesState = create<PhonesState>(() => ({
  search: '',
  activeId: undefined,
  drafts: {},
  dialog: undefined,
}))

export const editDraft = (id: string, change: DeviceDraft): void =>
  usePhonesState.setState(({ drafts }) => ({
    drafts: { ...drafts, [id]: { ...drafts[id], ...change } },
  }))

export const dropDraft = (id: string): void =>
  usePhonesState.setState(({ drafts }) => {
    const { [id]: _, ...others } = drafts
    return { drafts: others }
  })
