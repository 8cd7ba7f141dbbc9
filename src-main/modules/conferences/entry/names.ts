import { randomUUID } from 'node:crypto'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { downsample, PAST } from '../../../engine/frame/resample.ts'
import type { Engine, EngineEvent } from '../../../engine/port.ts'
import type { Scope } from '../../../platform/scope.ts'

/** Records what callers say when they are asked for their names. */
export type Names = {
  /** Ends by itself after `maximumMs`. With the scope of the caller everything of it ends, and its files are gone. */
  readonly record: (request: { scope: Scope; legId: string; maximumMs: number }) => NameRecording
  readonly heard: (event: EngineEvent) => void
}

export type NameRecording = {
  /** Idempotent. */
  readonly stop: () => void
  /** Rejects when nothing could be recorded. */
  readonly done: Promise<RecordedName>
}

/** Raw samples at 8 kHz: signed, 16 bits, little endian, mono. */
export type RecordedName = {
  readonly path: string
  readonly ms: number
  /** Whoever takes the file over removes it: it does not go with the caller any more. */
  readonly handOver: () => void
}

type Done = Extract<EngineEvent, { event: 'record-done' }>

/** The samples of a wav file of the engine: 16 bits, mono, everything behind the head of the data chunk. */
const samplesIn = (wav: Buffer): Int16Array => {
  const start = wav.indexOf('data', 12, 'latin1') + 8
  const samples = new Int16Array((wav.length - start) >> 1)
  for (let i = 0; i < samples.length; i++) samples[i] = wav.readInt16LE(start + 2 * i)
  return samples
}

const halved = (samples: Int16Array): Int16Array => {
  const withPast = new Int16Array(PAST + samples.length)
  withPast.set(samples, PAST)
  const half = new Int16Array(samples.length >> 1)
  downsample(withPast, half)
  return half
}

const rawOf = (samples: Int16Array): Buffer => {
  const raw = Buffer.alloc(samples.length * 2)
  samples.forEach((sample, i) => raw.writeInt16LE(sample, 2 * i))
  return raw
}

/** `folder` is only for names: what an earlier run left there is removed. */
export const createNames = (deps: {
  engine: Pick<Engine, 'record' | 'stopRecord'>
  folder: string
}): Names => {
  const { engine, folder } = deps
  const running = new Map<string, (done: Done) => void>()
  let ready: Promise<unknown> | undefined

  const prepare = async () => {
    await rm(folder, { recursive: true, force: true })
    await mkdir(folder, { recursive: true })
  }

  const isReady = (): Promise<unknown> =>
    (ready ??= prepare().catch((error: unknown) => {
      // The next caller tries again.
      ready = undefined
      throw error
    }))

  return {
    record: ({ scope, legId, maximumMs }) => {
      const recordingId = randomUUID()
      const wav = join(folder, `${recordingId}.wav`)
      const path = join(folder, `${recordingId}.raw`)
      const ended = Promise.withResolvers<Done | undefined>()
      running.set(recordingId, ended.resolve)
      const stop = () => engine.stopRecord(recordingId).catch(() => undefined)

      const record = async (): Promise<RecordedName> => {
        await isReady()
        scope.signal.throwIfAborted()
        await engine.record({
          ...{ recordingId, of: { legId }, path: wav },
          maximumSeconds: maximumMs / 1000,
        })
        const how = await ended.promise
        if (!how || how.why === 'failed') throw new Error(how?.message ?? 'the caller has left')
        const samples = samplesIn(await readFile(wav))
        await writeFile(path, rawOf(how.rate === 16_000 ? halved(samples) : samples))
        await rm(wav)
        return { path, ms: (how.frames / how.rate) * 1000, handOver }
      }
      const done = record()
      const handOver = scope.add(async () => {
        await stop()
        running.delete(recordingId)
        ended.resolve(undefined)
        // Nothing is written behind what removes it.
        await done.catch(() => undefined)
        await rm(wav, { force: true })
        await rm(path, { force: true })
      })
      return { stop: () => void stop(), done }
    },
    heard: (event) => {
      if (event.event !== 'record-done') return
      running.get(event.recordingId)?.(event)
      running.delete(event.recordingId)
    },
  }
}
