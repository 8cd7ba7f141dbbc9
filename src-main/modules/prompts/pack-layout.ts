/**
 * Where files stand in a prompt pack (spec: kazoo-sounds layout): `kazoo-core/xx/yy/PROMPT_ID.wav` for
 * the language `xx-yy`, and `prompts.txt` with the scripts, in a language folder or beside them all.
 * Also read: flat `xx-yy/` folders, a lone `xx/`, any folders above, and ogg and flac, so that whatever a
 * library exports it can import. Pure.
 */
export type PackFile =
  | { kind: 'audio'; language: string | undefined; promptId: string; extension: string }
  /** Language '' is the list beside the language folders. */
  | { kind: 'scripts'; language: string }
  | { kind: 'other' }

const root = 'kazoo-core'

const contentTypes: Readonly<Record<string, string>> = {
  wav: 'audio/x-wav',
  mp3: 'audio/mpeg',
  ogg: 'audio/ogg',
  flac: 'audio/flac',
}

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
  const match = /^([^.].*)\.(\w+)$/.exec(name)
  const [, promptId = '', ending = ''] = match ?? []
  const extension = ending.toLowerCase()
  const isAudio = Object.hasOwn(contentTypes, extension) && !parts.includes('__MACOSX')
  return isAudio ? { kind: 'audio', language: place, promptId, extension } : { kind: 'other' }
}

/** `fr-fr` stands in `fr/fr`; a tag of any other form in a folder of its own name. */
export const folderOf = (language: string): string =>
  language === ''
    ? root
    : `${root}/${/^[a-z]{2,3}-[a-z]{2}$/.test(language) ? language.replace('-', '/') : language}`

export const contentTypeOf = (extension: string): string =>
  contentTypes[extension] ?? 'application/octet-stream'

/** What an exported file ends with: what it was called, or else what it is. */
export const extensionFor = (filename: string, container: string): string => {
  const named = /\.(\w+)$/.exec(filename)?.[1]?.toLowerCase() ?? ''
  if (Object.hasOwn(contentTypes, named)) return named
  return Object.hasOwn(contentTypes, container) ? container : 'wav'
}
