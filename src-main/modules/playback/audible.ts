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

/** What an item is called where others read it; secrets of a URL are left out. */
export const nameOf = (audible: Audible): string => {
  switch (audible.kind) {
    case 'prompt':
      return audible.promptId
    case 'media': {
      const reference = audible.reference.trim()
      const url = /^https?:/i.test(reference) ? URL.parse(reference) : null
      return url ? shownUrl(url) : reference.slice(0, 200)
    }
    case 'tones':
      return audible.text.slice(0, 200)
    case 'number':
      return `${audible.value}`
    case 'file':
      return 'a recording'
  }
}
