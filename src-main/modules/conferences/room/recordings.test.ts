import { cp, mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { EngineError } from '../../../engine/port.ts'
import { conferenceOf, startRooms } from './test/fake-room.ts'
import { openLibrary } from './test/library.ts'

let library: Awaited<ReturnType<typeof openLibrary>>
let stage: Awaited<ReturnType<typeof startRooms>>
let folder: string

const start = (recordingsDir = folder) => {
  const { media, blobs } = library
  return startRooms({ media, blobs, recordingsDir })
}

beforeAll(async () => {
  library = await openLibrary()
})
afterAll(() => library.dispose())
beforeEach(async () => {
  folder = join(library.folder, `recordings-${Math.random()}`)
  await mkdir(folder)
  stage = await start()
})

const recordings = (accountId = 'account') =>
  library.media
    .list(accountId, { paginate: 'false' })
    .items.map(({ id }) => library.media.get(accountId, id).document as Record<string, unknown>)

afterEach(async () => {
  await stage.dispose()
  for (const { id } of recordings())
    await library.media.remove({
      ...{ accountId: 'account', id: String(id) },
      origin: '',
      hard: true,
    })
})

it('becomes a media document of the account when it is stopped', async () => {
  const conference = conferenceOf({ name: 'Weekly' })
  await stage.join(conference)
  const room = stage.room(conference)
  expect(room.isRecording).toBe(false)
  await Promise.all([room.startRecording(), room.startRecording()])
  await room.startRecording()
  expect(room.isRecording).toBe(true)
  const id = await room.stopRecording()

  expect(recordings()).toMatchObject([
    {
      id,
      name: expect.stringMatching(/^Weekly 2026-11-2\d \d\d:05$/),
      description: 'Recording of the conference Weekly',
      media_source: 'recording',
      conference_id: conference.id,
      conference_instance_id: room.instanceId,
      content_type: 'audio/x-wav',
      _read_only: {
        file: { audio: { playable: true, duration_ms: 1000, sample_rate_hz: 16_000 } },
      },
    },
  ])
  expect(room.isRecording).toBe(false)
  expect(stage.names()).toEqual([
    ...['conference-create', 'add-member', 'start-recording', 'stop-recording'],
  ])
  expect(await readdir(folder)).toEqual([])
})

it('refuses to stop what is not recorded', async () => {
  const conference = conferenceOf()
  await stage.join(conference)
  await expect(stage.room(conference).stopRecording()).rejects.toMatchObject({
    code: 'validation',
  })
})

it('is saved when the room ends, before the conference is told to be over', async () => {
  const conference = conferenceOf()
  const { leg } = await stage.join(conference)
  await stage.room(conference).startRecording()
  leg.end()

  await expect.poll(() => recordings().length).toBe(1)
  expect(stage.names().slice(-2)).toEqual(['stop-recording', 'conference-destroy'])
})

it('is saved when the server stops', async () => {
  const conference = conferenceOf()
  await stage.join(conference)
  await stage.room(conference).startRecording()
  await stage.rooms.close()

  expect(recordings()).toHaveLength(1)
})

it('is saved as far as it came when the engine is gone', async () => {
  const conference = conferenceOf()
  const { leg } = await stage.join(conference)
  await stage.room(conference).startRecording()
  const gone = () => Promise.reject(new EngineError('gone', 'the thread died'))
  Object.assign(stage.engine, { leave: gone, stopRecord: gone, stopPlay: gone, closeRoom: gone })
  stage.engine.happens({ event: 'failed', message: 'the thread died' })
  leg.end()

  await expect
    .poll(() => recordings())
    .toMatchObject([{ _read_only: { file: { audio: { duration_ms: 1000 } } } }])
  await stage.rooms.close()
  expect(await readdir(folder)).toEqual([])
})

it('says why it ended when nobody ended it', async () => {
  const conference = conferenceOf()
  await stage.join(conference)
  await stage.room(conference).startRecording()
  const [recordingId = ''] = stage.engine.recording
  const done = { event: 'record-done', recordingId, frames: 16_000, rate: 16_000 } as const
  stage.engine.happens({ ...done, why: 'failed', message: 'The disk is full.' })

  await expect.poll(() => stage.notes).toContain('The recording has ended: The disk is full.')
  expect(stage.room(conference).isRecording).toBe(false)
})

it('ends by itself at its limit, and can be started again', async () => {
  const conference = conferenceOf()
  await stage.join(conference)
  const room = stage.room(conference)
  await room.startRecording()
  const [recordingId = ''] = stage.engine.recording
  stage.engine.happens({
    ...{ event: 'record-done', recordingId, frames: 16_000, rate: 16_000, why: 'limit' },
  })
  await expect.poll(() => recordings().length).toBe(1)
  expect(room.isRecording).toBe(false)
  await room.startRecording()
  expect(room.isRecording).toBe(true)
})

const leftBehind = (id: string, name = 'Crashed') =>
  JSON.stringify({
    ...{ recordingId: id, accountId: 'account', conferenceId: 'c', instanceId: 'i', name },
    startedMs: 0,
  })

it('is brought in by the next start when the process was killed, and only once', async () => {
  const conference = conferenceOf({ name: 'Crashed' })
  await stage.join(conference)
  await stage.room(conference).startRecording()
  // What a killed process leaves: the files as they are now.
  const killed = `${folder}-killed`
  await cp(folder, killed, { recursive: true })
  const next = await start(killed)
  await expect.poll(() => readdir(killed)).toEqual([])
  expect(recordings()).toMatchObject([
    {
      name: expect.stringContaining('Crashed'),
      _read_only: { file: { audio: { playable: true, duration_ms: 1000 } } },
    },
  ])
  await next.dispose()

  // Killed between the library's commit and the removal of the file.
  await cp(folder, killed, { recursive: true })
  const third = await start(killed)
  await expect.poll(() => readdir(killed)).toEqual([])
  expect(recordings()).toHaveLength(1)
  await third.dispose()
})

it('leaves nothing of a recording without sound, and keeps what it cannot read', async () => {
  const [empty, broken] = ['e'.repeat(32), 'f'.repeat(32)]
  await writeFile(join(folder, `${empty}.json`), leftBehind(empty))
  await writeFile(join(folder, `${broken}.json`), leftBehind(broken))
  await writeFile(join(folder, `${broken}.wav`), Buffer.alloc(100_000, 7))
  const next = await start()

  await expect.poll(() => readdir(folder)).toEqual([`${broken}.json`, `${broken}.wav`])
  expect(recordings()).toEqual([])
  await next.dispose()
})

it('takes the bookmarks made while it ran along, also over a crash', async () => {
  const conference = conferenceOf({ name: 'Marked' })
  await stage.join(conference)
  const room = stage.room(conference)
  await room.bookmark('nothing is recorded yet')
  await room.startRecording()
  stage.pass(1500)
  const [first] = await Promise.all([room.bookmark('first'), room.bookmark('second')])
  expect(first).toMatchObject({ recording_ms: 1500, text: 'first' })

  const killed = `${folder}-killed`
  await cp(folder, killed, { recursive: true })
  await room.stopRecording()
  const bookmarks = [
    { at_ms: 1500, text: 'first' },
    { at_ms: 1500, text: 'second' },
  ]
  expect(recordings()).toMatchObject([{ bookmarks }])
  expect(await readdir(folder)).toEqual([])

  await library.media.remove({
    ...{ accountId: 'account', id: String(recordings()[0]?.id), origin: '', hard: true },
  })
  const next = await start(killed)
  await expect.poll(() => readdir(killed)).toEqual([])
  expect(recordings()).toMatchObject([{ bookmarks }])
  await next.dispose()
})
