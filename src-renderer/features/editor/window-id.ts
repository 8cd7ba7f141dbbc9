const storageKey = 'patchbay.window'

const randomId = () =>
  [...crypto.getRandomValues(new Uint8Array(12))]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('')

const isReload = () =>
  performance
    .getEntriesByType('navigation')
    .some((entry) => 'type' in entry && entry.type === 'reload')

/**
 * Tells this window from others. It outlives a reload, so that a window does not wait for itself; a
 * window that was duplicated has a copy of the storage and still gets its own.
 */
export const windowId: string = (() => {
  const known = isReload() ? sessionStorage.getItem(storageKey) : null
  const id = known ?? randomId()
  sessionStorage.setItem(storageKey, id)
  return id
})()
