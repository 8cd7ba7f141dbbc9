import { Type, type Static } from 'typebox'
import { participantEvents } from './conference-events.ts'
import { endpoint } from './endpoint.ts'
import { AskedBy } from './live-conferences.ts'
import { AudioFacts, MediaDocument } from './media.ts'
import { Target } from './target.ts'
import { voices } from './voices.ts'

export const Tool = Type.Object({
  name: Type.String(),
  found: Type.Boolean(),
  version: Type.Optional(Type.String()),
  formats: Type.Optional(Type.Array(Type.String())),
  hint: Type.Optional(Type.String({ description: 'What to do when it is missing.' })),
})

export const Status = Type.Object({
  version: Type.String(),
  account: Type.Object({ id: Type.String(), name: Type.String() }),
  is_admin: Type.Boolean(),
  asked_by: AskedBy,
  default_language: Type.String(),
  max_upload_size: Type.Integer({ description: 'Bytes of a Crossbar body.' }),
  tools: Type.Array(Tool),
  sip: Type.Union([Type.String(), Type.Null()], {
    description: 'Address and port where phones register; null: nobody listens.',
  }),
  sip_problem: Type.Optional(
    Type.String({ description: 'Why nobody listens, when somebody should.' }),
  ),
  data_folder: Type.Optional(Type.String({ description: 'For the administrator.' })),
})

/** How a cell of the prompt matrix stands. `inherited` is heard from the system library. */
export const cellStates = ['recorded', 'spoken', 'empty', 'unreadable', 'inherited'] as const

export const Cell = Type.Object({
  state: Type.Enum([...cellStates]),
  duration_ms: Type.Optional(Type.Integer()),
  shape: Type.Optional(Type.String()),
  normalization_error: Type.Optional(Type.String()),
})

export const PromptRow = Type.Object({
  prompt_id: Type.String(),
  area: Type.String({ description: 'The part of the id before its first "-" or "_".' }),
  /** Script in the source language. */
  text: Type.String(),
  /** By language tag; a language without a key is missing. */
  cells: Type.Record(Type.String(), Cell),
})

export const Matrix = Type.Object({
  source_language: Type.String(),
  languages: Type.Array(Type.String()),
  prompts: Type.Array(PromptRow),
})

export const Script = Type.Object({
  prompt_id: Type.String(),
  language: Type.String(),
  text: Type.String(),
})

const jobKinds = [
  'import',
  'dry_run',
  'read',
  'render',
  'effects',
  'save',
  'batch',
  'split',
] as const
const jobStatuses = ['queued', 'running', 'done', 'failed', 'cancelled'] as const

export const Job = Type.Object({
  id: Type.String(),
  kind: Type.Enum([...jobKinds]),
  label: Type.String(),
  status: Type.Enum([...jobStatuses]),
  progress: Type.Number({ minimum: 0, maximum: 1 }),
  created: Type.Integer({ description: 'Gregorian seconds.' }),
  error: Type.Optional(Type.String()),
  result: Type.Optional(Type.Unknown()),
})

export const importOutcomes = ['add', 'replace', 'same', 'orphan', 'unreadable'] as const

export const ImportEntry = Type.Object({
  path: Type.String(),
  outcome: Type.Enum([...importOutcomes]),
  language: Type.Optional(Type.String()),
  prompt_id: Type.Optional(Type.String()),
  orphan: Type.Optional(
    Type.Boolean({ description: 'Imported, but no source-language prompt has this id.' }),
  ),
  reason: Type.Optional(Type.String()),
})

const scriptOutcomes = ['add', 'replace', 'same', 'unreadable'] as const

/** A `prompts.txt` of a pack. Language "" is the list beside the language folders. */
export const ImportedScripts = Type.Object({
  path: Type.String(),
  language: Type.String(),
  outcome: Type.Enum([...scriptOutcomes]),
  lines: Type.Integer(),
  duplicates: Type.Array(
    Type.String({ description: 'Prompt ids that stand in it more than once.' }),
  ),
})

/**
 * Result of an import job: counts of audio files by outcome, and every file. `changes` counts what was
 * (or would be) added or replaced, scripts included. `orphan` counts files without a language folder,
 * which are not imported, and files whose prompt id the source language does not know, which are.
 */
export const ImportReport = Type.Object({
  dry_run: Type.Boolean(),
  changes: Type.Integer(),
  counts: Type.Record(Type.Enum([...importOutcomes]), Type.Integer()),
  entries: Type.Array(ImportEntry),
  scripts: Type.Array(ImportedScripts),
})

export const Settings = Type.Object({
  default_language: Type.String({ pattern: '^[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*$' }),
  max_upload_size: Type.Integer({ minimum: 1, maximum: 2_000_000_000 }),
  max_pack_size: Type.Integer({ minimum: 1, maximum: 100_000_000_000 }),
  normalize_media: Type.Boolean(),
  normalization_format: Type.Enum(['mp3', 'wav', 'ogg', 'flac']),
  normalize_executable: Type.String({ minLength: 1, maxLength: 1024 }),
  normalize_source_args: Type.String({ maxLength: 1024 }),
  normalize_destination_args: Type.String({ maxLength: 1024 }),
  allowed_origins: Type.Array(Type.String({ pattern: '^https?://[^/*]+$' }), { maxItems: 100 }),
  play_from_private_addresses: Type.Boolean({
    description:
      'Whether URLs that conferences play may lead to this machine and its own network. Anybody who may play media can then make the server ask there.',
  }),
  publish_participant_event: Type.Array(Type.Enum([...participantEvents]), {
    uniqueItems: true,
    description:
      'Which events of participants are told on the bindings of Crossbar (KAZOO: of the same name). This app hears of all.',
  }),
})

