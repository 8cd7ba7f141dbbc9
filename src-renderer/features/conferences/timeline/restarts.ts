import { callerName } from './names.ts'
import type { Gap, Moment } from './moment.ts'

type Gone = Gap['gone'][number]

/** Who is in the runs of one life of the server that have not ended. */
type Life = {
  epoch: string | undefined
  lastMs: number
  readonly runs: Map<string, Map<number, Gone>>
}

const lifeOf = (epoch: string | undefined): Life => ({ epoch, lastMs: 0, runs: new Map() })

const follow = (life: Life, { event, atMs }: Extract<Moment, { kind: 'event' }>) => {
  life.lastMs = atMs
  const run = 'instance_id' in event ? event.instance_id : undefined
  if (run === undefined) return
  if (event.event === 'conference-destroy') {
    life.runs.delete(run)
    return
  }
  const people = life.runs.get(run) ?? new Map<number, Gone>()
  life.runs.set(run, people)
  if (event.event === 'add-member') {
    const { participant_id: id, caller_id_number: number } = event
    people.set(id, { key: `${run} ${event.call_id}`, name: callerName(event), number })
  }
  if (event.event === 'del-member') people.delete(event.participant_id)
}

/**
 * With a gap where the server ended without a word: what was told before it went on, and what was told after it is of another
 * start. Where the board saw that itself it stays as it was seen. Moments are oldest first.
 */
export const withRestarts = (moments: readonly Moment[]): readonly Moment[] => {
  const all: Moment[] = []
  let life = lifeOf(undefined)
  let isSeen = false
  for (const moment of moments) {
    if (moment.kind === 'gap') isSeen ||= moment.gap.reason === 'restart'
    else {
      const { epoch } = moment.event as { epoch?: string }
      if (epoch !== undefined && epoch !== life.epoch) {
        const gone = [...life.runs.values()].flatMap((people) => [...people.values()])
        if (life.runs.size > 0 && !isSeen) {
          const { atMs } = moment
          const id = `restart ${epoch}`
          const gap: Gap = {
            ...{ kind: 'gap', id, atMs, fromMs: life.lastMs, reason: 'restart' },
            ...{ missed: undefined, gone },
          }
          all.push({ kind: 'gap', id, atMs, gap })
        }
        life = lifeOf(epoch)
        isSeen = false
      }
      follow(life, moment)
    }
    all.push(moment)
  }
  return all
}
