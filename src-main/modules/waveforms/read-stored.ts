import { availableParallelism } from 'node:os'
import { missing, type StoredSamples } from '../audio/audio.ts'
import { createChunkStore } from './chunk-store.ts'
import { createChunkMaker, pushSamples } from './chunk.ts'
import { copyPath, isWorkingCopy, noAudio, pyramidPath, type PassContext } from './pass-context.ts'
import { createFile, type NewFile } from './pyramid-file.ts'
import { CHUNK_FRAMES, chunksOf } from './pyramid-layout.ts'
import { bytesOf, codingIn, readFrames, type Scanned, type ScanInput } from './stored.ts'

/** Makes the pyramid of samples our own code reads: of short files at once, of others in threads. */
export const readStored = async (
  context: PassContext,
  stored: StoredSamples,
  promisedFrames?: number,
) => {
  const { growth, isEditing, log } = context
  const { sampleRateHz, channels, frames } = stored
  const format = { sampleRateHz, channels, bits: codingIn(stored).bits }
  const wrong = missing({ format, frames }, promisedFrames)
  if (frames === 0) throw noAudio(wrong?.reason ?? 'it is empty')
  context.setStored(stored)
  const store = createChunkStore(pyramidPath(context), channels, log)
  const copy = isEditing && !isWorkingCopy(stored) ? await createFile(copyPath(context)) : undefined
  try {
    context.setStore(store)
    if (copy) context.setCopy(copy.path)
    growth.open(format, frames)
    const read = frames <= CHUNK_FRAMES ? readAtOnce : readInThreads
    await read(context, { stored, store, copy })
    await copy?.finish()
    if (copy) context.setCopy(copyPath(context))
    const reason = wrong && { reason: wrong.reason }
    await store.finish({ ...format, frames, stored, ...reason }, growth.summary())
    growth.finish(wrong?.reason)
  } finally {
    await copy?.dispose()
    await store.dispose()
  }
}

type Work = {
  stored: StoredSamples
  store: ReturnType<typeof createChunkStore>
  copy: NewFile | undefined
}

const readAtOnce = async (context: PassContext, { stored, store, copy }: Work) => {
  const { blobs, blob, growth } = context
  const { channels, frames } = stored
  const samples = await readFrames({ path: blobs.pathOf(blob), stored }, 0, frames)
  await copy?.write(bytesOf(samples), 0)
  const maker = createChunkMaker({ channels, bits: codingIn(stored).bits })
  const [whole] = pushSamples(maker, samples, channels)
  const made = whole ?? maker.finish()
  if (!made) return
  await store.put(0, made.bytes)
  growth.add(0, made)
}

const readInThreads = async (context: PassContext, { stored, store, copy }: Work) => {
  const { blobs, blob, growth, workers } = context
  const stop = new AbortController()
  const signal = AbortSignal.any([context.signal, stop.signal])
  const input: ScanInput = {
    path: blobs.pathOf(blob),
    stored,
    pyramid: await store.path(),
    copy: copy?.path,
    next: new Int32Array(new SharedArrayBuffer(4)),
  }
  const onMessage = (message: unknown) => {
    const { chunk, ...made } = message as Scanned
    growth.add(chunk, made)
  }
  const threads = Math.min(availableParallelism(), chunksOf(stored.frames))
  const running = Array.from({ length: threads }, () =>
    workers.run('waveforms.scan', input, { signal, onMessage }),
  )
  try {
    await Promise.all(running)
  } finally {
    // One that fails ends the others; nothing is written any more when this returns.
    stop.abort()
    await Promise.allSettled(running)
  }
}
