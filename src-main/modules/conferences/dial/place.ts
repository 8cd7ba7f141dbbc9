import type { Destination, Leg, Legs, Party } from '../../legs/legs.ts'
import type { Target } from './target.ts'

/** How one call came out. */
export type Placed =
  | { readonly kind: 'answered'; readonly leg: Leg }
  | { readonly kind: 'failed'; readonly cause: string }

export type PlaceOptions = {
  readonly accountId: string
  readonly from: Party
  readonly timeoutMs: number
  /** The Call-ID of the next leg; undefined: any. */
  readonly nextCallId: () => string | undefined
  /** The first place rings; told at most once. */
  readonly onRinging: () => void
}

/** What says most about a person comes before what says something about one phone (after RFC 3261 §16.7). */
const telling = ['USER_BUSY', 'CALL_REJECTED', 'NO_ANSWER', 'NO_USER_RESPONSE']

const mostTelling = (causes: readonly string[]): string =>
  telling.find((cause) => causes.includes(cause)) ?? causes[0] ?? 'NORMAL_UNSPECIFIED'

/** Nobody here gave it up: the other side ended it (487, or Q.850 in a Reason). */
const causeOfOther = (cause: string): string =>
  cause === 'ORIGINATOR_CANCEL' ? 'NORMAL_CLEARING' : cause

/** A call that was placed. */
export type PlacedCall = {
  /** Of the first place, until somebody answered. */
  readonly callId: string
  /** Never rejects. */
  readonly placed: Promise<Placed>
  /**
   * Stops ringing everywhere, so that it has failed with ORIGINATOR_CANCEL; whoever answers in this moment is hung up. Says
   * whether it does: not where somebody has answered, or everything has failed.
   */
  readonly cancel: () => boolean
}

/** Calls a target at all its places at once. The first to answer is it; the others stop ringing. */
export const placeCall = (
  legs: Pick<Legs, 'place'>,
  target: Target,
  options: PlaceOptions,
): PlacedCall => {
  const { nextCallId, onRinging, ...common } = options
  const ringing = new Set<Destination>()
  const branches = target.destinations.map((to) => {
    const callId = nextCallId()
    const rings = () => {
      if (ringing.size === 0) onRinging()
      ringing.add(to)
    }
    const leg = legs.place({
      ...{ ...common, to, party: target.party, onRinging: rings },
      ...(callId !== undefined && { callId }),
      ...(target.device && { device: target.device }),
    })
    return { ...leg, to }
  })

  const { promise: placed, resolve } = Promise.withResolvers<Placed>()
  /** Why whoever answers now is hung up; undefined while nobody has answered and it goes on. */
  let farewell: string | undefined
  const causes: string[] = []
  const settle = async (branch: (typeof branches)[number]) => {
    const outcome = await branch.outcome
    if (outcome.kind === 'failed') {
      const isSilent = outcome.cause === 'NO_ANSWER' && outcome.status === undefined
      // Nothing came from there: the address may be wrong, or the phone switched off.
      const isUnheard = isSilent && !ringing.has(branch.to)
      causes.push(isUnheard ? 'NO_USER_RESPONSE' : causeOfOther(outcome.cause))
      if (causes.length === branches.length) resolve({ kind: 'failed', cause: mostTelling(causes) })
    } else if (farewell !== undefined) outcome.leg.hangUp(farewell)
    else {
      farewell = 'Call completed elsewhere'
      for (const other of branches) if (other !== branch) other.cancel()
      resolve({ kind: 'answered', leg: outcome.leg })
    }
  }
  for (const branch of branches) void settle(branch)
  return {
    ...{ callId: branches[0]?.callId ?? '', placed },
    cancel: () => {
      if (farewell !== undefined || causes.length === branches.length) return false
      farewell = 'ORIGINATOR_CANCEL'
      resolve({ kind: 'failed', cause: farewell })
      for (const branch of branches) branch.cancel()
      return true
    },
  }
}
