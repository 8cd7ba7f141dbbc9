import { expect, it } from 'vitest'
import { attendanceOf } from './attendance.ts'
import type { Moment } from './moment.ts'

const moment = (atMs: number, event: string, id = 1, more: object = {}): Moment =>
  ({
    ...{ kind: 'event', id: `${atMs} ${event}`, atMs, asked: undefined },
    event: {
      ...{ event, instance_id: 'i', participant_id: id, is_moderator: false },
      ...{ caller_id_name: id === 1 ? 'Ann' : 'Bob', caller_id_number: `100${id}`, ...more },
    },
  }) as unknown as Moment

it('says who was there from when to when, and adds up what they talked', () => {
  const people = attendanceOf(
    [
      moment(0, 'add-member', 1, { is_moderator: true }),
      moment(1000, 'add-member', 2),
      moment(2000, 'start-talking'),
      moment(5000, 'stop-talking'),
      moment(6000, 'start-talking'),
      moment(7000, 'del-member'),
    ],
    20_000,
  )
  expect(people).toMatchObject([
    { name: 'Ann', isModerator: true, joinedMs: 0, leftMs: 7000, talkedMs: 4000, turns: 2 },
    { name: 'Bob', isModerator: false, joinedMs: 1000, leftMs: undefined, talkedMs: 0, turns: 0 },
  ])
})

it('counts talking that goes on until now', () => {
  const people = attendanceOf([moment(0, 'add-member'), moment(1000, 'start-talking')], 4000)
  expect(people).toMatchObject([{ talkedMs: 3000 }])
})

it('lets everybody leave when the conference ends, also where nobody heard them leave', () => {
  const end = {
    ...moment(9000, 'conference-destroy'),
    event: { event: 'conference-destroy', instance_id: 'i' },
  } as unknown as Moment
  const people = attendanceOf([moment(0, 'add-member'), moment(1000, 'start-talking'), end], 20_000)
  expect(people).toMatchObject([{ leftMs: 9000, talkedMs: 8000 }])
})
