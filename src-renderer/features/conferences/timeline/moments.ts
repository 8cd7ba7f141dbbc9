import type { HistoryEntry } from '#contract/board'
import { talkEvents } from '#contract/conference-events'
import type { CommandEvent, ConferenceHappening, FurtherEvent } from '#contract/live-conferences'
import type { BoardEntry } from '../board/board-state.ts'
import type { LineGroup } from './event-line.ts'
import type { Moment } from './moment.ts'
import { callerName } from './names.ts'
import { withRestarts } from './restarts.ts'

type Fields = Readonly<Record<string, unknown>>

const idOf = ({ epoch, seq }: Fields, otherwise: string): string =>
  typeof epoch === 'string' && typeof seq === 'number' ? `${epoch} ${seq}` : otherwise

/** The commands whose being done is told by these events. */
const commandOf: Readonly<Record<string, string>> = {
  'mute-member': 'mute_participant',
  'unmute-member': 'unmute_participant',
  'deaf-member': 'deaf_participant',
  'undeaf-member': 'undeaf_participant',
  'del-member': 'kick',
  lock: 'lock',
  unlock: 'unlock',
  'start-recording': 'record',
  'stop-recording': 'recordstop',
  'play-file': 'play',
}

/** A file that is fetched from elsewhere takes its time until it plays. */
const EFFECT_WITHIN_MS = 15_000

const slotOf = (name: string, event: ConferenceHappening): string => {
  const { instance_id: run, participant_id: id, media_id: media } = event as Partial<FurtherEvent>
  const { other_participant: other } = event as Partial<CommandEvent>
  return [name, run, id, other, media].join(' ')
}

/**
 * Commands and what came of them become one: an effect says who asked for it, and so does a failure, however late. What had
 * neither stays as it is.
 */
const settled = (moments: readonly Moment[]): readonly Moment[] => {
  const waiting = new Map<string, { command: CommandEvent; index: number; atMs: number }>()
  const isDone = new Set<number>()
  const all = moments.map((moment, index): Moment => {
    if (moment.kind === 'gap') return moment
    const { event, atMs } = moment
    if (event.event === 'command') {
      waiting.set(slotOf(event.application_name, event), { command: event, index, atMs })
      return moment
    }
    const hasFailed = event.event === 'command-failed'
    const name = hasFailed ? event.application_name : commandOf[event.event]
    if (name === undefined) return moment
    const slot = slotOf(name, event)
    const cause = waiting.get(slot)
    if (!cause || (!hasFailed && atMs - cause.atMs > EFFECT_WITHIN_MS)) return moment
    waiting.delete(slot)
    isDone.add(cause.index)
    return hasFailed ? moment : { ...moment, asked: cause.command }
  })
  return all.filter((_, index) => !isDone.has(index))
}

/** So long the same note is counted where it came first: a new line then says that it goes on. */
const SAME_NOTE_MS = 300_000

/** A prompt that is missing is noted for every caller: that would push away who came. */
const withoutRepeats = (moments: readonly Moment[]): readonly Moment[] => {
  const all: Moment[] = []
  const firsts = new Map<string, number>()
  for (const moment of moments) {
    if (moment.kind === 'gap' || moment.event.event !== 'note') {
      all.push(moment)
      continue
    }
    const { text } = moment.event
    const index = firsts.get(text)
    const first = index === undefined ? undefined : all[index]
    if (index !== undefined && first?.kind === 'event' && moment.atMs - first.atMs < SAME_NOTE_MS)
      all[index] = { ...first, times: first.times + 1 }
    else firsts.set(text, all.push(moment) - 1)
  }
  return all
}

type Told = { moment: Moment; epoch: unknown; seq: number }

const toldLive = (entry: BoardEntry): Told => {
  if (entry.kind === 'gap') {
    const { id, atMs } = entry
    return { moment: { kind: 'gap', id, atMs, gap: entry }, epoch: undefined, seq: 0 }
  }
  const { id, atMs, event } = entry
  const told = event as unknown as ConferenceHappening
  const moment: Moment = { kind: 'event', id, atMs, event: told, asked: undefined, times: 1 }
  return { moment, epoch: event.epoch, seq: event.seq ?? 0 }
}

const toldThen = ({ entry_id: entryId, at_ms: atMs, event }: HistoryEntry): Told => {
  const id = idOf(event, `entry ${entryId}`)
  const told = event as unknown as ConferenceHappening
  const moment: Moment = { kind: 'event', id, atMs, event: told, asked: undefined, times: 1 }
  return { moment, epoch: event.epoch, seq: typeof event.seq === 'number' ? event.seq : 0 }
}

/** The server's clock and this one need not agree: what has numbers is ordered by them. */
const isBefore = (one: Told, other: Told): boolean =>
  one.epoch !== undefined && one.epoch === other.epoch
    ? one.seq < other.seq
    : one.moment.atMs < other.moment.atMs

/** Of two that are in order each, one that is. */
const merged = (one: readonly Told[], other: readonly Told[]): readonly Told[] => {
  const all: Told[] = []
  let next = 0
  for (const told of other) {
    for (let first = one[next]; first && isBefore(first, told); first = one[next]) {
      all.push(first)
      next += 1
    }
    all.push(told)
  }
  return [...all, ...one.slice(next)]
}

/**
 * What was heard since the board was opened, of talking and else, and what is on record: oldest first, each thing once.
 * `history` is newest first, as the server answers it; the others oldest first.
 */
export const momentsOf = (
  history: readonly HistoryEntry[],
  entries: readonly BoardEntry[],
  talkEntries: readonly BoardEntry[] = [],
): readonly Moment[] => {
  const heard = merged(talkEntries.map(toldLive), entries.map(toldLive))
  const known = new Set(heard.map(({ moment }) => moment.id))
  const before = history
    .map(toldThen)
    .filter(({ moment }) => !known.has(moment.id))
    .reverse()
  return withoutRepeats(settled(withRestarts(merged(before, heard).map(({ moment }) => moment))))
}

const roomEvents = new Set([
  ...['conference-create', 'conference-destroy', 'lock', 'unlock'],
  ...['start-recording', 'stop-recording', 'play-file', 'play-file-done'],
])
const ownGroups: Readonly<Record<string, LineGroup>> = {
  command: 'commands',
  note: 'problems',
  'dial-failed': 'problems',
  'command-failed': 'problems',
  bookmark: 'bookmarks',
}

/** Under which filters it is shown: one is enough. */
export const groupsOf = (moment: Moment): readonly LineGroup[] => {
  if (moment.kind === 'gap') return ['problems']
  const { event } = moment.event
  const group =
    ownGroups[event] ??
    (talkEvents.has(event) ? 'talking' : roomEvents.has(event) ? 'room' : 'people')
  return moment.asked || event === 'command-failed' ? [group, 'commands'] : [group]
}

/** Who had which number in which run, as far as it was told. */
export const namesIn = (moments: readonly Moment[]): ReadonlyMap<string, string> => {
  const names = new Map<string, string>()
  for (const moment of moments) {
    if (moment.kind === 'gap' || !('caller_id_name' in moment.event)) continue
    const { event } = moment
    names.set(`${event.instance_id} ${event.participant_id}`, callerName(event))
  }
  return names
}
