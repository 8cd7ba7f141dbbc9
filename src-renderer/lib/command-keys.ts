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

const isFree = (keys: string, { inText, onControl, letterKeys }: KeyContext): boolean => {
  if (inText && isEditingKey(keys)) return false
  if (onControl && /^(shift\+|alt\+)?(space|enter)$/.test(keys)) return false
  // Space plays in every audio program and is no letter: it stays.
  return letterKeys || !isCharacterKey(keys) || /(^|\+)space$/.test(keys)
}

/** The command a key press means here; of two with the same keys the one that came last. */
export const commandForPress = (
  press: KeyPress,
  commands: Iterable<Command>,
  context: KeyContext,
  mac?: boolean,
): Command | undefined => {
  if (context.inOverlay) return undefined
  return [...commands].findLast(
    (command) =>
      command.when !== false &&
      keysOf(command).some((keys) => matchesKeys(keys, press, mac) && isFree(keys, context)),
  )
}
