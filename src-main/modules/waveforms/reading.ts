/** The one pass over a blob: shared by all who ask, owned by a scope. */
export type Reading = {
  state: () => ReadingState
  /** Resolves when the format is known. Rejects with a refusal for a file without audio. */
  opened: Promise<void>
  /** Resolves when everything is read. */
  done: Promise<void>
  /** Calls when there are more frames, and when it ends; the returned function stops that. */
  onGrowth: (listener: () => void) => () => void
}

export type ReadingState = {
  state: 'reading' | 'ready' | 'failed'
  sampleRateHz: number
  channels: number
  /** Read so far, from the beginning without a gap; all of them when ready. */
  frames: number
  framesExpected?: number
  /** Of a sample in `samples`. */
  bits: 16 | 32
  /** Why it failed, or what is wrong with the file. */
  reason?: string
}
