import { callerName } from './names.ts'
import type { Moment } from './moment.ts'

/** One call of somebody, from joining to leaving. */
export type Attendance = {
  readonly id: string
  readonly name: string
  readonly number: string
  readonly isModerator: boolean
  /** Undefined where it was before what is on record. */
  readonly joinedMs: number | undefined
  /** Undefined while they are there. */
  readonly leftMs: number | undefined
  readonly talkedMs: number
  readonly turns: number
}

type Open = { -readonly [K in keyof Attendance]: Attendance[K] } & { since: number | undefined }

/** Who was there, in the order they came, and how much they talked until `untilMs`. Moments are oldest first. */
export const attendanceOf = (
  moments: readonly Moment[],
  untilMs: number,
): readonly Attendance[] => {
  const people = new Map<string, Open>()
  const endTurn = (person: Open, atMs: number) => {
    if (person.since !== undefined) person.talkedMs += Math.max(0, atMs - person.since)
    person.since = undefined
  }
  const endAll = (atMs: number) => {
    for (const person of people.values()) {
      endTurn(person, atMs)
      person.leftMs ??= atMs
    }
  }
  for (const moment of moments) {
    if (moment.kind === 'gap') continue
    const { event, atMs } = moment
    if (event.event === 'conference-destroy') endAll(atMs)
    if (!('caller_id_name' in event)) continue
    const id = `${event.instance_id} ${event.participant_id}`
    const person = people.get(id) ?? {
      ...{ id, name: callerName(event), number: event.caller_id_number },
      ...{ isModerator: event.is_moderator, joinedMs: undefined, leftMs: undefined },
      ...{ talkedMs: 0, turns: 0, since: undefined },
    }
    people.set(id, person)
    switch (event.event) {
      case 'add-member':
        person.joinedMs = atMs
        person.isModerator = event.is_moderator
        break
      case 'del-member':
        endTurn(person, atMs)
        person.leftMs = atMs
        break
      case 'start-talking':
        person.since ??= atMs
        person.turns += 1
        break
      case 'stop-talking':
        endTurn(person, atMs)
        break
      case 'mute-member':
      case 'unmute-member':
      case 'deaf-member':
      case 'undeaf-member':
    }
  }
  return [...people.values()].map(({ since, ...person }) => ({
    ...person,
    talkedMs: person.talkedMs + (since === undefined ? 0 : Math.max(0, untilMs - since)),
  }))
}
