import type { SplitOptions, Take } from '#contract/batches'

/** Looks for takes while a session passes. */
export type TakeFinder = {
  /** Whole frames, interleaved. */
  push: (block: Int16Array | Int32Array) => void
  finish: () => Take[]
}

export const createTakeFinder = (
  _format: { sampleRateHz: number; channels: number },
  _options: SplitOptions,
): TakeFinder => {
  throw new Error('being written')
}
