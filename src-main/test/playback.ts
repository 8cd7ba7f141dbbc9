import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ObjectEvent } from '#contract/events'
import type { Playable, Rate } from '../engine/port.ts'
import { createAudio } from '../modules/audio/audio.ts'
import { createMedia } from '../modules/media/media.ts'
import { createPlayback, type Audible, type PlaybackDeps } from '../modules/playback/playback.ts'
import { createSettings } from '../modules/settings/settings.ts'
import { createEspeak } from '../modules/speech/espeak.ts'
import { createSpeech } from '../modules/speech/speech.ts'
import { openBlobs } from '../platform/blobs/blobs.ts'
import { systemClock } from '../platform/clock.ts'
import { createDocuments } from '../platform/documents/documents.ts'
import { createBus } from '../platform/events/bus.ts'
import { createValidator } from '../platform/http/validate.ts'
import { createLog, silentLog } from '../platform/log.ts'
import { createProcesses, type Processes } from '../platform/process/process.ts'
import { createScope } from '../platform/scope.ts'
import { openDatabase } from '../platform/sqlite/sqlite.ts'

export const account = 'a'.repeat(32)
export const stranger = 'b'.repeat(32)

/** Real SQLite, blobs, sox and speech on a folder of its own. */
export const startPlayback = async (more: Partial<PlaybackDeps> = {}) => {
  const scope = createScope('test')
  const dataDir = await mkdtemp(join(tmpdir(), 'patchbay-playback-'))
  const db = openDatabase({ path: join(dataDir, 'db.sqlite'), log: silentLog })
  scope.add(db.close)
  const blobs = await openBlobs({ folder: join(dataDir, 'blobs'), log: silentLog })
  const real = createProcesses({ scope: scope.child('processes'), log: silentLog })
  const soxRuns: string[] = []
  const processes: Processes = {
    ...real,
    run: (request) => {
      if (request.tool === 'sox') soxRuns.push(request.args.join(' '))
      return real.run(request)
    },
  }
  const lines: string[] = []
  const log = createLog({ write: (line) => void lines.push(line) })
  const events = createBus<ObjectEvent>(() => undefined)
  const settings = createSettings({ db, events })
  const documents = createDocuments({ db, clock: systemClock })
  const validator = createValidator()
  const audio = createAudio({ processes, log: silentLog })
  const speech = createSpeech({ engine: createEspeak({ processes }), log: silentLog })
  const media = createMedia({
    ...{ db, documents, blobs, audio, speech, validator, events, log: silentLog },
    settings: settings.get,
  })
  const folder = join(dataDir, 'playback')
  const open = () =>
    createPlayback({
      ...{ scope, media, blobs, audio, processes, speech, log, folder },
      accountLanguage: () => undefined,
      defaultLanguage: () => 'en-us',
      allowPrivate: () => true,
      ...more,
    })
  const playback = await open()

  const upload = (bytes: Buffer) => ({ bytes, contentType: 'audio/x-wav', filename: 'f.wav' })
  const put = (library: string, language: string, bytes: Buffer, promptId = 'conf-welcome') =>
    media.putTranslation({
      ...{ accountId: library, language, promptId, description: 'd', origin: 't' },
      upload: upload(bytes),
    })
  const add = async (library: string, bytes: Buffer) => {
    const input = {
      name: 'm',
      media_source: 'upload',
      language: 'en-us',
      streamable: true,
    } as const
    const { document } = await media.create(library, input, 't', { upload: upload(bytes) })
    return document.id
  }
  const prepare = (items: readonly Audible[], language = 'fr-fr', rate: Rate = 8000) =>
    playback.prepare({ accountId: account, language, rate, items })

  const encode = async (wav: Buffer, type: string): Promise<Buffer> => {
    const args = ['-t', 'wav', '-', '-t', type, '-']
    const request = { tool: 'sox', command: 'sox', args, input: wav, deadlineMs: 30_000 }
    return (await real.run(request)).stdout
  }

  /** The one item of what is prepared, and what is wrong with it. */
  const only = async (audible: Audible, language?: string, rate?: Rate) => {
    const prepared = await prepare([audible], language, rate)
    prepared.release()
    return { item: prepared.items[0], problem: prepared.problems[0]?.message, ...prepared }
  }

  return {
    ...{
      scope,
      dataDir,
      folder,
      media,
      playback,
      soxRuns,
      lines,
      open,
      put,
      add,
      prepare,
      only,
      encode,
    },
    files: async () => (await readdir(folder)).sort(),
    dispose: async () => {
      await scope.dispose()
      await rm(dataDir, { recursive: true })
    },
  }
}

export type PlaybackBench = Awaited<ReturnType<typeof startPlayback>>

/** Samples of a prepared file. */
export const samplesOf = async (item: Playable | undefined): Promise<Int16Array> => {
  if (item?.kind !== 'pcm') throw new Error(`no file: ${JSON.stringify(item)}`)
  const bytes = await readFile(item.path)
  return new Int16Array(new Uint8Array(bytes).buffer)
}

/** Frequency of a tone by its zero crossings, rounded to 10 Hz. */
export const pitch = async (item: Playable | undefined): Promise<number> => {
  const samples = await samplesOf(item)
  let crossings = 0
  samples.forEach((sample, at) => {
    if (at > 0 && sample >= 0 && samples[at - 1]! < 0) crossings += 1
  })
  const rate = item?.kind === 'pcm' ? item.rate : 8000
  return Math.round((crossings * rate) / samples.length / 10) * 10
}
