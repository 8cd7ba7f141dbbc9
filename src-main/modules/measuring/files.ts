import type { AudioFacts } from '#contract/media'
import type { Measures } from '#contract/measures'
import type { Encoding } from '#sound/levels/full-scale'
import { createMeter, type Meter } from '#sound/levels/meter'
import type { Blobs } from '../../platform/blobs/blobs.ts'
import { AppError, invalid } from '../../platform/errors.ts'
import type { Workers } from '../../platform/workers/workers.ts'
import type { Audio, Opened } from '../audio/audio.ts'
import type { Pcm, Waveforms } from '../waveforms/waveforms.ts'
import { keep, readKept } from './kept.ts'
import type { StoredToMeasure } from './passes.ts'
import { storedPcm } from './stored.ts'

/** Measures of stored files, kept beside them, and where their samples are. */
export type Files = {
  measure: (blob: string, facts?: AudioFacts) => Promise<Measures>
  /** Where the samples can be read; reads the file for editing where they have to be decoded first. */
  locate: (blob: string) => Promise<StoredToMeasure>
  /** The same for a source of an edit list, as mixing reads it. */
  locateSource: (blob: string) => Promise<{ pcm: Pcm; encoding: Encoding }>
}

type FilesDeps = { blobs: Blobs; audio: Audio; waveforms: Waveforms; workers: Workers }

/** What is decoded and longer than that gets a working copy, from which a thread measures it. */
const LONG_MS = 120_000

const noAudio = (reason: string): AppError => {
  const message = `The file has no audio to measure: ${reason}`
  return invalid({ file: { invalid: { message } } })
}

const encodingOf = ({ container, stored }: Opened): Encoding => {
  if (stored?.coding.tag === 1 && stored.coding.width === 1) return 'pcm_8'
  const { encoding } = container
  return encoding === 'ulaw' || encoding === 'alaw' ? encoding : 'linear'
}

export const createFiles = ({ blobs, audio, waveforms, workers }: FilesDeps): Files => {
  const running = new Map<string, Promise<Measures>>()

  const openBlob = async (blob: string) => {
    const path = blobs.pathOf(blob)
    const opened = await audio.open(path)
    if (opened.reason !== undefined) throw noAudio(opened.reason)
    return { path, opened, encoding: encodingOf(opened) }
  }
  type OpenBlob = Awaited<ReturnType<typeof openBlob>>

  const find = async (blob: string, { path, opened, encoding }: OpenBlob) => {
    if (opened.stored) return { stored: { ...opened.stored, path }, encoding }
    return { stored: storedPcm(await waveforms.pcm(blob)), encoding }
  }

  /** What sox decodes is measured as it comes. */
  const measureDecoded = async ({ path, opened, encoding }: OpenBlob): Promise<Measures> => {
    let meter: Meter | undefined
    const from = { source: { path }, container: opened.container, bits: 16 } as const
    const failure = await audio.decode(from, (format) => {
      meter = createMeter({ ...format, encoding })
      return meter.push
    })
    if (failure?.isToolMissing) throw new AppError('tool_missing', { message: failure.reason })
    const measures = meter?.finish()
    // What is there is measured even if it ends early.
    if (measures && measures.frames > 0) return measures
    throw noAudio(failure?.reason ?? 'it is empty')
  }

  const compute = async (blob: string, facts: AudioFacts | undefined): Promise<Measures> => {
    const release = blobs.hold([blob])
    try {
      const place = blobs.derivedPath(blob, 'measures.json')
      const known = await readKept(place)
      if (known) return known
      const file = await openBlob(blob)
      const isShort = (facts?.duration_ms ?? Infinity) <= LONG_MS
      if (!file.opened.stored && isShort) {
        const measures = await measureDecoded(file)
        await keep(place, measures)
        return measures
      }
      const input = await find(blob, file)
      if (input.stored.frames === 0) throw noAudio('it is empty')
      const measures = await workers.run<Measures>('measuring.stored', input)
      await keep(place, measures)
      return measures
    } finally {
      release()
    }
  }

  return {
    measure: (blob, facts) => {
      const waiting = running.get(blob)
      if (waiting) return waiting
      const computing = compute(blob, facts).finally(() => running.delete(blob))
      running.set(blob, computing)
      return computing
    },
    locate: async (blob) => find(blob, await openBlob(blob)),
    locateSource: async (blob) => {
      const { encoding } = await openBlob(blob)
      return { pcm: await waveforms.pcm(blob), encoding }
    },
  }
}
