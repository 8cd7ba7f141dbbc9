import type { BoardState, ParticipantKey } from './board-state.ts'
import { nameOf } from './row-order.ts'

/** What a listener is told of, apart from who talks. */
export type Heard = {
  readonly joined: readonly string[]
  readonly left: readonly string[]
  readonly talking: readonly string[]
  /** Those the noise finder found. */
  readonly noisy: readonly string[]
  readonly isLocked: boolean
  readonly isRecording: boolean
  readonly isRunning: boolean
}

export const heardOf = (
  state: BoardState,
  before: BoardState | undefined,
  noisy: ReadonlySet<ParticipantKey>,
): Heard => {
  const now = [...state.participants.values()]
  const then = before ? [...before.participants.values()] : now
  return {
    joined: now.filter(({ key }) => before && !before.participants.has(key)).map(nameOf),
    left: then.filter(({ key }) => !state.participants.has(key)).map(nameOf),
    talking: now.filter(({ showsTalking, speak }) => showsTalking && speak).map(nameOf),
    noisy: now.filter(({ key }) => noisy.has(key)).map(nameOf),
    isLocked: state.isLocked,
    isRecording: state.isRecording,
    isRunning: state.phase === 'running',
  }
}

const named = (names: readonly string[], one: string, many: string): string[] => {
  const [first, second] = names
  if (first === undefined) return []
  if (second === undefined) return [`${first} ${one}`]
  return names.length === 2
    ? [`${first} and ${second} ${many}`]
    : [`${names.length} people ${many}`]
}

const begun = (now: readonly string[], before: readonly string[]) =>
  now.filter((name) => !before.includes(name))

const sentence = (parts: readonly string[]): string => {
  const text = parts.join('; ')
  return text === '' ? '' : `${text.charAt(0).toUpperCase()}${text.slice(1)}.`
}

/**
 * A few words on what is different; nothing where nothing is. Of talking it says who began: who goes on, or talks without
 * end, would be named with everybody else.
 */
export const summaryOf = (now: Heard, before: Heard): string => {
  if (now.isRunning !== before.isRunning)
    return now.isRunning ? 'The conference runs.' : 'The conference has ended.'
  return sentence([
    ...named(
      begun(now.noisy, before.noisy),
      'may be an open microphone',
      'may be open microphones',
    ),
    ...named(begun(now.talking, before.talking), 'is talking', 'are talking'),
    ...named(now.joined, 'joined', 'joined'),
    ...named(now.left, 'left', 'left'),
    ...(now.isLocked === before.isLocked ? [] : [now.isLocked ? 'locked' : 'unlocked']),
    ...(now.isRecording === before.isRecording
      ? []
      : [now.isRecording ? 'recording' : 'recording stopped']),
  ])
}
