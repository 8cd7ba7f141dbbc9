import type { Rate } from '../port.ts'

/**
 * Samples as they come off a disk. Nobody waits for them: what is not there yet is missing for this tick. Read in
 * order, once.
 */
export type PcmSource = {
  readonly rate: Rate
  /** Copies what is there, at most what fits into `into`; how many samples that were. */
  readonly read: (into: Int16Array) => number
  /** `open`: more is to come, though perhaps not now; `ended`: everything was read. */
  readonly state: () => 'open' | 'ended' | 'failed'
  /** For people, once it failed. */
  readonly problem: () => string | undefined
  /** Idempotent. */
  readonly close: () => void
}

/** Begins to read a file of raw samples at once. A file that cannot be read fails later, as a state. */
export type OpenPcm = (file: { readonly path: string; readonly rate: Rate }) => PcmSource
