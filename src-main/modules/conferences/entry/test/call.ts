import type { ConferenceDocument } from '#contract/conferences'
import { begin, step } from '../entry.ts'
import type { EntryEvent, EntryFacts, EntryRoom, Role } from '../types.ts'

export const quiet: EntryRoom = { isLocked: false, participants: 0, hasModerator: false }

export const documentOf = ({
  member = [],
  moderator = [],
  ...rest
}: Partial<Omit<ConferenceDocument, 'member' | 'moderator'>> & {
  member?: string[]
  moderator?: string[]
}): ConferenceDocument => ({
  id: 'c',
  conference_numbers: [],
  play_name: false,
  member: { join_deaf: false, join_muted: true, numbers: [], pins: member },
  moderator: { join_deaf: false, join_muted: false, numbers: [], pins: moderator },
  ...rest,
})

export type Call = Parameters<typeof documentOf>[0] & {
  roleByNumber?: Role
  room?: Partial<EntryRoom>
}

/** Shorthand of a script: digits, or the name of what happens. */
const eventsOf = (script: string): EntryEvent[] =>
  script.split(' ').flatMap((word): EntryEvent[] => {
    if (/^[0-9*#A-D]+$/.test(word)) return word.split('').map((digit) => ({ kind: 'digit', digit }))
    if (word === 'locked') return [{ kind: 'room', room: { ...quiet, isLocked: true } }]
    if (word === 'moderated')
      return [{ kind: 'room', room: { isLocked: false, participants: 1, hasModerator: true } }]
    if (word === 'left') return [{ kind: 'room', room: quiet }]
    if (word === 'named') return [{ kind: 'recorded', path: '/names/1', ms: 900 }]
    if (word === 'mumbled') return [{ kind: 'recorded', path: '/names/1', ms: 200 }]
    if (word === 'unrecorded') return [{ kind: 'recorded', path: undefined, ms: 0 }]
    if (word === 'refused') return [{ kind: 'refused', refusal: 'full' }]
    return [{ kind: word } as EntryEvent]
  })

/** What a caller experiences, a line for each command. Notes apart. */
export const call = (facts: Call, script: string) => {
  const { roleByNumber, room, ...document } = facts
  const known: EntryFacts = {
    conference: documentOf(document),
    roleByNumber,
    room: { ...quiet, ...room },
  }
  let state = begin(known)
  const said: string[] = []
  const notes: string[] = []
  for (const event of eventsOf(script)) {
    const next = step(state, event)
    state = next.state
    for (const command of next.commands) {
      if (command.kind === 'note') notes.push(command.text)
      else if (command.kind === 'play')
        said.push(
          [
            'play',
            ...command.items.map((item) =>
              item.kind === 'prompt'
                ? item.promptId.replace('conf-', '')
                : item.kind === 'media'
                  ? item.reference
                  : item.kind,
            ),
            ...(command.loop ? ['loop'] : []),
          ].join(' '),
        )
      else if (command.kind === 'timer') said.push(`timer ${command.ms ?? 'off'}`)
      else if (command.kind === 'admit')
        said.push(`admit ${command.role}${command.namePath ? ' with a name' : ''}`)
      else if (command.kind === 'hang-up') said.push(`hang up ${command.cause}`)
      else if (command.kind === 'record-name') said.push(`record ${command.maximumMs}`)
      else said.push(command.kind)
    }
  }
  return { said, notes, end: said.at(-1), phase: state.phase }
}

export const plays = (said: readonly string[]) => said.filter((line) => line.startsWith('play'))
export const rejected = 'hang up CALL_REJECTED'
