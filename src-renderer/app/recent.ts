const storageKey = 'patchbay.recent'
const mostKept = 8

/** What was chosen in the palette lately, newest first. */
export const recentIds = (): readonly string[] =>
  (localStorage.getItem(storageKey) ?? '').split('\n').filter(Boolean)

export const noteRecent = (id: string): void => {
  const ids = [id, ...recentIds().filter((other) => other !== id)].slice(0, mostKept)
  localStorage.setItem(storageKey, ids.join('\n'))
}
