import { readFile, rename, rm, writeFile } from 'node:fs/promises'
import { randomUUID } from 'node:crypto'
import type { Blobs } from '../../platform/blobs/blobs.ts'
import type { Audio } from '../audio/audio.ts'
import { fromDat, toDat } from '../audio/audio.ts'

/**
 * Waveforms by content: computed once a blob and resolution, kept beside the blob. Requests for one
 * that is being computed wait for it instead of computing it again.
 */
export type PeakCache = {
  get: (blob: string, samplesPerPixel: number) => Promise<Peaks>
}

export type Peaks = Awaited<ReturnType<Audio['peaks']>>

/** A picture that a crash left torn is as good as none: it is drawn again. */
const readKept = async (path: string): Promise<Peaks | undefined> => {
  try {
    return fromDat(await readFile(path))
  } catch {
    return undefined
  }
}

export const createPeakCache = ({ blobs, audio }: { blobs: Blobs; audio: Audio }): PeakCache => {
  const running = new Map<string, Promise<Peaks>>()

  const compute = async (blob: string, samplesPerPixel: number, path: string): Promise<Peaks> => {
    const known = await readKept(path)
    if (known) return known
    const peaks = await audio.peaks(blobs.pathOf(blob), { samplesPerPixel, bits: 16 })
    const temporary = `${path}.${randomUUID()}`
    try {
      await writeFile(temporary, toDat(peaks))
      await rename(temporary, path)
    } catch {
      // A full disk costs the cache, not the answer.
      await rm(temporary, { force: true })
    }
    return peaks
  }

  return {
    get: (blob, samplesPerPixel) => {
      const path = blobs.derivedPath(blob, `${samplesPerPixel}.dat`)
      const waiting = running.get(path)
      if (waiting) return waiting
      const computing = compute(blob, samplesPerPixel, path).finally(() => running.delete(path))
      running.set(path, computing)
      return computing
    },
  }
}