export const VoiceMapping = Type.Object({
  voice: Type.Enum([...voices]),
  language: Type.String(),
  gender: Type.Enum(['female', 'male']),
  engine: Type.String(),
  engine_voice: Type.String(),
})

/** A media document as the library lists it, with what is known of its sound. */
export const LibraryItem = Type.Object({
  id: Type.String(),
  name: Type.String(),
  description: Type.Optional(Type.String()),
  media_source: Type.String(),
  language: Type.String(),
  created: Type.Integer(),
  modified: Type.Integer(),
  content_type: Type.Optional(Type.String()),
  content_length: Type.Optional(Type.Integer()),
  normalization_error: Type.Optional(Type.String()),
  audio: Type.Optional(AudioFacts),
})

export type Tool = Static<typeof Tool>
export type Status = Static<typeof Status>
export type Cell = Static<typeof Cell>
export type PromptRow = Static<typeof PromptRow>
export type Matrix = Static<typeof Matrix>
export type Script = Static<typeof Script>
export type Job = Static<typeof Job>
export type ImportOutcome = (typeof importOutcomes)[number]
export type ImportEntry = Static<typeof ImportEntry>
export type ImportedScripts = Static<typeof ImportedScripts>
export type ImportReport = Static<typeof ImportReport>
export type Settings = Static<typeof Settings>
export type VoiceMapping = Static<typeof VoiceMapping>
export type LibraryItem = Static<typeof LibraryItem>

const tag = 'studio'
const access = 'account'

export const status = endpoint('GET', '/studio/status', {
  tag,
  access,
  summary: 'Who I am here, and which tools the backend has',
  reply: Status,
})
export const matrix = endpoint('GET', '/studio/prompts', {
  tag,
  access,
  summary: 'Every prompt in every language',
  query: Target,
  reply: Matrix,
})
export const promptRow = endpoint('GET', '/studio/prompts/{prompt_id}', {
  tag,
  access,
  summary: 'One row of the matrix',
  query: Target,
  reply: PromptRow,
})
export const scripts = endpoint('GET', '/studio/prompts/{prompt_id}/scripts', {
  tag,
  access,
  summary: 'What a prompt says, in every language that has a script',
  query: Target,
  reply: Type.Array(Script),
})
export const writeScript = endpoint('PUT', '/studio/prompts/{prompt_id}/scripts/{language}', {
  tag,
  access,
  status: 200,
  body: 'envelope',
  summary: 'Write what a prompt says in a language',
  query: Target,
  data: Type.Object({ text: Type.String({ maxLength: 10_000 }) }),
  reply: Script,
})
export const library = endpoint('GET', '/studio/media', {
  tag,
  access,
  paged: true,
  filtered: true,
  summary: 'Media that are no prompts, newest first, with what is known of their sound',
  query: Type.Object({
    ...Target.properties,
    search: Type.Optional(Type.String({ maxLength: 200 })),
  }),
  reply: Type.Array(LibraryItem),
})
export const original = endpoint('GET', '/studio/media/{media_id}/original', {
  tag,
  access,
  produces: ['audio/*', 'video/*'],
  summary: 'The file as it was uploaded, before normalisation',
  query: Target,
})
export const restore = endpoint('POST', '/studio/media/{media_id}/restore', {
  tag,
  access,
  body: 'envelope',
  summary: 'Undo a soft deletion',
  query: Target,
  reply: MediaDocument,
})
export const packImport = endpoint('POST', '/studio/packs/import', {
  tag,
  access,
  status: 202,
  body: 'stream',
  consumes: ['application/zip', 'application/x-zip-compressed', 'application/octet-stream'],
  summary: 'Import a prompt pack: a zip as the body, or {"data":{"path"}} of a local folder or zip',
  query: Type.Object({ ...Target.properties, dry_run: Type.Optional(Type.Boolean()) }),
  reply: Type.Object({ job_id: Type.String() }),
})
export const packExport = endpoint('GET', '/studio/packs/export', {
  tag,
  access,
  produces: ['application/zip'],
  summary: 'The pack as a zip in the kazoo-core layout',
  query: Type.Object({ ...Target.properties, languages: Type.Optional(Type.String()) }),
})
export const jobs = endpoint('GET', '/studio/jobs', {
  tag,
  access,
  summary: 'Jobs of this process, newest first',
  reply: Type.Array(Job),
})
export const job = endpoint('GET', '/studio/jobs/{job_id}', {
  tag,
  access,
  summary: 'How a job stands',
  reply: Job,
})
export const cancelJob = endpoint('DELETE', '/studio/jobs/{job_id}', {
  tag,
  access,
  body: 'envelope',
  summary: 'Cancel a job',
  reply: Job,
})
export const settings = endpoint('GET', '/studio/settings', {
  tag,
  access,
  summary: 'Settings of this installation',
  reply: Settings,
})
export const changeSettings = endpoint('PATCH', '/studio/settings', {
  tag,
  access: 'admin',
  body: 'envelope',
  summary: 'Change settings; what is not named stays',
  data: Type.Partial(Settings),
  reply: Settings,
})
export const voiceMappings = endpoint('GET', '/studio/voices', {
  tag,
  access,
  summary: 'Which engine voice speaks for each voice of the media schema',
  reply: Type.Array(VoiceMapping),
})
