import type { LegAudio } from './port.ts'
import type { Address } from './io/socket-address.ts'

/**
 * Whom a leg listens to. Phones advertise addresses they do not send from, so the first of the allowed hosts that sends
 * something acceptable is taken, and what goes to the phone goes there (symmetric RTP, RFC 4961).
 */
export type LegSource = {
  /** What was agreed to. With another remote than before, the next one that sends is taken. */
  readonly expect: (audio: Pick<LegAudio, 'remote' | 'sources'>) => void
  readonly allows: (host: string) => boolean
  /** An acceptable packet came: of somebody else, of the source, or of what is the source from now on. */
  readonly hears: (host: string, port: number, nowMs: number) => 'stranger' | 'same' | 'new'
  /** Where to send: the source, or what was described while there is none. */
  readonly address: () => Address | undefined
  /** It sends from the same place for a while, so that nobody else need be listened to. */
  readonly isSteady: (nowMs: number) => boolean
}

/** Whoever was silent for so long may have moved to another port. */
const silentMs = 200
const steadyMs = 1_000

const isSame = (one: Address | undefined, other: Address | undefined) =>
  one?.host === other?.host && one?.port === other?.port

export const createLegSource = (): LegSource => {
  let described: Address | undefined
  let allowed: readonly string[] = []
  let current: Address | undefined
  let sinceMs = 0
  let heardMs = 0

  const mayMove = (host: string, port: number, nowMs: number) =>
    current === undefined ||
    (current.host === host && (isSame(described, { host, port }) || nowMs - heardMs >= silentMs))

  return {
    expect: ({ remote, sources }) => {
      if (!isSame(remote, described)) current = undefined
      if (current && !sources.includes(current.host)) current = undefined
      described = remote && { host: remote.host, port: remote.port }
      allowed = sources
    },
    // Once there is a source it is of an allowed host, and nearer at hand than all of them.
    allows: (host) => current?.host === host || allowed.includes(host),
    hears: (host, port, atMs) => {
      // Whole milliseconds do, and are small integers, which change in place.
      const nowMs = Math.floor(atMs)
      const isNew = current?.port !== port || current.host !== host
      if (isNew) {
        if (!allowed.includes(host) || !mayMove(host, port, nowMs)) return 'stranger'
        current = { host, port }
        sinceMs = nowMs
      }
      heardMs = nowMs
      return isNew ? 'new' : 'same'
    },
    address: () => current ?? described,
    isSteady: (nowMs) =>
      current !== undefined && nowMs - sinceMs >= steadyMs && nowMs - heardMs < silentMs,
  }
}
