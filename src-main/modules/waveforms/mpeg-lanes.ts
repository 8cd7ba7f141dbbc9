import { open } from 'node:fs/promises'
import type { Audio, MpegTable, PcmFormat, SoxSource } from '../audio/audio.ts'
import { createChunkMaker, pushSamples, type Chunk } from './chunk.ts'
import { createLine, type Line, type Segment } from './mpeg-line.ts'
import { CHUNK_FRAMES } from './pyramid-layout.ts'
import type { Samples } from './stored.ts'

/** What becomes of the samples. `write` comes in any order, `publish` in the file's. */
export type LaneSink = {
  open: (format: PcmFormat) => void
  /** Samples from a frame on. */
  keep: (samples: Samples, at: number) => Promise<void>
  write: (chunk: number, made: Chunk) => Promise<void>
  publish: (chunk: number, made: Chunk) => void
}

export type LaneDeps = {
  decode: Audio['decode']
  from: Omit<SoxSource, 'source'> & { signal: AbortSignal }
  path: string
  table: MpegTable
  lanes: number
  /** For tests: how long a piece is. */
  chunksEach?: number
}

/** Something does not fit: the file has to be decoded from beginning to end. */
class Unsure extends Error {}

/** 6 minutes at 44.1 kHz: what a piece costs besides counts for little, and its bytes fit in memory. */
const CHUNKS_EACH = 16
/** After so many a decoder remembers nothing of what came before. */
const SETTLED = 3
/** What two pieces have in common: at least this is compared. */
const COMPARED = 2

const planSegments = ({ frames, samplesPerFrame }: MpegTable, chunksEach: number): Segment[] => {
  const total = frames * samplesPerFrame
  const each = chunksEach * CHUNK_FRAMES
  const count = Math.max(1, Math.floor((total - CHUNK_FRAMES) / each) + 1)
  return Array.from({ length: count }, (_, index) => ({
    start: index * each,
    end: index === count - 1 ? Infinity : (index + 1) * each,
    made: [],
    isDone: false,
  }))
}

type Heard = { frames: number; format?: PcmFormat }
type Hear = (block: Samples, format: PcmFormat) => void | Promise<void>

/** Decodes the mp3 frames from one of the table to another, or to the end of the file. */
const decodePiece = async (
  { decode, from, path, table }: LaneDeps,
  [first, last]: [first: number, last: number],
  hear: Hear = () => undefined,
): Promise<Heard> => {
  await using file = await open(path)
  const { size } = await file.stat()
  const start = first === 0 ? 0 : (table.offsets[first / table.step] ?? size)
  const bytes = Buffer.allocUnsafe((table.offsets[last / table.step] ?? size) - start)
  const { bytesRead } = await file.read(bytes, 0, bytes.length, start)
  if (bytesRead < bytes.length) throw new Unsure()
  const heard: Heard = { frames: 0 }
  const failure = await decode({ ...from, source: bytes }, (format) => {
    heard.format = format
    return (block) => {
      heard.frames += block.length / format.channels
      return hear(block, format)
    }
  })
  if (failure) throw failure.wasKilled ? new Error(failure.reason) : new Unsure()
  return heard
}

type Job = { deps: LaneDeps; line: Line; sink: LaneSink; heardAtFirst: number }

/** Where a piece has to begin, and which frame of the whole its first sample is. */
const aim = async ({ deps, heardAtFirst }: Job, { start }: Segment) => {
  const { samplesPerFrame: size, step } = deps.table
  if (start === 0) return { first: 0, output: 0, swallowed: step - heardAtFirst / size }
  const first = (Math.floor(start / size / step) - 1) * step
  const { frames } = await decodePiece(deps, [first, first + step])
  const output = first * size + heardAtFirst - frames
  if (frames % size !== 0 || start - output < SETTLED * size) throw new Unsure()
  return { first, output, swallowed: step - frames / size }
}

const decodeSegment = async (job: Job, segment: Segment, isLast: boolean) => {
  const { deps, sink, line } = job
  const { samplesPerFrame: size, step } = deps.table
  const { start, end } = segment
  const { first, output, swallowed } = await aim(job, segment)
  const last = isLast ? Infinity : Math.ceil((end / size + 2 * SETTLED + swallowed) / step) * step
  let maker: ReturnType<typeof createChunkMaker> | undefined
  let position = output
  let chunk = start / CHUNK_FRAMES

  const put = async (made: Chunk) => {
    await sink.write(chunk, made)
    line.add(segment, chunk, made)
    chunk += 1
  }
  const heard = await decodePiece(deps, [first, last], async (block, { channels }) => {
    maker ??= createChunkMaker({ channels, bits: deps.from.bits })
    const at = position
    position += block.length / channels
    const inside = (frame: number) => Math.max(0, frame - at) * channels
    const body = block.subarray(inside(start), inside(end))
    const compared = COMPARED * size
    line.head(segment, body, compared * channels)
    line.tail(segment, block.subarray(inside(end)), compared * channels)
    if (body.length === 0) return
    await sink.keep(body, Math.max(start, at))
    for (const made of pushSamples(maker, body, channels)) await put(made)
  })
  if (!isLast && heard.frames !== (last - first - swallowed) * size) throw new Unsure()
  const rest = maker?.finish()
  if (rest) await put(rest)
  line.done(segment)
}

/**
 * Decodes an mp3 in pieces side by side. A piece begins some frames early, so that the decoder has found
 * its feet where it counts; how many frames it swallows until then is measured first, and what two
 * pieces have in common is compared sample by sample. Undefined when anything does not fit, or the file
 * is short: then it has to be decoded from beginning to end.
 */
export const decodeInLanes = async (
  deps: LaneDeps,
  sink: LaneSink,
): Promise<{ frames: number } | undefined> => {
  const { table, lanes } = deps
  const segments = planSegments(table, deps.chunksEach ?? CHUNKS_EACH)
  if (segments.length < 2) return undefined
  const stop = new AbortController()
  const signal = AbortSignal.any([deps.from.signal, stop.signal])
  const stoppable = { ...deps, from: { ...deps.from, signal } }
  let next = 0
  try {
    const { frames: heardAtFirst, format } = await decodePiece(stoppable, [0, table.step])
    if (!format || heardAtFirst % table.samplesPerFrame !== 0) return undefined
    sink.open(format)
    const line = createLine(segments, sink.publish, () => {
      throw new Unsure()
    })
    const job = { deps: stoppable, line, sink, heardAtFirst }
    const lane = async () => {
      for (let mine = next++; mine < segments.length; mine = next++) {
        const segment = segments[mine]
        if (segment) await decodeSegment(job, segment, mine === segments.length - 1)
      }
    }
    const running = Array.from({ length: lanes }, lane)
    for (const each of running) each.catch(() => stop.abort())
    const ends = await Promise.allSettled(running)
    const failed = ends.find((each) => each.status === 'rejected' && !isAbortOf(stop, each.reason))
    if (failed?.status === 'rejected') throw failed.reason
    return { frames: line.frames() }
  } catch (error) {
    if (error instanceof Unsure) return undefined
    throw error
  }
}

/** The others end with an AbortError when one of them fails: its own error is what counts. */
const isAbortOf = ({ signal }: AbortController, error: unknown): boolean =>
  signal.aborted && error instanceof Error && error.name === 'AbortError'
