import type { Rate } from '../../engine/port.ts'
import { shownUrl } from './fetch-media.ts'

/** Something to be heard, as documents and requests name it. */
export type Audible =
  | { readonly kind: 'prompt'; readonly promptId: string }
  /** As a document names it: a media id, a prompt id, `/ACCOUNT/MEDIA_ID`, `prompt://…`, `tone_stream://…`, `silence_stream://MS`, a URL. */
  | { readonly kind: 'media'; readonly reference: string }
  | { readonly kind: 'tones'; readonly text: string }
  /** A number from 0 to 9,999, said by prompts or by the speech engine. */
  | { readonly kind: 'number'; readonly value: number }
  /** Raw samples on disk, such as a recorded name. */
  | { readonly kind: 'file'; readonly path: string; readonly rate: Rate }

/** Of a URL; other texts are told apart by less. */
const LONGEST_URL = 1000

/** A URL without its secrets; of one that cannot be read, or is not fetched from, its scheme alone. */
const shownReference = (reference: string): string => {
  const [, web, scheme] = /^(?:(https?):|([a-z][a-z0-9+.-]*):\/\/)/i.exec(reference) ?? []
  if (web === undefined && (scheme === undefined || scheme === 'prompt'))
    return reference.slice(0, 200)
  const url = web === undefined ? null : URL.parse(reference)
  return url ? shownUrl(url).slice(0, LONGEST_URL) : `${web ?? scheme ?? ''}://…`
}

/** What an item is called where others read it; secrets of a URL are left out. */
export const nameOf = (audible: Audible): string => {
  switch (audible.kind) {
    case 'prompt':
      return audible.promptId
    case 'media':
      return shownReference(audible.reference.trim())
    case 'tones':
      return audible.text.slice(0, 200)
    case 'number':
      return `${audible.value}`
    case 'file':
      return 'a recording'
  }
}
