import { open, type FileHandle } from 'node:fs/promises'
import type { SplitOptions, Take } from '#contract/batches'
import type { EditList } from '#contract/edit-list'
import type { Measures } from '#contract/measures'
import { mixInto, plan } from '#sound/edit-list/mix'
import type { Encoding } from '#sound/levels/full-scale'
import { createMeter } from '#sound/levels/meter'
import { createTakeFinder } from '#sound/levels/takes'
import { BLOCK_FRAMES, eachBlock, readFrames, type Samples, type Stored } from './stored.ts'

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
  sources: Readonly<Record<string, Stored>>
  encoding: Encoding
}

/** A list may name a thousand sources: only so many files are open at a time. */
const MOST_OPEN = 64

const createFiles = () => {
  const files = new Map<string, FileHandle>()
  const closeAll = async () => {
    const open = [...files.values()]
    files.clear()
    await Promise.all(open.map((file) => file.close()))
  }
  return {
    get: async (path: string): Promise<FileHandle> => {
      const known = files.get(path)
      if (known) return known
      if (files.size >= MOST_OPEN) await closeAll()
      const file = await open(path)
      files.set(path, file)
      return file
    },
    closeAll,
  }
}

export const measureList = async (input: ListToMeasure): Promise<Measures> => {
  const { list, sources, encoding } = input
  const { channels, sample_rate_hz: sampleRateHz } = list
  const meter = createMeter({ sampleRateHz, channels, encoding })
  const files = createFiles()
  try {
    for (let from = input.from; from < input.to; from += BLOCK_FRAMES) {
      const part = plan(list, from, Math.min(input.to, from + BLOCK_FRAMES))
      const blocks: Samples[] = []
      for (const read of part.reads) {
        const stored = sources[read.source]
        if (!stored) throw new Error(`the source ${read.source} was not found before`)
        const file = await files.get(stored.path)
        blocks.push(await readFrames(file, stored, { from: read.in, count: read.frames }))
      }
      const is16 = part.isPlain && blocks.every((block) => block instanceof Int16Array)
      const out = new (is16 ? Int16Array : Int32Array)(part.frames * channels)
      mixInto(out, part, blocks)
      meter.push(out)
    }
  } finally {
    await files.closeAll()
  }
  return meter.finish()
}

export type TakesToFind = { stored: Stored; options: SplitOptions }

export const findTakes = async ({ stored, options }: TakesToFind): Promise<Take[]> => {
  const finder = createTakeFinder(stored, options)
  await eachBlock(stored, finder.push)
  return finder.finish()
}
