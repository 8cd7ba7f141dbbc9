import type { CommandFailedEvent } from '#contract/live-conferences'
import { isolated, listenerOf, quoted, type Names } from './names.ts'

const notDoneTo: Readonly<Record<string, readonly [one: string, all: string]>> = {
  mute_participant: ['was not muted', 'Nobody was muted'],
  unmute_participant: ['was not unmuted', 'Nobody was unmuted'],
  deaf_participant: ['was not made deaf', 'Nobody was made deaf'],
  undeaf_participant: ['does not hear again', 'Nobody hears again'],
  kick: ['was not removed', 'Nobody was removed'],
}

const notDone: Readonly<Record<string, string>> = {
  lock: 'It was not locked',
  unlock: 'It was not unlocked',
  record: 'It was not recorded',
  recordstop: 'Recording was not stopped',
}

const subjectOf = (event: CommandFailedEvent, names: Names): { who?: string; text: string } => {
  const { application_name: name, participant_id: id, instance_id: run = '' } = event
  const [one, all] = notDoneTo[name] ?? []
  if (one !== undefined && id !== undefined) return { who: names.participant(run, id), text: one }
  if (all !== undefined) return { text: all }
  if (name === 'play') {
    const what = event.media_id === undefined ? 'It' : quoted(names.media(event.media_id))
    return { text: `${what} was not played to ${listenerOf(event, names)}` }
  }
  if (name === 'dial') {
    const endpoints = (event.endpoints ?? []).map(names.endpoint)
    return { text: `${endpoints.join(', ') || 'Nobody'} was not dialled` }
  }
  if (name === 'relate_participants') {
    const { other_participant: other } = event
    const both = [id, other].flatMap((each) =>
      each === undefined ? [] : [names.participant(run, each)],
    )
    return { text: `What ${both.join(' and ') || 'two people'} hear of each other was not changed` }
  }
  return { text: notDone[name] ?? `Nothing came of ${quoted(isolated(name))}` }
}

/** What a command was to do, that it did not, and why. */
export const failedText = (
  event: CommandFailedEvent,
  names: Names,
): { who?: string; text: string } => {
  const { text, ...who } = subjectOf(event, names)
  return { ...who, text: `${text}: ${isolated(event.reason).replace(/\.$/, '')}` }
}
