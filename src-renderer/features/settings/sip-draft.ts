import { create } from 'zustand'
import type { SipSettingsChange, SipSettingsReply } from '#contract/sip'

/** Changes that are not saved yet. They outlive a look at another section or page. */
export const useSipDraft = create<{ draft: SipSettingsChange }>(() => ({ draft: {} }))

export const changeSipDraft = ({ trunk, ...change }: SipSettingsChange): void =>
  useSipDraft.setState(({ draft }) => ({
    draft: { ...draft, ...change, ...(trunk && { trunk: { ...draft.trunk, ...trunk } }) },
  }))

export const dropSipDraft = (): void => useSipDraft.setState({ draft: {} })

const different = (saved: Readonly<Record<string, unknown>>, draft: object) =>
  Object.entries(draft).filter(
    ([key, value]) => JSON.stringify(value) !== JSON.stringify(saved[key]),
  )

/** The part of the draft that differs from what is saved; undefined when nothing does. */
export const sipChangeOf = (
  saved: SipSettingsReply,
  { trunk = {}, ...draft }: SipSettingsChange,
): SipSettingsChange | undefined => {
  const ofTrunk = Object.fromEntries(different(saved.trunk, trunk))
  const change = Object.fromEntries([
    ...different(saved, draft),
    ...(Object.keys(ofTrunk).length > 0 ? [['trunk', ofTrunk] as const] : []),
  ])
  return Object.keys(change).length > 0 ? change : undefined
}
