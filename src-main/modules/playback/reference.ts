import { Unplayable } from './problem.ts'

/** What a document or a request means by a media reference (KAZOO: kz_media_util, spec “Prompt ids”). */
export type Reference =
  | { readonly kind: 'tones'; readonly text: string }
  | { readonly kind: 'silence'; readonly ms: number }
  | { readonly kind: 'url'; readonly url: URL }
  /** In the libraries in their order; the id as it stands in a path. */
  | { readonly kind: 'media'; readonly libraries: readonly string[]; readonly id: string }
  | {
      readonly kind: 'prompt'
      readonly libraries: readonly string[]
      readonly promptId: string
      readonly language: string
    }

/** Owner of what is below every account. */
export const systemLibrary = 'system'

/** As references name it; an account may call its own library by its id only. */
const SYSTEM_MEDIA = 'system_media'
const LONGEST_SILENCE_MS = 3_600_000

const librariesOf = (name: string, accountId: string): readonly string[] => {
  if (name === SYSTEM_MEDIA) return [systemLibrary]
  if (name.toLowerCase() === accountId) return [accountId, systemLibrary]
  throw new Unplayable('It belongs to another account.')
}

const silence = (text: string): Reference => {
  const [, digits] = /^(-1|\d{1,9})(,-?\d+)?$/.exec(text) ?? []
  if (digits === undefined) throw new Unplayable('Written as silence_stream://MILLISECONDS.')
  const ms = Number(digits)
  return { kind: 'silence', ms: ms < 0 ? LONGEST_SILENCE_MS : Math.min(ms, LONGEST_SILENCE_MS) }
}

const prompt = (text: string, accountId: string): Reference => {
  const [library, promptId, language, ...rest] = text.split('/')
  if (!library || !promptId || !language || rest.length > 0) {
    throw new Unplayable('Written as prompt://ACCOUNT/PROMPT_ID/LANGUAGE.')
  }
  return { kind: 'prompt', libraries: librariesOf(library, accountId), promptId, language }
}

const url = (text: string): Reference => {
  const parsed = URL.parse(text)
  if (!parsed) throw new Unplayable('This is no URL that can be fetched from.')
  return { kind: 'url', url: parsed }
}

/** `/ACCOUNT/MEDIA_ID`, `/system_media/MEDIA_ID`, or an id alone. */
const media = (text: string, accountId: string): Reference => {
  const [, named, inLibrary] = /^\/([^/]+)\/(.+)$/.exec(text) ?? []
  if (named !== undefined && inLibrary !== undefined) {
    return { kind: 'media', libraries: librariesOf(named, accountId), id: inLibrary }
  }
  if (text.startsWith('/')) throw new Unplayable('Written as /ACCOUNT/MEDIA_ID.')
  return { kind: 'media', libraries: [accountId, systemLibrary], id: text }
}

/** Throws `Unplayable` for what cannot be meant or is not played here. */
export const readReference = (reference: string, accountId: string): Reference => {
  const text = reference.trim()
  const [, scheme, rest = ''] = /^([a-z][a-z0-9_+.-]*):\/\/(.*)$/is.exec(text) ?? []
  switch (scheme?.toLowerCase()) {
    case undefined:
      if (text === '') throw new Unplayable('It names nothing.')
      return media(text, accountId)
    case 'tone_stream':
      return { kind: 'tones', text: rest }
    case 'silence_stream':
      return silence(rest)
    case 'prompt':
      return prompt(rest, accountId)
    case 'http':
    case 'https':
      return url(text)
    case 'local_stream':
      throw new Unplayable(
        'A local_stream is a folder of a media server, and there is none here: use a media file.',
      )
    default:
      throw new Unplayable(`Nothing is played from ${scheme ?? ''}:// here.`)
  }
}
