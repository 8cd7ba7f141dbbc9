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

export const createPeakCache = ({ blobs, audio }: { blobs: Blobs; audio: Audio }): PeakCache => {
  const running = new Map<string, Promise<Peaks>>()

  const compute = async (blob: string, samplesPerPixel: number, path: string): Promise<Peaks> => {
    const known = await readFile(path).catch(() => undefined)
    if (known) return fromDat(known)
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
