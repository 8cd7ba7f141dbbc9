import type { BindingKind, Subscription } from './socket-commands.ts'

/** Tells kinds of bindings whether anybody listens at all, so that what nobody hears is not made. */
export type Interest = {
  /** What a session subscribes to now; nothing once it is gone. */
  readonly changed: (session: object, subscriptions: readonly Subscription[]) => void
}

export const createInterest = (kinds: readonly BindingKind[]): Interest => {
  const curious = kinds.filter(({ interest }) => interest)
  const bySession = new Map<object, ReadonlyMap<string, Subscription>>()
  const listeners = new Map<string, number>()

  const kindOf = ({ binding }: Subscription) =>
    curious.find(({ refusal }) => refusal(binding) === undefined)

  const count = (key: string, subscription: Subscription, change: 1 | -1) => {
    const before = listeners.get(key) ?? 0
    const after = before + change
    if (after === 0) listeners.delete(key)
    else listeners.set(key, after)
    if (before === 0 || after === 0) kindOf(subscription)?.interest?.(subscription, after > 0)
  }

  return {
    changed: (session, subscriptions) => {
      const before = bySession.get(session) ?? new Map<string, Subscription>()
      const after = new Map<string, Subscription>()
      for (const each of subscriptions)
        if (kindOf(each)) after.set(`${each.accountId} ${each.binding}`, each)
      if (after.size === 0) bySession.delete(session)
      else bySession.set(session, after)
      for (const [key, each] of after) if (!before.has(key)) count(key, each, 1)
      for (const [key, each] of before) if (!after.has(key)) count(key, each, -1)
    },
  }
}
