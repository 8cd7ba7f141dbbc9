import type { Scope } from '../../../platform/scope.ts'
import type { Seats } from './seats.ts'
import type { Conference } from './types.ts'

/** So long members may wait for a moderator to come back, in seconds; KAZOO 5 names it `endconf_grace_time`. */
const USUAL_GRACE_S = 10

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
  seats: Pick<Seats, 'seated'>
  /** Resolves when everybody has heard it. */
  sayGoodbye: () => Promise<void>
  end: () => void
}): (() => void) => {
  const { scope, conference, seats, sayGoodbye, end } = deps
  if (conference.document.require_moderator !== true) return () => undefined
  const hasModerator = () => seats.seated().some(({ participant }) => participant.isModerator)
  const endUnlessBack = async () => {
    await sayGoodbye()
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
