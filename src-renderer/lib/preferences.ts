import { create } from 'zustand'

export type Theme = 'system' | 'dark' | 'light'

/** What a person prefers on this machine; kept in the browser, never sent anywhere. */
export type Preferences = {
  theme: Theme
  /** Single letters and symbols as commands: speech input and slips of the hand set them off. */
  letterKeys: boolean
  /** Keys a person gave a command instead of its own, by the command's id; none for an empty list. */
  keys: Readonly<Record<string, readonly string[]>>
}

const storageKey = 'patchbay.preferences'
const standard: Preferences = { theme: 'system', letterKeys: true, keys: {} }

const isTexts = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((each) => typeof each === 'string')

const parseKeys = (stored: unknown): Preferences['keys'] => {
  if (typeof stored !== 'object' || stored === null) return {}
  return Object.fromEntries(
    Object.entries(stored).flatMap(([id, keys]) => (isTexts(keys) ? [[id, keys]] : [])),
  )
}

/** Takes what it knows from stored text and leaves the rest as usual. */
export const parsePreferences = (text: string | null): Preferences => {
  try {
    const stored: unknown = JSON.parse(text ?? '{}')
    if (typeof stored !== 'object' || stored === null) return standard
    const theme = 'theme' in stored ? stored.theme : undefined
    return {
      theme: theme === 'dark' || theme === 'light' ? theme : 'system',
      letterKeys: !('letterKeys' in stored && stored.letterKeys === false),
      keys: 'keys' in stored ? parseKeys(stored.keys) : {},
    }
  } catch {
    return standard
  }
}

const storage = 'localStorage' in globalThis ? globalThis.localStorage : undefined

export const usePreferences = create<Preferences>(() =>
  parsePreferences(storage?.getItem(storageKey) ?? null),
)

/** What is changed in another window is so in this one: what this one writes next must not undo it. As long as the page lives. */
export const followPreferences = (): void =>
  window.addEventListener('storage', ({ key, newValue }) => {
    if (key === storageKey) usePreferences.setState(parsePreferences(newValue))
  })

export const changePreferences = (change: Partial<Preferences>): void => {
  usePreferences.setState(change)
  storage?.setItem(storageKey, JSON.stringify(usePreferences.getState()))
}
