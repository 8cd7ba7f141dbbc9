import type { Rate } from '../port.ts'
import type { Scope } from '../../platform/scope.ts'

/** A wav file that grows: 16 bits, mono. */
export type WavWriter = {
  readonly rate: Rate
  /** Takes a copy of them, at once; ignored once the file has ended. */
  readonly write: (samples: Int16Array) => void
  /** Ends the file; resolves once it is complete, and `onEnd` was called. Idempotent. */
  readonly stop: () => Promise<void>
}

export type WavEnd = {
  readonly frames: number
  /** `limit`: the longest allowed length was reached; `failed`: the disk would not, or not fast enough. */
  readonly why: 'stopped' | 'limit' | 'failed'
  /** For people, when it failed. */
  readonly message?: string
}

export type WavOptions = {
  readonly scope: Scope
  /** Must not exist. */
  readonly path: string
  readonly rate: Rate
  readonly maximumSeconds: number
  /** Once; the file is closed then. Also when the scope is disposed. */
  readonly onEnd: (end: WavEnd) => void
}
