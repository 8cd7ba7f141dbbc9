import { open, type FileHandle } from 'node:fs/promises'
import type { Scope } from '../../platform/scope.ts'
import type { OpenPcm, PcmSource } from '../frame/player-track.ts'
import type { Rate } from '../port.ts'

/** It starts to read on when a second of the two in the ring is left, so that a disk may be slow for a second. */
const RING_SECONDS = 2
const PORTION_SECONDS = 1

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'it is not there',
  EISDIR: 'it is a folder',
  EACCES: 'reading it is not allowed',
  EIO: 'the disk failed',
  EMFILE: 'too many files are open',
}

const sentenceOf = (error: unknown): string => {
  const code = error instanceof Error && 'code' in error ? String(error.code) : String(error)
  return `The audio file could not be read: ${reasons[code] ?? code}.`
}

type Open = (path: string) => Promise<Pick<FileHandle, 'read' | 'close' | 'stat'>>

/**
 * Reads files of raw samples ahead of whoever plays them. Positions in a ring are counted in bytes from the start of
 * the file: disks may bring odd numbers of them.
 */
export const createPcmReader =
  ({ scope, openFile = open }: { scope: Scope; openFile?: Open }): OpenPcm =>
  ({ path, rate }) => {
    const source = createSource(rate)
    const forget = scope.add(() => source.stop())
    void source.run(() => openFile(path)).finally(forget)
    return source
  }

const createSource = (
  rate: Rate,
): PcmSource & { run: (openFile: () => ReturnType<Open>) => Promise<void>; stop: Stop } => {
  let ring = Buffer.alloc(0)
  let samples = new Int16Array()
  let filled = 0
  let taken = 0
  let isComplete = false
  let isClosed = false
  let problem: string | undefined
  let wake: (() => void) | undefined
  let ended: Promise<void> = Promise.resolve()

  const available = () => (filled - taken) >> 1
  const portion = () => Math.min(ring.length, rate * 2 * PORTION_SECONDS)
  const isHungry = () => ring.length - (filled - taken) >= portion()

  const fill = async (file: Awaited<ReturnType<Open>>, size: number) => {
    const at = filled % ring.length
    const room = Math.min(portion(), ring.length - at)
    const { bytesRead } = await file.read(ring, at, room, filled)
    filled += bytesRead
    isComplete = filled >= size || bytesRead === 0
  }

  const readAll = async (openFile: () => ReturnType<Open>) => {
    const file = await openFile()
    try {
      const { size } = await file.stat()
      const bytes = Math.min(size + (size % 2), rate * 2 * RING_SECONDS)
      const memory = new ArrayBuffer(bytes)
      ring = Buffer.from(memory)
      samples = new Int16Array(memory)
      isComplete = bytes === 0
      while (!isComplete && !isClosed) {
        if (isHungry()) await fill(file, size)
        else await new Promise<void>((resolve) => (wake = resolve))
      }
    } finally {
      await file.close()
    }
  }

  const close = () => {
    isClosed = true
    wake?.()
  }

  const state = (): 'open' | 'ended' | 'failed' => {
    if (isClosed) return 'ended'
    if (available() > 0) return 'open'
    if (problem !== undefined) return 'failed'
    return isComplete ? 'ended' : 'open'
  }

  return {
    rate,
    read: (into, from) => {
      if (isClosed) return 0
      const count = Math.min(into.length - from, available())
      for (let i = 0, at = (taken % ring.length) >> 1; i < count; i += 1) {
        into[from + i] = samples[at] ?? 0
        at = at + 1 === samples.length ? 0 : at + 1
      }
      taken += count * 2
      if (wake && isHungry()) {
        wake()
        wake = undefined
      }
      return count
    },
    state,
    problem: () => (state() === 'failed' ? problem : undefined),
    close,
    run: (openFile) => {
      ended = readAll(openFile).catch((error: unknown) => {
        problem = sentenceOf(error)
      })
      return ended
    },
    stop: async () => {
      close()
      await ended
    },
  }
}

type Stop = () => Promise<void>
