import { create } from 'zustand'
import type { Settings } from '#contract/studio'

/** Changes that are not saved yet. They outlive a look at another section or page. */
export const useSettingsDraft = create<{ draft: Partial<Settings> }>(() => ({ draft: {} }))

export const changeDraft = (change: Partial<Settings>): void =>
  useSettingsDraft.setState(({ draft }) => ({ draft: { ...draft, ...change } }))

export const dropDraft = (fields: readonly (keyof Settings)[]): void =>
  useSettingsDraft.setState(({ draft }) => ({ draft: withoutFields(draft, fields) }))

const withoutFields = (draft: Partial<Settings>, fields: readonly (keyof Settings)[]) =>
  Object.fromEntries(
    Object.entries(draft).filter(([name]) => !fields.some((field) => field === name)),
  )

/** The part of the draft that belongs to `fields` and differs from what is saved. */
export const changesOf = (
  saved: Settings,
  draft: Partial<Settings>,
  fields: readonly (keyof Settings)[],
): Partial<Settings> =>
  Object.fromEntries(
    fields.flatMap((field) => {
      const value = draft[field]
      const isSame = value === undefined || JSON.stringify(value) === JSON.stringify(saved[field])
      return isSame ? [] : [[field, value]]
    }),
  )
