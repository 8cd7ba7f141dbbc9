/**
 * Where files stand in a prompt pack (spec: kazoo-sounds layout): `kazoo-core/xx/yy/PROMPT_ID.wav` for
 * the language `xx-yy`, and `prompts.txt` with the scripts, in a language folder or beside them all.
 * Also read: flat `xx-yy/` folders, a lone `xx/`, and any folders above. Pure.
 */
export type PackFile =
  | { kind: 'audio'; language: string | undefined; promptId: string; extension: string }
  /** Language '' is the list beside the language folders. */
  | { kind: 'scripts'; language: string }
  | { kind: 'other' }

const root = 'kazoo-core'

const languageOf = (folders: readonly string[]): string | undefined => {
  const [parent = '', last = ''] =
    folders.slice(-2).length === 2 ? folders.slice(-2) : ['', ...folders.slice(-1)]
  if (/^[a-z]{2,3}$/i.test(parent) && /^[a-z]{2}$/i.test(last))
    return `${parent}-${last}`.toLowerCase()
  return /^[a-z]{2,3}([-_][a-z0-9]{2,8})*$/i.test(last) ? last.toLowerCase() : undefined
}

/** What a file of a pack is. `path` is relative with `/`; `language` is for files without a language folder. */
export const placeOf = (path: string, language?: string): PackFile => {
  const parts = path.split('/')
  const name = parts.at(-1) ?? ''
  const place = languageOf(parts.slice(0, -1)) ?? language
  if (name === 'prompts.txt') return { kind: 'scripts', language: place ?? '' }
  const match = /^([^.].*)\.(wav|mp3)$/i.exec(name)
  if (!match || parts.includes('__MACOSX')) return { kind: 'other' }
  const [, promptId = '', extension = ''] = match
  return { kind: 'audio', language: place, promptId, extension: extension.toLowerCase() }
}

/** `fr-fr` stands in `fr/fr`; a tag of any other form in a folder of its own name. */
export const folderOf = (language: string): string =>
  language === ''
    ? root
    : `${root}/${/^[a-z]{2,3}-[a-z]{2}$/.test(language) ? language.replace('-', '/') : language}`

export const contentTypeOf = (extension: string): string =>
  extension === 'mp3' ? 'audio/mpeg' : 'audio/x-wav'
