/** What keys can do, in FreeSWITCH's names (docs/conferences.md, Keys), and in words. */
export const keyActions: Readonly<Record<string, string>> = {
  mute: 'Mute, or speak again',
  'mute on': 'Mute',
  'mute off': 'Speak again',
  deaf: 'Stop hearing, or hear again',
  'deaf on': 'Stop hearing',
  'deaf off': 'Hear again',
  'deaf mute': 'Neither speak nor hear, or both again',
  'vol talk up': 'Be louder',
  'vol talk zero': 'Be as loud as at first',
  'vol talk dn': 'Be softer',
  'vol listen up': 'Hear louder',
  'vol listen zero': 'Hear as loud as at first',
  'vol listen dn': 'Hear softer',
  'energy up': 'Count as talking later',
  'energy equ': 'Count as talking as at first',
  'energy dn': 'Count as talking sooner',
  lock: 'Lock or unlock the conference',
  hangup: 'Leave',
}

/** One line of a group; other keys of it are kept. */
export type KeyBinding = Readonly<Record<string, unknown>> & {
  readonly action: string
  readonly digits: string
}

const isBinding = (value: unknown): value is KeyBinding =>
  typeof value === 'object' &&
  value !== null &&
  'action' in value &&
  typeof value.action === 'string' &&
  'digits' in value &&
  typeof value.digits === 'string'

/** The lines of a group; undefined for what another application wrote in another way, which is let stand. */
export const bindingsOf = (group: unknown): readonly KeyBinding[] | undefined =>
  Array.isArray(group) && group.every(isBinding) ? group : undefined

type Groups = Readonly<Record<string, unknown>>

/** Under another name, at the same place; as it was where another group has that name. */
export const renamed = (groups: Groups, name: string, next: string): Groups =>
  next === '' || Object.hasOwn(groups, next)
    ? groups
    : Object.fromEntries(
        Object.entries(groups).map(([key, group]) => [key === name ? next : key, group]),
      )

/** A name no group has yet. */
export const freeName = (groups: Groups): string => {
  let number = 1
  while (Object.hasOwn(groups, `keys-${number}`)) number += 1
  return `keys-${number}`
}
