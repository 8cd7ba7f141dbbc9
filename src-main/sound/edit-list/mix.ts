import type { EditList } from '#contract/edit-list'

/** Interleaved samples; those of 16 bits count 65,536 times as much as those of 32. */
export type Samples = Int16Array | Int32Array

/** Frames of a source that a plan needs: one block of frames × channels samples. */
export type Read = { source: string; in: number; frames: number }

/** What [from, to) of a list is made of. Making one costs little: the audio is only named. */
export type Plan = {
  frames: number
  channels: number
  /** To be read by the caller, whenever and however it likes; in the order of `blocks`. */
  reads: readonly Read[]
  /** Nothing but forward frames without stages, and silence: 16-bit blocks may go to a 16-bit out. */
  isPlain: boolean
}

/** Throws EditError when the range is not within the list. */
export const plan = (list: EditList, from: number, to: number): Plan => {
  throw new Error(`${list.channels} ${from} ${to}`)
}

/**
 * Fills the first frames × channels samples of `out`; `blocks[i]` holds what `reads[i]` names.
 */
export const mixInto = (out: Samples, plan: Plan, blocks: readonly Samples[]): void => {
  throw new Error(`${out.length} ${plan.frames} ${blocks.length}`)
}
