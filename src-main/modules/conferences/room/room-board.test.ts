import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { AskedBy } from '#contract/live-conferences'
import { conferenceOf, startRooms } from './test/fake-room.ts'

let stage: Awaited<ReturnType<typeof startRooms>>

beforeEach(async () => {
  stage = await startRooms()
})
afterEach(() => stage.dispose())

const three = async () => {
  const conference = conferenceOf()
  const [one, two] = [await stage.join(conference), await stage.join(conference)]
  const last = await stage.join(conference, { isModerator: true })
  stage.happened.length = 0
  return { room: stage.room(conference), one, two, last }
}
const commands = () => stage.happened.filter(({ event }) => event === 'command')

it('shows who does not hear whom, until that is cleared or one of them leaves', async () => {
  const { room, one, two, last } = await three()
  await room.relate(one.id, two.id, 'mute')
  await room.relate(one.id, two.id, 'deaf')
  await room.relate(two.id, one.id, 'mute')
  await room.relate(last.id, two.id, 'deaf')
  await room.relate(two.id, last.id, 'mute')
  await room.relate(two.id, last.id, 'clear')
  expect(room.relations()).toEqual([
    { participant_id: one.id, other_participant: two.id, relationship: 'deaf' },
    { participant_id: two.id, other_participant: one.id, relationship: 'mute' },
    { participant_id: last.id, other_participant: two.id, relationship: 'deaf' },
  ])

  one.leg.end()
  await expect
    .poll(room.relations)
    .toEqual([{ participant_id: last.id, other_participant: two.id, relationship: 'deaf' }])
})

it('shows no relation the engine did not make', async () => {
  const { room, one, two } = await three()
  vi.spyOn(stage.engine, 'relate').mockRejectedValue(new Error('no'))
  await expect(room.relate(one.id, two.id, 'mute')).rejects.toThrow('no')
  expect(room.relations()).toEqual([])
})

it('knows since when somebody is quiet', async () => {
  const { one } = await three()
  const { participant } = one
  const talk = (event: 'start-talking' | 'stop-talking') =>
    stage.engine.happens({ event, legId: one.leg.legId })
  expect(participant.quietSinceMs).toBeUndefined()
  talk('start-talking')
  expect(participant.quietSinceMs).toBeUndefined()
  stage.pass(3000)
  talk('stop-talking')
  const ended = participant.quietSinceMs
  stage.pass(5000)
  expect(participant.quietSinceMs).toBe(ended)
  expect(ended).toBe(participant.joinedMs + 3000)
})

it('says who asked in every command, and in none that nobody asked', async () => {
  const { room, one, two } = await three()
  const by: AskedBy = { kind: 'user', user_id: 'u', name: 'Grace' }
  const asked = room.as(by)
  asked.lock()
  asked.unlock()
  await asked.setSpeak([one.id, two.id], false)
  await asked.setHear([one.id], false)
  await asked.relate(one.id, two.id, 'mute')
  await asked.startRecording()
  await asked.play('news', two.id)
  await asked.bookmark('here')
  await asked.kick([two.id])
  room.lock()

  const told = [...commands(), ...stage.happened.filter(({ event }) => event === 'bookmark')]
  expect(told.map((event) => 'by' in event && event.by)).toEqual([
    ...Array.from({ length: 9 }, () => by),
    false,
    by,
  ])
})

it('names a participant as who asked for what it changes with its keys', async () => {
  const { one } = await three()
  one.leg.dials('0')
  await expect.poll(commands).toMatchObject([
    {
      application_name: 'mute_participant',
      participant_id: one.id,
      by: { kind: 'participant', participant_id: one.id, name: one.leg.party.name },
    },
  ])
})
