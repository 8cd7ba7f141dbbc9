import { kernelBytes } from './kernel-bytes.ts'

/**
 * Minimum, maximum, squares and clipped samples of buckets of interleaved samples, 8 at a time
 * (kernel.wat). Samples of 32 bits are rounded to 16 first. One stays of use for a whole file.
 */
export type Scanner = {
  /** Where frames to scan are put, from the beginning: as many as the scanner was made for. */
  input: Int16Array<ArrayBuffer> | Int32Array<ArrayBuffer>
  /** Scans the first `frames` of `input`, cut into buckets; the last may be a shorter one. */
  scan: (frames: number) => void
  /** A bucket's figure, by `bucket · channels + channel`; of the last scan. */
  low: (index: number) => number
  high: (index: number) => number
  /** Samples at either end of the scale, where buckets have no more than 65,535 frames. */
  clipped: (index: number) => number
  /** Sum of squares. */
  squares: (index: number) => number
}

export type ScannerFormat = {
  channels: number
  /** Of the input. */
  bits: 16 | 32
  framesPerBucket: number
  mostFrames: number
}

// The library without a browser does not declare these.
declare const atob: (text: string) => string
declare const WebAssembly: {
  Module: new (bytes: Uint8Array) => object
  Instance: new (module: object) => { exports: unknown }
}

type Kernel = {
  memory: { buffer: ArrayBuffer; grow: (pages: number) => number }
  /** Where, how many frames, of how many channels, a bucket's frames, where to. */
  scan: (...how: [number, number, number, number, number]) => void
  narrow: (from: number, count: number, to: number) => void
}

const PAGE = 65_536
const RECORD = 16

let compiled: object | undefined

const compile = (): object => {
  const text = atob(kernelBytes)
  return new WebAssembly.Module(Uint8Array.from(text, (character) => character.charCodeAt(0)))
}

const upTo = (step: number, value: number): number => Math.ceil(value / step) * step

export const createScanner = (format: ScannerFormat): Scanner => {
  const { channels, bits, framesPerBucket, mostFrames } = format
  const samples = mostFrames * channels
  const records = channels * Math.ceil(mostFrames / framesPerBucket)
  // The kernel may write up to seven samples more than there are.
  const wideAt = upTo(PAGE, samples * 2 + 16)
  const recordsAt = bits === 32 ? wideAt + upTo(PAGE, samples * 4 + 32) : wideAt
  const pages = upTo(PAGE, recordsAt + records * RECORD) / PAGE

  compiled ??= compile()
  const { memory, scan, narrow } = new WebAssembly.Instance(compiled).exports as Kernel
  if (pages > 1) memory.grow(pages - 1)
  const { buffer } = memory
  const ends = new Int16Array(buffer, recordsAt, records * 8)
  const counts = new Uint32Array(buffer, recordsAt, records * 4)
  return {
    input:
      bits === 32 ? new Int32Array(buffer, wideAt, samples) : new Int16Array(buffer, 0, samples),
    scan: (frames) => {
      if (bits === 32) narrow(wideAt, frames * channels, 0)
      scan(0, frames, channels, framesPerBucket, recordsAt)
    },
    low: (index) => ends[index * 8] ?? 0,
    high: (index) => ends[index * 8 + 1] ?? 0,
    clipped: (index) => counts[index * 4 + 1] ?? 0,
    squares: (index) => (counts[index * 4 + 2] ?? 0) + (counts[index * 4 + 3] ?? 0) * 2 ** 32,
  }
}
