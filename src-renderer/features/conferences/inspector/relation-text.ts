import type { Relate } from '#contract/participants'
import type { BoardRelation, BoardRow, ParticipantKey } from '../board/board-state.ts'

/** What an operator can do with two people; `whisper`: the first is heard by the other alone. */
export type RelationKind = 'mute' | 'deaf' | 'whisper' | 'clear'

type Named = (key: ParticipantKey) => string

/** Who cannot hear somebody because of relations, whichever side they were set from. */
const notHearing = (
  relations: readonly BoardRelation[],
  speaker: ParticipantKey,
): ReadonlySet<ParticipantKey> =>
  new Set(
    relations.flatMap(({ key, otherKey, relationship }) => {
      if (relationship === 'mute' && key === speaker) return [otherKey]
      return relationship === 'deaf' && otherKey === speaker ? [key] : []
    }),
  )

/** A relation as a sentence. */
export const relationText = (
  { key, otherKey, relationship }: BoardRelation,
  nameOf: Named,
): string =>
  relationship === 'mute'
    ? `${nameOf(key)} is not heard by ${nameOf(otherKey)}.`
    : `${nameOf(key)} does not hear ${nameOf(otherKey)}.`

type People = {
  readonly participants: ReadonlyMap<ParticipantKey, BoardRow>
  readonly relations: readonly BoardRelation[]
}

/** Who still hears somebody, in a sentence; undefined while no relation is about that. */
export const audienceText = (
  speaker: ParticipantKey,
  { participants, relations }: People,
  nameOf: Named,
): string | undefined => {
  const row = participants.get(speaker)
  const without = notHearing(relations, speaker)
  if (!row || without.size === 0) return undefined
  const name = nameOf(speaker)
  if (!row.speak) return `${name} is muted: nobody hears ${name} now.`
  const audience = [...participants.keys()].filter((key) => key !== speaker && !without.has(key))
  const [only] = audience
  if (only === undefined) return `Nobody hears ${name}.`
  if (audience.length === 1 && without.size > 1) return `Only ${nameOf(only)} hears ${name}.`
  return `Everyone else hears ${name}.`
}

/** One of the relations that make it so. */
export type RelationChange = {
  readonly key: ParticipantKey
  readonly otherKey: ParticipantKey
  readonly relationship: Relate['relationship']
}

export type RelationPlan = {
  /** What is to be asked for. */
  readonly changes: readonly RelationChange[]
  /** The same the other way round: puts things back as they are now. */
  readonly undo: readonly RelationChange[]
  /** What it will be like, before it is. */
  readonly effect: string
  /** What it is like once it is done. */
  readonly done: string
}

const effectText = (
  kind: RelationKind,
  [name, other]: readonly [string, string],
  others: number,
): string => {
  switch (kind) {
    case 'mute':
      return `${name} will not be heard by ${other}; everyone else hears ${name} as before.`
    case 'deaf':
      return `${name} will not hear ${other}; ${name} hears everyone else as before.`
    case 'clear':
      return `${name} and ${other} will hear each other as everyone does.`
    case 'whisper': {
      const rest = others === 1 ? 'the one other person does not' : `the ${others} others do not`
      return `Only ${other} will hear ${name}: ${rest}. Whoever joins later hears ${name} too.`
    }
  }
}

const doneText = (kind: RelationKind, [name, other]: readonly [string, string]): string => {
  switch (kind) {
    case 'mute':
      return `${name} is not heard by ${other} any more`
    case 'deaf':
      return `${name} does not hear ${other} any more`
    case 'clear':
      return `${name} and ${other} hear each other as everyone does`
    case 'whisper':
      return `Only ${other} hears ${name} now`
  }
}

const reversed = (
  { key, otherKey }: RelationChange,
  relations: readonly BoardRelation[],
): RelationChange => {
  const now = relations.find((each) => each.key === key && each.otherKey === otherKey)
  return { key, otherKey, relationship: now?.relationship ?? 'clear' }
}

/** What to do so that it is as wished, leaving out what is so already. */
export const planRelation = (
  kind: RelationKind,
  [key, otherKey]: readonly [ParticipantKey, ParticipantKey],
  { participants, relations }: People,
  nameOf: Named,
): RelationPlan => {
  const others = [...participants.keys()].filter((each) => each !== key && each !== otherKey)
  const wished: RelationChange[] =
    kind === 'whisper'
      ? [
          { key, otherKey, relationship: 'clear' },
          ...others.map((each) => ({ key, otherKey: each, relationship: 'mute' as const })),
        ]
      : kind === 'clear'
        ? [
            { key, otherKey, relationship: kind },
            { key: otherKey, otherKey: key, relationship: kind },
          ]
        : [{ key, otherKey, relationship: kind }]
  const names = [nameOf(key), nameOf(otherKey)] as const
  const changes = wished.filter(
    (change) => reversed(change, relations).relationship !== change.relationship,
  )
  return {
    changes,
    undo: changes.map((change) => reversed(change, relations)),
    effect: effectText(kind, names, others.length),
    done: doneText(kind, names),
  }
}
