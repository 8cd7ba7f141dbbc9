import { access, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { conferenceOf, startRooms } from './test/fake-room.ts'

let stage: Awaited<ReturnType<typeof startRooms>>

beforeEach(async () => {
  stage = await startRooms()
})
afterEach(() => stage.dispose())

it('tells who is alone so, and plays music until a second one comes', async () => {
  const conference = conferenceOf({ profile: { 'moh-sound': 'music' } })
  await stage.join(conference)
  expect(await stage.heard()).toEqual(['prompt:conf-alone'])
  expect(stage.loops()).toMatchObject([
    {
      loop: true,
      queued: false,
      items: [{ path: 'media:music' }],
      to: { roomId: expect.any(String) },
    },
  ])

  const two = await stage.join(conference)
  await expect.poll(() => stage.loops()).toEqual([])
  expect(await stage.heard()).toEqual([])

  two.leg.end()
  await expect.poll(() => stage.heard()).toEqual(['prompt:conf-alone'])
  await expect.poll(() => stage.loops().length).toBe(1)
})

it('reminds now and then of music that is missing', async () => {
  stage.playback.missing.add('music')
  await stage.join(conferenceOf({ profile: { 'moh-sound': 'music', 'alone-sound': '' } }))
  await expect.poll(() => stage.loops()).toMatchObject([{ items: [{ path: 'now and then' }] }])
  expect(stage.notes).toEqual(['music: nothing is there'])
})

it('keeps music from who wants none, and pauses it while something else plays', async () => {
  const conference = conferenceOf({ profile: { 'moh-sound': 'music', 'alone-sound': '' } })
  const quiet = await stage.join(conference, { flags: ['disable_moh'] })
  expect(await stage.heard()).toEqual([])
  expect(stage.loops()).toEqual([])

  await stage.join(conference)
  quiet.leg.end()
  await expect.poll(() => stage.loops().length).toBe(1)
  await stage.room(conference).play('news')
  await expect.poll(() => stage.loops()).toEqual([])
  expect(await stage.heard()).toEqual(['media:news'])
  expect(stage.loops()).toHaveLength(1)
})

it('stops saying that somebody is alone when that is over', async () => {
  const conference = conferenceOf()
  await stage.join(conference)
  await expect.poll(() => stage.engine.playing.length).toBe(1)
  await stage.join(conference)
  await expect.poll(() => stage.engine.playing.length).toBe(0)
})

it('plays tones for who comes and goes, as the document says', async () => {
  const tones = async (input: Record<string, unknown>) => {
    const conference = conferenceOf(
      { play_entry_tone: undefined, play_exit_tone: undefined, ...input },
      { id: JSON.stringify(input) },
    )
    await stage.join(conference)
    await stage.heard()
    const second = await stage.join(conference)
    const entry = await stage.heard()
    second.leg.end()
    const exit = await stage.heard()
    return [entry[0], exit.find((item) => item !== 'prompt:conf-alone')]
  }

  expect(await tones({})).toEqual(['tones', 'tones'])
  expect(await tones({ play_entry_tone: true, play_exit_tone: false })).toEqual([
    'tones',
    undefined,
  ])
  expect(await tones({ profile: { 'enter-sound': 'ding', 'exit-sound': 'dong' } })).toEqual([
    'media:ding',
    'media:dong',
  ])
  expect(
    await tones({ play_entry_tone: '%(100,0,400)', play_exit_tone: 'http://sounds.example/a.wav' }),
  ).toEqual(['tones', 'media:http://sounds.example/a.wav'])
})

it('announces names, and removes them when they were heard for the last time', async () => {
  const conference = conferenceOf({ play_name: true })
  const path = join(stage.folder, 'name.raw')
  await writeFile(path, Buffer.alloc(160))
  await stage.join(conference)
  await stage.heard()

  const { leg } = await stage.join(conference, { namePath: path })
  expect(await stage.heard()).toEqual([`file:${path}`, 'prompt:conf-has_joined'])
  leg.end()
  const left = [`file:${path}`, 'prompt:conf-has_left', 'prompt:conf-alone']
  await expect.poll(() => stage.heard()).toEqual(left)
  await expect.poll(() => access(path).catch(() => 'gone')).toBe('gone')
})

it('says how many others there are from more than the threshold on', async () => {
  const conference = conferenceOf({ profile: { 'announce-count': 1, 'alone-sound': '' } })
  await stage.join(conference)
  expect(await stage.heard()).toEqual([])
  await stage.join(conference)
  expect(await stage.heard()).toEqual(['prompt:conf-single'])
  await stage.join(conference, { flags: ['ghost'] })
  expect(await stage.heard()).toEqual([])
  await stage.join(conference)
  expect(await stage.heard()).toEqual([
    'prompt:conf-there_are',
    'number:2',
    'prompt:conf-other_participants',
  ])

  const above = { profile: { 'announce-count': 2, 'alone-sound': '' } }
  const other = conferenceOf(above, { id: 'd'.repeat(32) })
  await stage.join(other)
  await stage.join(other)
  expect(await stage.heard()).toEqual([])
  await stage.join(other)
  expect(await stage.heard()).toContain('number:2')
})

it('tells who joins muted or deaf so, after the room has heard who came', async () => {
  const conference = conferenceOf({
    ...{ member: { join_muted: true, join_deaf: true }, play_entry_tone: '%(100,0,400)' },
    profile: { 'muted-sound': 'hush', 'alone-sound': '' },
  })
  const { leg } = await stage.join(conference)
  await expect.poll(() => stage.engine.playing.length).toBe(1)
  expect(stage.engine.playing[0]?.to).toHaveProperty('roomId')
  stage.engine.played()
  await expect.poll(() => stage.engine.playing[0]?.to).toEqual({ legId: leg.legId })

  expect(await stage.heard()).toEqual(['media:hush', 'prompt:conf-deaf'])
})

it('notes what could not be played, and goes on', async () => {
  stage.playback.missing.add('conf-alone')
  await stage.join(conferenceOf())
  await stage.heard()

  expect(stage.notes).toEqual(['conf-alone: nothing is there'])
})

it('lets go of everything it had ready when the room ends in the middle of it', async () => {
  const { leg } = await stage.join(conferenceOf({ profile: { 'moh-sound': 'music' } }))
  await stage.heard()
  await expect.poll(() => stage.playback.held()).toBe(1)
  leg.end()
  await expect.poll(() => stage.playback.held()).toBe(0)
})

it('does not make a room listen to a tone for everybody of a crowd, nor for who waits for a long play', async () => {
  const conference = conferenceOf({ play_entry_tone: 'ding', profile: { 'alone-sound': '' } })
  await stage.join(conference)
  expect(await stage.heard()).toEqual(['media:ding'])
  await stage.room(conference).play('speech')
  for (let one = 0; one < 20; one += 1) await stage.join(conference)
  await expect.poll(() => stage.engine.playing.length).toBe(2)
  expect(stage.engine.playing).toMatchObject([{ queued: true }, { queued: false }])

  expect((await stage.heard()).filter((item) => item === 'media:ding')).toHaveLength(3)
  await stage.join(conference)
  expect(await stage.heard()).toEqual(['media:ding'])
})
