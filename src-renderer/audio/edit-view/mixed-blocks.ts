import type { EditList } from '#contract/edit-list'
import { framesOf } from '#sound/edit-list/edit-list'
import { mixInto, plan } from '#sound/edit-list/mix'
import { createByteLru } from './byte-lru.ts'
import type { Lookup } from './source-tiles.ts'

/** Frames of one block: short enough that the blocks at the edges of a view waste little. */
export const framesPerMixedBlock = 8192

/** What is heard of a list, in 32 bits, block by block: edits, gains and fades included. */
export type MixedBlocks = {
  /** Interleaved; shorter at the end of the list. Undefined while samples are missing. */
  block: (list: EditList, index: number, lookup: Lookup) => Int32Array | undefined
}

export const createMixedBlocks = (mostBytes: number): MixedBlocks => {
  const blocks = createByteLru<Int32Array>(mostBytes)
  let mixedOf: EditList | undefined
  return {
    block: (list, index, { samplesOf }) => {
      // Markers make another list that sounds the same.
      if (list.spans !== mixedOf?.spans) {
        blocks.clear()
        mixedOf = list
      }
      const key = String(index)
      const known = blocks.get(key)
      if (known) return known
      const from = index * framesPerMixedBlock
      const to = Math.min(framesOf(list), from + framesPerMixedBlock)
      if (to <= from) return new Int32Array(0)
      const plans = plan(list, from, to)
      // All of them are looked for, so that all that is missing is wanted at once.
      const found = plans.reads.map((read) => samplesOf(read.source, read.in, read.frames))
      const samples = found.filter((each) => each !== undefined)
      if (samples.length < found.length) return undefined
      const out = new Int32Array((to - from) * list.channels)
      mixInto(out, plans, samples)
      blocks.set(key, out, out.byteLength)
      return out
    },
  }
}
