import { availableParallelism } from 'node:os'
import { AppError } from '../../platform/errors.ts'
import { missing, type DecodeFailure, type Opened, type PcmFormat } from '../audio/audio.ts'
import { createChunkStore, type ChunkStore } from './chunk-store.ts'
import { createChunkMaker, pushSamples, type Chunk } from './chunk.ts'
import { decodeInLanes } from './mpeg-lanes.ts'
import { copyPath, noAudio, pyramidPath, type PassContext } from './pass-context.ts'
import { createFile, type NewFile } from './pyramid-file.ts'
import { bytesOf, type Samples } from './stored.ts'

/** As long as it takes: a day of audio on a slow machine. The scope ends it earlier. */
export const DECODE_DEADLINE_MS = 6 * 3_600_000

/** What holds every sample that sox makes of it: more than 16 bits only where the file has more. */
export const bitsOf = ({ container: { container, encoding, bits, isRiff } }: Opened): 16 | 32 => {
  if (bits !== undefined) return bits > 16 ? 32 : 16
  return encoding === 'flac' || (container === 'wav' && !isRiff) ? 32 : 16
}

/** Why nothing could be decoded, as a refusal. */
export const refusalOf = (failure: DecodeFailure | undefined): AppError =>
  failure?.isToolMissing
    ? new AppError('tool_missing', { message: failure.reason })
    : noAudio(failure?.reason ?? 'it is empty')

/** Where everything goes that is decoded. */
const createSink = (context: PassContext, bits: 16 | 32, copy: NewFile | undefined) => {
  const { growth, log } = context
  let store: ChunkStore | undefined
  let format: PcmFormat | undefined

  const place = () => {
    if (!store || !format) throw new Error('nothing was decoded yet')
    return { store, format }
  }
  return {
    open: (found: PcmFormat, framesExpected?: number) => {
      if (store) return // by an attempt before this one
      format = found
      store = createChunkStore(pyramidPath(context), found.channels, log)
      context.setStore(store)
      if (copy) context.setCopy(copy.path)
      growth.open({ ...found, bits }, framesExpected)
    },
    keep: async (samples: Samples, at: number) => {
      await copy?.write(bytesOf(samples), (at * place().format.channels * bits) / 8)
    },
    write: (chunk: number, { bytes }: Chunk) => place().store.put(chunk, bytes),
    publish: (chunk: number, made: Chunk) => growth.add(chunk, made),
    format: () => format,
    store: () => store,
  }
}

type Sink = ReturnType<typeof createSink>

/** From beginning to end through one sox. */
const decodeSerially = async (
  context: PassContext,
  { opened, bits, sink }: { opened: Opened; bits: 16 | 32; sink: Sink },
): Promise<{ frames: number; failure?: DecodeFailure }> => {
  const { audio, blobs, blob, signal } = context
  const { container, promisedFrames } = opened
  const source = { path: blobs.pathOf(blob) }
  const from = { source, container, bits, signal, deadlineMs: DECODE_DEADLINE_MS }
  let frames = 0
  let chunk = 0
  let finish = (): Chunk | undefined => undefined
  const put = async (made: Chunk) => {
    await sink.write(chunk, made)
    sink.publish(chunk, made)
    chunk += 1
  }
  const failure = await audio.decode(from, (format) => {
    sink.open(format, promisedFrames)
    const maker = createChunkMaker({ channels: format.channels, bits })
    finish = maker.finish
    return async (block) => {
      await sink.keep(block, frames)
      frames += block.length / format.channels
      for (const made of pushSamples(maker, block, format.channels)) await put(made)
    }
  })
  const rest = finish()
  if (rest && !failure?.wasKilled) await put(rest)
  return failure ? { frames, failure } : { frames }
}

/** On all cores where that is possible; undefined where it is not, or not certain to be the same. */
const decodeSideBySide = async (
  context: PassContext,
  { opened, bits, sink }: { opened: Opened; bits: 16 | 32; sink: Sink },
) => {
  const { audio, blobs, blob, signal } = context
  const { container } = opened
  const lanes = availableParallelism()
  if (container.container !== 'mp3' || lanes < 2) return undefined
  const path = blobs.pathOf(blob)
  const table = await audio.mpegTable(path)
  if (!table) return undefined
  const from = { container, bits, signal, deadlineMs: DECODE_DEADLINE_MS }
  const expected = table.frames * table.samplesPerFrame
  const open = (format: PcmFormat) => sink.open(format, expected)
  return decodeInLanes({ decode: audio.decode, from, path, table, lanes }, { ...sink, open })
}

/** Makes the pyramid of what sox decodes. */
export const readDecoded = async (context: PassContext, opened: Opened) => {
  const { growth, isEditing } = context
  const bits = bitsOf(opened)
  const copy = isEditing ? await createFile(copyPath(context)) : undefined
  const sink = createSink(context, bits, copy)
  try {
    const how = { opened, bits, sink }
    const heard: { frames: number; failure?: DecodeFailure } =
      (await decodeSideBySide(context, how)) ?? (await decodeSerially(context, how))
    const format = sink.format()
    const store = sink.store()
    const wrong = missing({ ...heard, ...(format && { format }) }, opened.promisedFrames)
    if (!format || !store || heard.frames === 0 || heard.failure?.wasKilled) throw refusalOf(wrong)
    await copy?.finish()
    if (copy) context.setCopy(copyPath(context))
    const reason = wrong && { reason: wrong.reason }
    const header = { ...format, bits, frames: heard.frames, ...reason }
    await store.finish(header, growth.summary())
    growth.finish(wrong?.reason)
  } finally {
    await copy?.dispose()
    await sink.store()?.dispose()
  }
}
