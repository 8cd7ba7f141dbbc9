import type { Scope } from '../../../platform/scope.ts'
import type { Conference } from './types.ts'

/** So long members may wait for a moderator to come back, in seconds; KAZOO 5 names it `endconf_grace_time`. */
const USUAL_GRACE_S = 10
/** A goodbye waits for what is announced before it, and that can be endless. */
const LONGEST_GOODBYE_MS = 30_000

const graceOf = ({ document }: Conference): number => {
  const grace = (document as Readonly<Record<string, unknown>>).endconf_grace_time
  return typeof grace === 'number' && grace >= 0 ? Math.min(grace, 86_400) : USUAL_GRACE_S
}

/**
 * A conference with `require_moderator` ends for everybody some time after its last moderator left, unless one comes back.
 * Before the first one came it just runs: keeping members waiting is what `wait_for_moderator` is for. The returned
 * function is to be called after every change of who is there.
 */
export const endWithoutModerator = (deps: {
  scope: Scope
  conference: Conference
  hasModerator: () => boolean
  /** Resolves when everybody has heard it. */
  sayGoodbye: () => Promise<void>
  end: () => void
}): (() => void) => {
  const { scope, conference, hasModerator, sayGoodbye, end } = deps
  if (conference.document.require_moderator !== true) return () => undefined
  const endUnlessBack = async () => {
    const late = Promise.withResolvers<undefined>()
    const cancelLate = scope.timeout(() => late.resolve(undefined), LONGEST_GOODBYE_MS)
    await Promise.race([sayGoodbye(), late.promise])
    cancelLate()
    if (!hasModerator()) end()
  }
  let hadModerator = false
  let cancel: (() => void) | undefined
  return () => {
    if (hasModerator()) {
      hadModerator = true
      cancel?.()
      cancel = undefined
    } else if (hadModerator) {
      cancel ??= scope.timeout(() => void endUnlessBack(), graceOf(conference) * 1000)
    }
  }
}
