import { keysOf, type Command } from './commands.ts'
import { isSameKeys } from './keys.ts'

/** Commands of these families are there on every page. */
const everywhere = new Set(['app', 'help', 'theme', 'toast'])

const familyOf = ({ id }: Pick<Command, 'id'>): string => id.split('.')[0] ?? ''

const canMeet = (one: Command, two: Command): boolean => {
  const [a, b] = [familyOf(one), familyOf(two)]
  return a === b || everywhere.has(a) || everywhere.has(b)
}

/** Another command that these keys would also mean on the same page. */
export const conflictOf = (
  command: Command,
  keys: string,
  known: Iterable<Command>,
): Command | undefined =>
  [...known].find(
    (other) =>
      other.id !== command.id &&
      canMeet(command, other) &&
      keysOf(other).some((taken) => isSameKeys(taken, keys)),
  )
