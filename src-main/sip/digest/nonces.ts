import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

/**
 * Nonces carry their time and a seal, so that challenges need no memory; only those that somebody proved a password
 * with are remembered, until they expire, with the highest count seen.
 */
export type Nonces = {
  readonly create: () => string
  /**
   * `fresh` counts as used with `nc` from then on, when the caller calls `use`; `stale` is one of ours that is too old or
   * was used with that count; `foreign` is not ours.
   */
  readonly judge: (nonce: string, nc: number) => 'fresh' | 'stale' | 'foreign'
  readonly use: (nonce: string, nc: number) => void
}

const lifeMs = 300_000
const sealBytes = 16
const bodyBytes = 16

export const createNonces = (nowMs: () => number): Nonces => {
  const key = randomBytes(32)
  /** In the order in which they expire. */
  const used = new Map<string, { nc: number; untilMs: number }>()

  const seal = (body: Buffer) =>
    createHmac('sha256', key).update(body).digest().subarray(0, sealBytes)

  const timeOf = (nonce: string): number | undefined => {
    const bytes = Buffer.from(nonce, 'base64url')
    if (bytes.length !== bodyBytes + sealBytes) return undefined
    const body = bytes.subarray(0, bodyBytes)
    return timingSafeEqual(seal(body), bytes.subarray(bodyBytes))
      ? Number(body.readBigUInt64BE(0))
      : undefined
  }

  return {
    create: () => {
      const body = Buffer.concat([Buffer.alloc(8), randomBytes(8)])
      body.writeBigUInt64BE(BigInt(Math.floor(nowMs())), 0)
      return Buffer.concat([body, seal(body)]).toString('base64url')
    },
    judge: (nonce, nc) => {
      const madeMs = timeOf(nonce)
      if (madeMs === undefined) return 'foreign'
      const age = nowMs() - madeMs
      return age >= 0 && age <= lifeMs && nc > (used.get(nonce)?.nc ?? 0) ? 'fresh' : 'stale'
    },
    use: (nonce, nc) => {
      for (const [old, { untilMs }] of used) {
        if (untilMs >= nowMs()) break
        used.delete(old)
      }
      used.set(nonce, { nc, untilMs: used.get(nonce)?.untilMs ?? nowMs() + lifeMs })
    },
  }
}
