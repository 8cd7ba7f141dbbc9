import { keysOf, type Command } from './commands.ts'
import { isCharacterKey, isEditingKey, matchesKeys, type KeyPress } from './keys.ts'

/** Where the focus is when a key is pressed. */
export type KeyContext = {
  /** In something to write in: its own keys stay its own. */
  inText: boolean
  /** On a button, link or switch, which Space and Enter press. */
  onControl: boolean
  /** In a dialog, menu or open list: what lies below does not listen. */
  inOverlay: boolean
  /** The preference for single letters as commands. */
  letterKeys: boolean
}

/** `g l`: one after the other. */
const strokesOf = (keys: string): readonly string[] => keys.split(' ')

const isFree = (keys: string, { inText, onControl, letterKeys }: KeyContext): boolean => {
  if (inText && isEditingKey(keys)) return false
  if (onControl && /^(shift\+|alt\+)?(space|enter)$/.test(keys)) return false
  // Space plays in every audio program and is no letter: it stays.
  return letterKeys || !isCharacterKey(keys) || /(^|\+)space$/.test(keys)
}

/**
 * The command a key press means here; of two with the same keys the one that came last. `before` is the key pressed a moment
 * ago, in the notation of commands: what it begins counts before what the key means alone.
 */
export const commandForPress = (
  press: KeyPress,
  commands: Iterable<Command>,
  context: KeyContext,
  { mac, before }: { mac?: boolean; before?: string | undefined } = {},
): Command | undefined => {
  if (context.inOverlay) return undefined
  const enabled = [...commands].filter(({ when }) => when !== false)
  const means = (keys: string, isSequel: boolean) => {
    const [first = '', second] = strokesOf(keys)
    if (!isSequel)
      return second === undefined && matchesKeys(first, press, mac) && isFree(first, context)
    return first === before && second !== undefined && matchesKeys(second, press, mac)
  }
  const find = (isSequel: boolean) =>
    enabled.findLast((command) => keysOf(command).some((keys) => means(keys, isSequel)))
  return (before === undefined ? undefined : find(true)) ?? find(false)
}

/** The key that a press begins a sequence with, should a command have one; undefined for others. */
export const beginsSequence = (
  press: KeyPress,
  commands: Iterable<Command>,
  context: KeyContext,
  mac?: boolean,
): string | undefined => {
  if (context.inOverlay) return undefined
  return [...commands]
    .filter(({ when }) => when !== false)
    .flatMap((command) => keysOf(command).map(strokesOf))
    .find(
      ([first = '', second]) =>
        second !== undefined && matchesKeys(first, press, mac) && isFree(first, context),
    )?.[0]
}
