/** The part of a keyboard event that decides which command it means. */
export type KeyPress = {
  key: string
  code: string
  ctrlKey: boolean
  metaKey: boolean
  altKey: boolean
  shiftKey: boolean
}

type Chord = { mod: boolean; alt: boolean; shift: boolean; key: string }

const isMac = globalThis.navigator.userAgent.includes('Mac')

const keyNames: Record<string, string> = {
  ' ': 'space',
  arrowup: 'up',
  arrowdown: 'down',
  arrowleft: 'left',
  arrowright: 'right',
  esc: 'escape',
  del: 'delete',
}

const labels: Record<string, string> = {
  space: 'Space',
  up: '↑',
  down: '↓',
  left: '←',
  right: '→',
  escape: 'Esc',
  enter: 'Enter',
  delete: 'Del',
  backspace: '⌫',
  pagedown: 'PgDn',
  pageup: 'PgUp',
}

const parse = (keys: string): Chord => {
  const parts = keys.toLowerCase().split(/\+(?=.)/)
  const key = parts.at(-1) ?? ''
  return {
    mod: parts.includes('mod'),
    alt: parts.includes('alt'),
    shift: parts.includes('shift'),
    key: keyNames[key] ?? key,
  }
}

const isLetter = (key: string) => /^[a-z]$/.test(key)
const isSymbol = (key: string) => key.length === 1 && !/[a-z0-9]/.test(key)

/** On a layout without Latin letters the position of the key decides: Ctrl+K stays where it was. */
const pressedKey = ({ key, code }: KeyPress): string => {
  const name = key.toLowerCase()
  const position = /^Key([A-Z])$/.exec(code)?.[1]
  if (position && name.length === 1 && name > '\u007f') return position.toLowerCase()
  return keyNames[name] ?? name
}

/** Does this key press mean `keys` (`mod+k`, `shift+space`, `?`)? `mod` is ⌘ on a Mac, Ctrl elsewhere. */
export const matchesKeys = (keys: string, press: KeyPress, mac = isMac): boolean => {
  const chord = parse(keys)
  const mod = mac ? press.metaKey : press.ctrlKey
  const other = mac ? press.ctrlKey : press.metaKey
  // A symbol such as ? is typed with shift on some layouts and without it on others.
  const shiftFits = isSymbol(chord.key) || chord.shift === press.shiftKey
  return (
    chord.mod === mod &&
    !other &&
    chord.alt === press.altKey &&
    shiftFits &&
    chord.key === pressedKey(press)
  )
}

const modifiers = ['control', 'shift', 'alt', 'meta', 'altgraph', 'capslock', 'dead', 'process']

/** A key press in the notation of commands, `mod+shift+k`; undefined while only modifiers are held. */
export const keysOfPress = (press: KeyPress, mac = isMac): string | undefined => {
  const key = pressedKey(press)
  if (modifiers.includes(key) || key === 'unidentified') return undefined
  const { mod, other } = mac
    ? { mod: press.metaKey, other: press.ctrlKey }
    : { mod: press.ctrlKey, other: press.metaKey }
  // The other one belongs to the system.
  if (other) return undefined
  const held = { mod, alt: press.altKey, shift: press.shiftKey && !isSymbol(key) }
  const names = (['mod', 'alt', 'shift'] as const).filter((name) => held[name])
  return [...names, key].join('+')
}

/** Two notations of the same keys: order and names of keys do not matter. */
export const isSameKeys = (one: string, two: string): boolean => {
  const [a, b] = [parse(one), parse(two)]
  return a.mod === b.mod && a.alt === b.alt && a.shift === b.shift && a.key === b.key
}

/** True for keys that also type a character: they must not fire while somebody writes. Of several the first counts. */
export const isCharacterKey = (keys: string): boolean => {
  const { mod, alt, key } = parse(keys.split(' ')[0] ?? '')
  return !mod && !alt && (key.length === 1 || key === 'space')
}

/** Keys that belong to a text field while it has the focus, whatever they mean elsewhere. */
export const isEditingKey = (keys: string): boolean => {
  const { mod, alt, key } = parse(keys)
  if (mod)
    return ['a', 'c', 'v', 'x', 'y', 'z', 'left', 'right', 'up', 'down', 'backspace'].includes(key)
  return !alt && !/^f\d+$/.test(key) && key !== 'escape'
}

/** What is printed on the keys: `['Ctrl', 'K']`, or `['⌘', 'K']` on a Mac; of keys one after the other, of all of them. */
export const keyLabels = (keys: string, mac = isMac): string[] => {
  if (keys.includes(' ')) return keys.split(' ').flatMap((each) => keyLabels(each, mac))
  const { mod, alt, shift, key } = parse(keys)
  const shown = labels[key] ?? (isLetter(key) ? key.toUpperCase() : key)
  return [
    ...(mod ? [mac ? '⌘' : 'Ctrl'] : []),
    ...(alt ? [mac ? '⌥' : 'Alt'] : []),
    ...(shift ? [mac ? '⇧' : 'Shift'] : []),
    shown.length > 1 && /^[a-z]/.test(shown)
      ? shown.charAt(0).toUpperCase() + shown.slice(1)
      : shown,
  ]
}
