import { wavHeader } from '#sound/samples/wav-header'
import { open, type FileHandle } from 'node:fs/promises'
import type { Scope } from '../../platform/scope.ts'
import type { Rate } from '../port.ts'

/** A wav file that grows: 16 bits, mono. Its header is true again after every second that was written. */
export type WavWriter = {
  readonly rate: Rate
  /** Takes a copy of them, at once; ignored once the file has ended. */
  readonly write: (samples: Int16Array) => void
  /** Ends the file; resolves once it is complete, and `onEnd` was called. Idempotent. */
  readonly stop: () => Promise<void>
}

export type WavEnd = {
  readonly frames: number
  /** `limit`: the longest allowed length was reached; `failed`: the disk would not, or not fast enough. */
  readonly why: 'stopped' | 'limit' | 'failed'
  /** For people, when it failed. */
  readonly message?: string
}

type OpenWav = (path: string, flags: 'wx') => Promise<Pick<FileHandle, 'write' | 'sync' | 'close'>>

export type WavOptions = {
  readonly scope: Scope
  /** Must not exist. */
  readonly path: string
  readonly rate: Rate
  readonly maximumSeconds: number
  /** Once; the file is closed then. Also when the scope is disposed. */
  readonly onEnd: (end: WavEnd) => void
  readonly openFile?: OpenWav
}

const HEADER_BYTES = 44
/** How long a disk may stand still. */
const QUEUE_SECONDS = 10
const PORTION_SECONDS = 1
const MOST_FRAMES = (2 ** 32 - 1 - HEADER_BYTES) >>> 1

const TOO_SLOW = `The disk did not take the recording for ${QUEUE_SECONDS} seconds.`
const reasons: Readonly<Record<string, string>> = {
  ENOSPC: 'The disk is full.',
  EDQUOT: 'The disk is full.',
  EEXIST: 'There is a file of this name already.',
  ENOENT: 'The folder for it is not there.',
  EACCES: 'Writing there is not allowed.',
  EIO: 'The disk failed.',
}

const sentenceOf = (error: unknown): string => {
  const code = error instanceof Error && 'code' in error ? String(error.code) : String(error)
  return reasons[code] ?? `The recording could not be written: ${code}.`
}

const writeAll = async (
  file: Pick<FileHandle, 'write'>,
  bytes: Uint8Array,
  position: number,
): Promise<void> => {
  for (let at = 0; at < bytes.length;) {
    at += (await file.write(bytes, at, bytes.length - at, position + at)).bytesWritten
  }
}

/** Writes behind the back of whoever records: samples wait in a ring until there is a second of them. */
export const createWavWriter = (options: WavOptions): WavWriter => {
  const { scope, path, rate, maximumSeconds, onEnd, openFile = open } = options
  const most = Math.min(MOST_FRAMES, Math.floor(maximumSeconds * rate))
  const ring = new Int16Array(rate * QUEUE_SECONDS)
  let taken = 0
  let written = 0
  let why: WavEnd['why'] | undefined
  let message: string | undefined
  let wake: (() => void) | undefined

  const finish = (how: WavEnd['why'], text?: string) => {
    why ??= how
    if (how === why) message ??= text
    wake?.()
  }

  const header = (frames: number) =>
    wavHeader({ sampleRateHz: rate, channels: 1, bits: 16 }, frames * 2)

  const flush = async (file: Pick<FileHandle, 'write'>) => {
    const at = written % ring.length
    const count = Math.min(taken - written, ring.length - at)
    await writeAll(file, new Uint8Array(ring.buffer, at * 2, count * 2), HEADER_BYTES + written * 2)
    await writeAll(file, header(written + count), 0)
    written += count
  }

  const isDue = () => why !== undefined || taken - written >= rate * PORTION_SECONDS

  const run = async () => {
    const file = await openFile(path, 'wx')
    try {
      await writeAll(file, header(0), 0)
      while (why === undefined || (written < taken && message === undefined)) {
        if (isDue()) await flush(file)
        else await new Promise<void>((resolve) => (wake = resolve))
      }
      await file.sync()
    } finally {
      await file.close()
    }
  }

  const ended = run()
    .catch((error: unknown) => {
      why = 'failed'
      message = sentenceOf(error)
    })
    .then(() => {
      forget()
      onEnd({ frames: written, why: why ?? 'stopped', ...(message !== undefined && { message }) })
    })

  const stop = () => {
    finish('stopped')
    return ended
  }
  const forget = scope.add(stop)

  return {
    rate,
    write: (samples) => {
      if (why !== undefined) return
      if (taken - written + samples.length > ring.length) {
        finish('failed', TOO_SLOW)
        return
      }
      const count = Math.min(samples.length, most - taken)
      for (let i = 0; i < count; i += 1) ring[(taken + i) % ring.length] = samples[i] ?? 0
      taken += count
      if (taken === most) finish('limit')
      else if (isDue()) wake?.()
    },
    stop,
  }
}
