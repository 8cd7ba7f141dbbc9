import { constants } from 'node:fs'
import { access, copyFile, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { MediaInput } from '#contract/media'
import type { Engine, EngineEvent } from '../../../engine/port.ts'
import type { Blobs } from '../../../platform/blobs/blobs.ts'
import type { Clock } from '../../../platform/clock.ts'
import { newId } from '../../../platform/documents/documents.ts'
import type { Log } from '../../../platform/log.ts'
import type { Media } from '../../media/media.ts'
import { completeWav } from './recording-file.ts'
import type { Conference } from './types.ts'

/**
 * Recordings of rooms, from the engine's file to a media document. What a recording is of is on disk before its first
 * frame, so that one which was interrupted is brought in by the next start.
 */
export type Recordings = {
  /** Brings in what was left behind. */
  readonly recover: () => Promise<void>
  readonly start: (conference: Conference, instanceId: string) => Promise<Recording>
  readonly heard: (event: EngineEvent) => void
}

export type Recording = {
  readonly recordingId: string
  /** Milliseconds since 1970. */
  readonly startedMs: number
  /** A bookmark at this moment: resolves, once it is on disk, with the milliseconds since it began. */
  readonly mark: (text: string) => Promise<number>
  /** Resolves with the id of the media document. When it cannot be saved its file waits for the next start. */
  readonly stop: () => Promise<string>
  /** When it ended by itself: with why, for people. Never rejects. */
  readonly ended: Promise<string>
}

/** 24 hours: at 16 kHz 2.8 GB, which a wav file can hold. */
const MAXIMUM_SECONDS = 86_400

/** What the engine does not say itself. */
const reasons = {
  failed: 'The engine could not go on.',
  limit: 'It is as long as it may be.',
  stopped: 'The engine stopped it.',
} as const

type Facts = {
  readonly recordingId: string
  readonly accountId: string
  readonly conferenceId: string
  readonly instanceId: string
  readonly name: string
  readonly startedMs: number
  /** What recordings of former versions do not have. */
  readonly bookmarks?: readonly Bookmark[]
}

/** As a key of the media document: the editor makes markers of them. */
type Bookmark = { readonly at_ms: number; readonly text: string }

const two = (value: number): string => String(value).padStart(2, '0')

/** `2026-11-21 19:05`, as the clock on the wall shows it. */
const localTime = (ms: number): string => {
  const at = new Date(ms)
  const day = [at.getFullYear(), two(at.getMonth() + 1), two(at.getDate())].join('-')
  return `${day} ${two(at.getHours())}:${two(at.getMinutes())}`
}

const documentOf = (facts: Facts): MediaInput & Record<string, unknown> => {
  const { name, conferenceId, recordingId } = facts
  const time = localTime(facts.startedMs)
  return {
    name: `${name.slice(0, 127 - time.length)} ${time}`,
    description: `Recording of the conference ${name}`.slice(0, 128),
    media_source: 'recording',
    streamable: true,
    source_type: 'conference',
    source_id: recordingId,
    conference_id: conferenceId,
    conference_instance_id: facts.instanceId,
    ...(facts.bookmarks && { bookmarks: [...facts.bookmarks] }),
  }
}

export const createRecordings = (deps: {
  engine: Engine
  media: Pick<Media, 'create' | 'list'>
  blobs: Pick<Blobs, 'newPath'>
  clock: Clock
  log: Log
  /** Of the data folder: what is not yet in the library. */
  folder: string
}): Recordings => {
  const { engine, media, blobs, clock, log, folder } = deps
  const endings = new Map<string, (why: string) => void>()
  const audioOf = (id: string) => join(folder, `${id}.wav`)
  const factsOf = (id: string) => join(folder, `${id}.json`)

  const forget = async (id: string) => {
    await rm(audioOf(id), { force: true })
    await rm(factsOf(id), { force: true })
  }

  /** Whatever happens meanwhile, there is one whole file. */
  const writeFacts = async (facts: Facts) => {
    const fresh = join(folder, `${facts.recordingId}.new`)
    await writeFile(fresh, JSON.stringify(facts), { mode: 0o600, flush: true })
    await rename(fresh, factsOf(facts.recordingId))
  }

  const bringIn = async (facts: Facts): Promise<string> => {
    const { accountId, recordingId: id } = facts
    await completeWav(audioOf(id))
    // The library moves a file, and a crash before its row is written would lose it.
    const path = blobs.newPath()
    await copyFile(audioOf(id), path, constants.COPYFILE_FICLONE)
    const upload = { path, contentType: 'audio/x-wav', filename: `${id}.wav` }
    const { document } = await media.create(accountId, documentOf(facts), id, { upload })
    await forget(id)
    return document.id
  }

  const recoverOne = async (id: string) => {
    const facts = JSON.parse(await readFile(factsOf(id), 'utf8')) as Facts
    const known = media.list(facts.accountId, { filter_source_id: id }).items
    const isThere = await access(audioOf(id)).then(
      () => true,
      () => false,
    )
    const content = isThere ? await completeWav(audioOf(id)) : 'empty'
    if (content === 'something else') throw new Error('this is no wav file')
    if (known.length > 0 || content === 'empty') await forget(id)
    else await bringIn(facts)
    log.info('looked at an interrupted recording', { recording: id, content })
  }

  return {
    recover: async () => {
      await mkdir(folder, { recursive: true, mode: 0o700 })
      const names = await readdir(folder)
      for (const name of names.filter((each) => each.endsWith('.json'))) {
        await recoverOne(name.slice(0, -'.json'.length)).catch((error: unknown) =>
          log.error('an interrupted recording stays on disk', { file: name, error }),
        )
      }
    },
    start: async (conference, instanceId) => {
      const id = newId()
      const { accountId, document } = conference
      let facts: Facts = {
        ...{ recordingId: id, accountId, conferenceId: conference.id, instanceId },
        name: document.name ?? conference.id,
        startedMs: clock.nowMs(),
      }
      await mkdir(folder, { recursive: true, mode: 0o700 })
      await writeFacts(facts)
      const ending = Promise.withResolvers<string>()
      endings.set(id, ending.resolve)
      try {
        await engine.record({
          recordingId: id,
          of: { roomId: instanceId },
          path: audioOf(id),
          maximumSeconds: MAXIMUM_SECONDS,
        })
      } catch (error) {
        endings.delete(id)
        await forget(id)
        throw error
      }
      const startedMs = clock.nowMs()
      let written = Promise.resolve()
      return {
        ...{ recordingId: id, startedMs, ended: ending.promise },
        mark: async (text) => {
          const at = Math.max(0, clock.nowMs() - startedMs)
          facts = { ...facts, bookmarks: [...(facts.bookmarks ?? []), { at_ms: at, text }] }
          const write = () => writeFacts(facts)
          written = written.then(write, write)
          await written
          return at
        },
        stop: async () => {
          endings.delete(id)
          // Unknown when it ended by itself, gone with the engine: what was written is there.
          await engine.stopRecord(id).catch(() => undefined)
          await written.catch(() => undefined)
          return bringIn(facts)
        },
      }
    },
    heard: (event) => {
      if (event.event !== 'record-done') return
      const { recordingId, why, message = reasons[why] } = event
      if (why === 'failed') log.error('a recording failed', { recording: recordingId, message })
      endings.get(recordingId)?.(message)
      endings.delete(recordingId)
    },
  }
}
