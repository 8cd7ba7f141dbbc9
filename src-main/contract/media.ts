import { Type, type Static } from 'typebox'
import { endpoint } from './endpoint.ts'
import { defaultVoice, voices } from './voices.ts'

/**
 * Content types a media document may name: the seed's (its six video types are stored untouched), and
 * the two others a file may turn out to be, so that what we answer can always be sent back.
 */
export const mediaContentTypes = [
  'audio/mp3',
  'audio/mpeg',
  'audio/mpeg3',
  'audio/x-wav',
  'audio/wav',
  'audio/ogg',
  'audio/flac',
  'audio/mp4',
  'video/x-flv',
  'video/h264',
  'video/mpeg',
  'video/quicktime',
  'video/mp4',
  'video/webm',
] as const

export const Tts = Type.Object(
  {
    text: Type.Optional(Type.String({ minLength: 1, description: 'What is spoken.' })),
    voice: Type.Optional(Type.Enum([...voices], { default: defaultVoice })),
  },
  { default: {} },
)

/** A media document as a client writes it (seed: schema for media). Unknown keys are kept. */
export const MediaInput = Type.Object({
  name: Type.String({ minLength: 1, maxLength: 128, description: 'A friendly name.' }),
  description: Type.Optional(Type.String({ minLength: 1, maxLength: 128 })),
  media_source: Type.Enum(['recording', 'upload', 'tts'], { default: 'upload' }),
  language: Type.Optional(Type.String({ description: 'Language tag, such as en-us.' })),
  prompt_id: Type.Optional(Type.String({ description: 'The prompt this media represents.' })),
  content_type: Type.Optional(
    Type.Enum([...mediaContentTypes], {
      description: 'Overrides the type the file is served with.',
    }),
  ),
  content_length: Type.Optional(
    Type.Integer({ minimum: 1, description: 'Bytes; the server sets it.' }),
  ),
  source_id: Type.Optional(Type.String({ minLength: 32, maxLength: 32 })),
  source_type: Type.Optional(Type.String()),
  streamable: Type.Boolean({ default: true }),
  tts: Type.Optional(Tts),
})

/** What listening to the file told us, whatever it was called. Times in ms, levels in dBFS. */
export const AudioFacts = Type.Object({
  container: Type.String({
    description: 'wav, mp3, ogg, flac, mp4, quicktime, webm, flv, mpeg, h264 or unknown.',
  }),
  content_type: Type.String({ description: 'The probed type, whatever header is served.' }),
  playable: Type.Boolean({
    description: 'False when no audio could be decoded, or less than the file promises.',
  }),
  reason: Type.Optional(Type.String({ description: 'Why it is not playable.' })),
  encoding: Type.Optional(Type.String()),
  sample_rate_hz: Type.Optional(Type.Integer()),
  channels: Type.Optional(Type.Integer()),
  bits: Type.Optional(Type.Integer()),
  duration_ms: Type.Optional(Type.Integer()),
  peak_dbfs: Type.Optional(Type.Number()),
  rms_dbfs: Type.Optional(Type.Number()),
  shape: Type.Optional(
    Type.String({ description: '32 characters A–Z a–z 0–9 - _: the peak of each 1/32, 0 to 63.' }),
  ),
})

export const StoredFile = Type.Object({
  content_type: Type.String(),
  content_length: Type.Integer(),
  filename: Type.String(),
  audio: AudioFacts,
})

export const MediaDocument = Type.Object({
  ...MediaInput.properties,
  id: Type.String(),
  normalization_error: Type.Optional(Type.String()),
  _read_only: Type.Optional(
    Type.Object({
      file: Type.Optional(StoredFile),
      original: Type.Optional(StoredFile),
      unedited: Type.Optional(StoredFile),
      created: Type.Optional(Type.Integer({ description: 'Gregorian seconds.' })),
      modified: Type.Optional(Type.Integer({ description: 'Gregorian seconds.' })),
      deleted: Type.Optional(Type.Boolean()),
    }),
  ),
})

export const MediaSummary = Type.Object({
  id: Type.String(),
  name: Type.String(),
  media_source: Type.String(),
  media_type: Type.Optional(Type.String()),
  language: Type.String(),
  is_prompt: Type.Boolean(),
})

export type Tts = Static<typeof Tts>
export type MediaInput = Static<typeof MediaInput>
export type AudioFacts = Static<typeof AudioFacts>
export type StoredFile = Static<typeof StoredFile>
export type MediaDocument = Static<typeof MediaDocument>
export type MediaSummary = Static<typeof MediaSummary>

const tag = 'media'
const base = '/v2/accounts/{account_id}/media'
const audio = [...mediaContentTypes]

export const list = endpoint('GET', base, {
  tag,
  system: true,
  access: 'account',
  paged: true,
  filtered: true,
  summary: 'List media, newest first',
  reply: Type.Array(MediaSummary),
})
export const create = endpoint('PUT', base, {
  tag,
  system: true,
  access: 'account',
  status: 201,
  body: 'envelope',
  summary: 'Create a media document; with media_source "tts" its text is spoken at once',
  data: MediaInput,
  reply: MediaDocument,
})
export const languages = endpoint('GET', `${base}/languages`, {
  tag,
  system: true,
  access: 'account',
  summary: 'Count media by language; "missing" counts those without one',
  reply: Type.Array(Type.Record(Type.String(), Type.Integer())),
})
export const byLanguage = endpoint('GET', `${base}/languages/{language}`, {
  tag,
  system: true,
  access: 'account',
  paged: true,
  filtered: true,
  summary: 'Ids of the media in a language, or of those "missing" one',
  reply: Type.Array(Type.String()),
})
export const prompts = endpoint('GET', `${base}/prompts`, {
  tag,
  system: true,
  access: 'account',
  paged: true,
  summary: 'Count the translations of every prompt',
  reply: Type.Array(Type.Record(Type.String(), Type.Integer())),
})
export const translations = endpoint('GET', `${base}/prompts/{prompt_id}`, {
  tag,
  system: true,
  access: 'account',
  paged: true,
  filtered: true,
  summary: 'Ids of the translations of a prompt',
  reply: Type.Array(Type.String()),
})
export const get = endpoint('GET', `${base}/{media_id}`, {
  tag,
  system: true,
  access: 'account',
  produces: audio,
  summary: 'The document, or its file when an audio or video type is accepted',
  reply: MediaDocument,
})
export const update = endpoint('POST', `${base}/{media_id}`, {
  tag,
  system: true,
  access: 'account',
  body: 'upload',
  summary: 'Replace the document, or its file when an audio or video type is sent',
  data: MediaInput,
  reply: MediaDocument,
})
export const patch = endpoint('PATCH', `${base}/{media_id}`, {
  tag,
  system: true,
  access: 'account',
  body: 'envelope',
  summary: 'Merge into the document; null removes a key',
  data: Type.Record(Type.String(), Type.Unknown()),
  reply: MediaDocument,
})
export const remove = endpoint('DELETE', `${base}/{media_id}`, {
  tag,
  system: true,
  access: 'account',
  body: 'envelope',
  summary: 'Delete softly, or for good with hard_delete',
  reply: MediaDocument,
})
export const download = endpoint('GET', `${base}/{media_id}/raw`, {
  tag,
  system: true,
  access: 'account',
  produces: audio,
  summary: 'The file as it is served to callers',
})
export const upload = endpoint('POST', `${base}/{media_id}/raw`, {
  tag,
  system: true,
  access: 'account',
  body: 'file',
  summary: 'Store the file: raw bytes, base64, a data URI or multipart',
  reply: MediaDocument,
})
