import type { SplitOptions, Take } from '#contract/batches'
import type { EditList } from '#contract/edit-list'
import type { Measures } from '#contract/measures'
import type { Encoding } from '#sound/levels/full-scale'
import { createMeter } from '#sound/levels/meter'
import { createTakeFinder } from '#sound/levels/takes'
import { prepareMix, samplesOf } from '../mixing/mixing.ts'
import type { Pcm } from '../waveforms/waveforms.ts'
import { eachBlock, type Stored } from './stored.ts'

/** One pass over samples each. They run in a thread, or here where a thread would cost more. */

export type StoredToMeasure = { stored: Stored; encoding: Encoding }

export const measureStored = async ({ stored, encoding }: StoredToMeasure): Promise<Measures> => {
  const meter = createMeter({ ...stored, encoding })
  await eachBlock(stored, meter.push)
  return meter.finish()
}

export type ListToMeasure = {
  list: EditList
  from: number
  to: number
  /** Where the samples of its sources are, by their ids. */
  sources: ReadonlyMap<string, Pcm>
  encoding: Encoding
}

export const measureList = async (input: ListToMeasure): Promise<Measures> => {
  const { list, from, to, sources, encoding } = input
  const mixed = await prepareMix(list, { from, to }, (id) => {
    const found = sources.get(id)
    if (!found) throw new Error(`the source ${id} was not found before`)
    return found
  })
  const meter = createMeter({ ...mixed, encoding })
  for await (const block of mixed.blocks()) meter.push(samplesOf(block, mixed.bits))
  return meter.finish()
}

export type TakesToFind = { stored: Stored; options: SplitOptions }

export const findTakes = async ({ stored, options }: TakesToFind): Promise<Take[]> => {
  const finder = createTakeFinder(stored, options)
  await eachBlock(stored, finder.push)
  return finder.finish()
}
