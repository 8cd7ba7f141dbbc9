/** What a page asks the shell for, as far as the answer depends on it. */
export type PermissionRequest = {
  permission: string
  /** Origin of the frame that asks. */
  origin: string
  /** For `media`: which devices. */
  mediaTypes?: readonly string[] | undefined
}

/** Our own page may copy text and listen to the microphone for a take; nothing else, and nobody else. */
export const isAllowed = (
  { permission, origin, mediaTypes = [] }: PermissionRequest,
  ownOrigin: string,
): boolean => {
  if (origin !== ownOrigin) return false
  if (permission === 'clipboard-sanitized-write') return true
  const isMicrophone = mediaTypes.length > 0 && mediaTypes.every((type) => type === 'audio')
  return permission === 'media' && isMicrophone
}
