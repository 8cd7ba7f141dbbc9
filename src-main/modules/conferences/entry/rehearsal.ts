import type { ConferenceDocument } from '#contract/conferences'
import type { Audible } from '../../playback/playback.ts'
import { begin, step } from './entry.ts'
import type { EntryEvent, EntryRoom, EntryState, Role } from './types.ts'

const empty: EntryRoom = { isLocked: false, participants: 0, hasModerator: false }

/** As callers may find it. */
const rooms: readonly EntryRoom[] = [
  empty,
  { ...empty, isLocked: true },
  { ...empty, participants: Number.MAX_SAFE_INTEGER },
]

/** Which PINs there are changes what is typed, not what is heard: one digit for each role, and a wrong one. */
const pinOf: Readonly<Record<Role, string>> = { member: '1', moderator: '2' }

/** Whatever may happen to a caller; those that cannot happen in a state change nothing. */
const events: readonly EntryEvent[] = [
  ...(['answered', 'played', 'timer', 'blocked'] as const).map((kind) => ({ kind })),
  ...['1', '2', '3', '#'].map((digit) => ({ kind: 'digit', digit }) as const),
  { kind: 'recorded', path: 'name', ms: 5000 },
  { kind: 'recorded', path: undefined, ms: 0 },
  { kind: 'room', room: { ...empty, participants: 1, hasModerator: true } },
]

const withShortPins = (conference: ConferenceDocument): ConferenceDocument => {
  const roleOf = <R extends { pins: string[] }>(role: Role, settings: R): R => ({
    ...settings,
    pins: settings.pins.length > 0 ? [pinOf[role]] : [],
  })
  const { member, moderator } = conference
  return {
    ...conference,
    member: roleOf('member', member),
    moderator: roleOf('moderator', moderator),
  }
}

const isTypedOut = (state: EntryState): boolean => state.phase === 'pin' && state.typed.length > 1

/** Apart from what never changes on the way. */
const keyOf = ({ facts, ...state }: EntryState): string => JSON.stringify([facts.room, state])

/**
 * Everything a caller may hear on the way into a conference, for who wants to know before whether it is there. Found by
 * going every way through the steps of entry, so that it cannot differ from what is played.
 */
export const rehearse = (
  document: ConferenceDocument,
  rolesByNumber: readonly (Role | undefined)[],
): Audible[] => {
  const conference = withShortPins(document)
  const heard: Audible[] = []
  for (const roleByNumber of rolesByNumber) {
    const seen = new Set<string>()
    const open = rooms.map((room) => begin({ conference, roleByNumber, room }))
    for (let state = open.pop(); state; state = open.pop()) {
      const key = keyOf(state)
      if (seen.has(key) || isTypedOut(state)) continue
      seen.add(key)
      for (const event of events) {
        const next = step(state, event)
        for (const command of next.commands)
          if (command.kind === 'play') heard.push(...command.items)
        open.push(next.state)
      }
    }
  }
  return heard
}
