import type { MediaDocument, MediaInput, MediaSummary, StoredFile } from '#contract/media'
import { defaultVoice } from '#contract/voices'
import type { Body, StoredDocument } from '../../platform/documents/documents.ts'
import { merge } from '../../platform/documents/merge.ts'
import { invalid } from '../../platform/errors.ts'
import { checkLanguage, checkPromptId, namesPrompt, promptMediaId } from './naming.ts'
import type { MediaFile } from './store.ts'

/**
 * The rules of a media document: what a client's words become, and what clients are shown.
 * Values in, values out.
 */

/** What only the server knows of a document. */
export type MediaPrivate = {
  /** Set when a client chose the type to be served; wins over whatever is uploaded. */
  content_type_override?: string | undefined
  /** Text and voice the current file was spoken from. */
  spoken?: { text: string; voice: string } | undefined
  /** The `normalization_error` of the file that an edit replaced. */
  unedited_error?: string | undefined
}

export const privateOf = (document: StoredDocument): MediaPrivate => document.private

const isPrompt = (body: Body): boolean =>
  typeof body.prompt_id === 'string' && namesPrompt(body.prompt_id)

/** Text and voice to speak, when the document is to be spoken. Throws when there is no text. */
export const speechOf = (body: Body): { text: string; voice: string } | undefined => {
  if (body.media_source !== 'tts') return undefined
  const { text, voice = defaultVoice } = (body.tts ?? {}) as MediaInput['tts'] & object
  if (text !== undefined && text.trim() !== '') return { text, voice }
  const message = text === undefined ? 'Field is required but missing' : 'There is nothing to say'
  throw invalid({ 'tts.text': { required: { message, value: 'text' } } })
}

/** What the file and the server decide, whoever sends the document. */
const serverOwned = ['id', 'content_length', 'normalization_error'] as const

const withServerOwned = (current: Body, next: Body): Body => {
  const body = { ...next }
  for (const key of serverOwned) {
    if (current[key] === undefined) Reflect.deleteProperty(body, key)
    else body[key] = current[key]
  }
  return body
}

/** A new document: its id (undefined: any) and body. A prompt gets the default language and a lower-case tag. */
export const newMedia = (
  input: MediaInput,
  defaultLanguage: string,
): { id: string | undefined; body: Body } => {
  const language = input.language ?? defaultLanguage
  checkLanguage(language)
  const body = withServerOwned({}, { ...input, language })
  if (!namesPrompt(input.prompt_id)) return { id: undefined, body }
  checkPromptId(input.prompt_id)
  return {
    id: promptMediaId(language, input.prompt_id),
    body: { ...body, language: language.toLowerCase() },
  }
}

const promptChanged = (cause: unknown) =>
  invalid({
    prompt_id: {
      invalid: {
        message: 'The prompt and language of a prompt cannot be changed: create another',
        cause,
      },
    },
  })

/** A prompt stays what its id says; other media may change language freely. */
const keepIdentity = (current: Body, next: Body): Body => {
  const language = next.language
  if (typeof language === 'string') checkLanguage(language)
  if (!isPrompt(current)) {
    if (isPrompt(next)) throw promptChanged(next.prompt_id)
    return next
  }
  if (next.prompt_id !== current.prompt_id) throw promptChanged(next.prompt_id)
  const isSame = typeof language === 'string' && language.toLowerCase() === current.language
  if (!isSame) throw promptChanged(language)
  return { ...next, language: current.language }
}

/** POST: the client's document in place of the old one. A prompt may leave out what its id says. */
export const replaced = (current: Body, input: MediaInput, defaultLanguage: string): Body => {
  const kept = isPrompt(current)
    ? { prompt_id: current.prompt_id, language: current.language }
    : { language: defaultLanguage }
  return withServerOwned(current, keepIdentity(current, { ...kept, ...input }))
}

/** PATCH: merges, null removes (RFC 7396). The result is validated by the caller. */
export const patched = (current: Body, patch: Body): Body =>
  withServerOwned(current, keepIdentity(current, merge(current, patch) as Body))

/** The type a client chose: one it named that is not just what we had told it. */
export const overrideFrom = (
  current: StoredDocument | undefined,
  named: unknown,
): string | undefined => {
  if (typeof named !== 'string') return undefined
  const before = current && privateOf(current).content_type_override
  return named === current?.body.content_type ? before : named
}

const storedFile = (file: MediaFile): StoredFile => ({
  content_type: file.contentType,
  content_length: file.contentLength,
  filename: file.filename,
  audio: file.audio,
})

/** The document as clients see it, with what we know of its files under `_read_only`. */
export const toMediaDocument = (
  document: StoredDocument,
  files: readonly MediaFile[],
  unedited: readonly MediaFile[],
): MediaDocument => {
  const served = servedFile(files)
  const original = files.find(({ role }) => role === 'original')
  const before = unedited.find(({ role }) => role === 'original')
  return {
    ...(document.body as unknown as MediaInput),
    id: document.id,
    _read_only: {
      ...(served && { file: storedFile(served) }),
      ...(original && served !== original && { original: storedFile(original) }),
      ...(before && { unedited: storedFile(before) }),
      created: document.created,
      modified: document.modified,
      ...(document.deleted && { deleted: true }),
    },
  }
}

/** What callers hear: the normalised file when there is one. */
export const servedFile = (files: readonly MediaFile[]): MediaFile | undefined =>
  files.find(({ role }) => role === 'normalised') ?? files[0]

const text = (value: unknown): string => (typeof value === 'string' ? value : '')

export const toMediaSummary = ({ id, body }: StoredDocument): MediaSummary => ({
  id,
  name: text(body.name),
  media_source: text(body.media_source),
  ...(typeof body.media_type === 'string' && { media_type: body.media_type }),
  language: text(body.language).toLowerCase(),
  is_prompt: isPrompt(body),
})
