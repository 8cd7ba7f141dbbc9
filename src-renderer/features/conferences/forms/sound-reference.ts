/** What a sound of a conference names, as far as this app can have it heard before anybody else hears it. */
export type SoundReference =
  | { readonly kind: 'media'; readonly mediaId: string }
  | { readonly kind: 'prompt'; readonly promptId: string }
  /** A tone string, a URL, something of another account. */
  | { readonly kind: 'other' }

export const referenceOf = (text: string): SoundReference => {
  if (/^[0-9a-f]{32}$/.test(text) || /^[\w-]+%2F[\w-]+$/i.test(text))
    return { kind: 'media', mediaId: text }
  return /^[\w-]+$/.test(text) ? { kind: 'prompt', promptId: text } : { kind: 'other' }
}

/** The media id of what is heard; undefined where it cannot be listened to here. */
export const listenedId = (text: string, language: string | undefined): string | undefined => {
  const reference = referenceOf(text)
  if (reference.kind === 'media') return reference.mediaId
  if (reference.kind === 'other' || language === undefined) return undefined
  return `${language}%2F${reference.promptId}`
}
