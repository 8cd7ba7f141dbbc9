/** What the backend answers to a window that wants to work on a draft. */
export type LeaseAnswer = { isMine: true } | { isMine: false; since: number | undefined }

export type LeaseHost = {
  /** Asks for the draft, or for a little longer; rejects when the backend does not answer. */
  ask: (options: { takeOver: boolean }) => Promise<LeaseAnswer>
  leave: () => void
  wait: (ms: number, run: () => void) => () => void
  /** Called when it changes hands, the first answer included. */
  onChange: (answer: LeaseAnswer) => void
}

/** Well within the 30 s after which a lease is over. */
const renewEveryMs = 8000

/**
 * Keeps telling the backend that this window works on a draft, for as long as it does. While another
 * one does, it keeps asking: when that one leaves, this one may go on.
 */
export const createLease = (host: LeaseHost) => {
  let stopWaiting: () => void = () => undefined
  let isOver = false
  let last: boolean | undefined

  const renew = async (takeOver: boolean): Promise<void> => {
    stopWaiting()
    try {
      const answer = await host.ask({ takeOver })
      if (isOver) return
      if (answer.isMine !== last) host.onChange(answer)
      last = answer.isMine
    } catch {
      // No answer is no loss: the lease lasts longer than the pause until the next try.
    }
    if (!isOver) stopWaiting = host.wait(renewEveryMs, () => void renew(false))
  }

  return {
    start: () => renew(false),
    takeOver: () => renew(true),
    /** Something hints that it changed hands: asks at once. */
    check: () => renew(false),
    end: () => {
      isOver = true
      stopWaiting()
      if (last === true) host.leave()
    },
  }
}

export type Lease = ReturnType<typeof createLease>
