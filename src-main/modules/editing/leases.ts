import type { Editor } from '#contract/drafts'
import { gregorianNow, type Clock } from '../../platform/clock.ts'
import { conflict } from './refusals.ts'

/**
 * Which window works on which draft. A window says so again and again; one that has been silent for
 * 30 s is gone, whatever became of it.
 */
export type Leases = {
  of: (draftId: string) => Editor | null
  /** Throws `conflict` while another window works on the draft; otherwise the window does from now on. */
  require: (draftId: string, window: string | undefined) => void
  /** Returns whether that changed who works on it. Throws `conflict` like `require`. */
  take: (draftId: string, window: string, options: { takeOver: boolean }) => boolean
  /** Nothing when another window works on it. */
  leave: (draftId: string, window: string) => boolean
  forget: (draftId: string) => void
}

type Lease = { editor: Editor; heardMs: number }

const LEASE_MS = 30_000

const busy = () =>
  conflict(
    'editor',
    'another window works on this draft: take it over, or go on in the other window',
  )

export const createLeases = (clock: Clock): Leases => {
  const leases = new Map<string, Lease>()

  const current = (draftId: string): Lease | undefined => {
    const lease = leases.get(draftId)
    if (!lease || clock.nowMs() - lease.heardMs < LEASE_MS) return lease
    leases.delete(draftId)
    return undefined
  }

  const take: Leases['take'] = (draftId, window, { takeOver }) => {
    const lease = current(draftId)
    const isOwn = lease?.editor.window === window
    if (lease && !isOwn && !takeOver) throw busy()
    const editor = lease && isOwn ? lease.editor : { window, since: gregorianNow(clock) }
    leases.set(draftId, { editor, heardMs: clock.nowMs() })
    return !isOwn
  }

  return {
    of: (draftId) => current(draftId)?.editor ?? null,
    require: (draftId, window) => {
      if (window !== undefined) take(draftId, window, { takeOver: false })
      else if (current(draftId)) throw busy()
    },
    take,
    leave: (draftId, window) =>
      current(draftId)?.editor.window === window && leases.delete(draftId),
    forget: (draftId) => void leases.delete(draftId),
  }
}
