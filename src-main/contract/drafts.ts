import { Type, type Static } from 'typebox'
import { EditList, mostListBytes, Operation, SourceId } from './edit-list.ts'
import { Effect, OutputFormat } from './effects.ts'
import { endpoint } from './endpoint.ts'
import { exampleWindow } from './examples.ts'
import { Target } from './target.ts'

/** A step of a draft's history. */
export const Step = Type.Object({
  operation: Operation,
  label: Type.String({ description: 'What it did, in words: "Fade out 30 ms".' }),
  at: Type.Integer({ description: 'Gregorian seconds.' }),
})

/** Which window works on a draft. A lease that is not renewed for 30 s is over. */
export const Editor = Type.Object({
  window: Type.String(),
  since: Type.Integer({ description: 'Gregorian seconds.' }),
})

/**
 * Unsaved work on a media document or on a new take: where it began, the steps since, and how many
 * of them count (the rest is undone). It is on disk after every step.
 */
export const Draft = Type.Object({
  id: Type.String(),
  name: Type.String(),
  media_id: Type.Optional(Type.String()),
  target: Type.Enum(['account', 'system']),
  media_revision: Type.Optional(
    Type.String({ description: 'Of the document when the draft was opened or last saved.' }),
  ),
  revision: Type.Integer({
    description:
      'Counts up with every change of the history, whoever makes it. Saving changes none.',
  }),
  initial: EditList,
  steps: Type.Array(Step),
  position: Type.Integer({ description: 'Steps that count, 0 to their number.' }),
  saved_position: Type.Optional(Type.Integer({ description: 'As saved last.' })),
  editor: Type.Union([Editor, Type.Null()]),
  created: Type.Integer({ description: 'Gregorian seconds.' }),
  modified: Type.Integer({ description: 'Gregorian seconds.' }),
})

export const DraftSummary = Type.Object({
  id: Type.String(),
  name: Type.String(),
  media_id: Type.Optional(Type.String()),
  target: Type.Enum(['account', 'system']),
  steps: Type.Integer(),
  is_saved: Type.Boolean(),
  editor: Type.Union([Editor, Type.Null()]),
  modified: Type.Integer({ description: 'Gregorian seconds.' }),
})

const Window = Type.String({ minLength: 8, maxLength: 64 })

/** The draft's revision a change was made on, and by whom. */
const Basis = {
  revision: Type.Integer({ minimum: 0 }),
  window: Type.Optional(Window),
}

const refuses = ['conflict'] as const
const description =
  'A 409 says in `cause` what stands against it: `revision` (the draft has changed), `editor` (another window works on it), `media_revision` (the file to be replaced is another one by now).'
const exampleBasis = { revision: 3, window: exampleWindow }

const Standing = Type.Object({ revision: Type.Integer(), position: Type.Integer() })

const tag = 'editor'
const access = 'account'
const body = 'envelope'

export const drafts = endpoint('GET', '/studio/drafts', {
  tag,
  access,
  summary: 'Drafts of the account, the last changed first',
  reply: Type.Array(DraftSummary),
})
export const openDraft = endpoint('POST', '/studio/drafts', {
  tag,
  access,
  body,
  status: 201,
  summary:
    'The draft of a media document (of its file as uploaded), made when there is none, or a new one of a source; answers when that is read',
  query: Target,
  example: { media_id: 'en-us%2Fvm-goodbye' },
  data: Type.Object({
    media_id: Type.Optional(Type.String()),
    source: Type.Optional(SourceId),
    name: Type.Optional(Type.String({ minLength: 1, maxLength: 128 })),
  }),
  reply: Draft,
})
export const draft = endpoint('GET', '/studio/drafts/{draft_id}', {
  tag,
  access,
  summary: 'A draft with its history',
  reply: Draft,
})
export const draftList = endpoint('GET', '/studio/drafts/{draft_id}/list', {
  tag,
  access,
  summary: 'The edit list a draft has come to',
  reply: EditList,
})
export const addStep = endpoint('POST', '/studio/drafts/{draft_id}/steps', {
  tag,
  access,
  body,
  mostBytes: mostListBytes,
  summary: 'Do one thing to a draft; what was undone before is gone then',
  description,
  refuses,
  example: {
    ...exampleBasis,
    operation: { kind: 'fade', from: 14_000, to: 16_000, direction: 'out', curve: 'sine' },
  },
  data: Type.Object({ ...Basis, operation: Operation }),
  reply: Standing,
})
export const setPosition = endpoint('POST', '/studio/drafts/{draft_id}/position', {
  tag,
  access,
  body,
  summary: 'Undo or redo to a point of the history',
  description,
  refuses,
  example: { ...exampleBasis, position: 2 },
  data: Type.Object({ ...Basis, position: Type.Integer({ minimum: 0 }) }),
  reply: Standing,
})
export const applyEffects = endpoint('POST', '/studio/drafts/{draft_id}/effects', {
  tag,
  access,
  body,
  status: 202,
  summary:
    'Let sox work on a range: the job’s result is the step it added, which fails when the draft has changed meanwhile',
  description,
  refuses,
  example: {
    ...exampleBasis,
    from: 0,
    to: 16_000,
    effects: [{ kind: 'high_pass', frequency_hz: 120 }],
  },
  data: Type.Object({
    ...Basis,
    from: Type.Integer({ minimum: 0 }),
    to: Type.Integer({ minimum: 1 }),
    effects: Type.Array(Effect, { minItems: 1, maxItems: 20 }),
  }),
  reply: Type.Object({ job_id: Type.String() }),
})
export const setEditor = endpoint('POST', '/studio/drafts/{draft_id}/editor', {
  tag,
  access,
  body,
  summary: 'Say that a window works on a draft, or take it over; 409 while another one does',
  refuses,
  example: { window: exampleWindow },
  data: Type.Object({
    window: Window,
    take_over: Type.Optional(Type.Boolean()),
    leave: Type.Optional(Type.Boolean()),
  }),
  reply: Type.Union([Editor, Type.Null()]),
})
export const saveDraft = endpoint('POST', '/studio/drafts/{draft_id}/save', {
  tag,
  access,
  body,
  status: 202,
  summary:
    'Write a draft to its media document, or as another one; the job’s result names it and its revision',
  description,
  refuses,
  example: { ...exampleBasis, format: { container: 'wav', encoding: 'pcm_16' } },
  data: Type.Object({
    ...Basis,
    format: Type.Optional(
      Type.Object(OutputFormat.properties, {
        additionalProperties: false,
        description: 'By default that of the file it replaces, else wav with 16 bits.',
      }),
    ),
    media_revision: Type.Optional(
      Type.String({
        description:
          'Replace the file of this revision of the document, although it is not the one the draft was made of.',
      }),
    ),
    as: Type.Optional(
      Type.Object(
        {
          name: Type.String({ minLength: 1, maxLength: 128 }),
          language: Type.Optional(Type.String()),
          prompt_id: Type.Optional(Type.String()),
        },
        {
          description:
            'A new document in the library of the draft. A draft that has no document yet belongs to it from then on; another one stays unsaved. A translation that exists is replaced when media_revision names its revision.',
        },
      ),
    ),
  }),
  reply: Type.Object({ job_id: Type.String() }),
})
export const deleteDraft = endpoint('DELETE', '/studio/drafts/{draft_id}', {
  tag,
  access,
  body,
  summary: 'Throw a draft away; what was saved stays',
  description,
  refuses,
  example: { window: exampleWindow },
  data: Type.Object({ window: Type.Optional(Window) }),
  reply: DraftSummary,
})
export const revert = endpoint('POST', '/studio/media/{media_id}/revert', {
  tag,
  access,
  body,
  summary: 'Bring back the file as it was before it was edited',
  query: Target,
  reply: Type.Object({ media_id: Type.String(), revision: Type.String() }),
})

/** Result of a `save` job. */
export type SaveResult = { media_id: string; revision: string; command: string }
/** Result of an `effects` job. */
export type EffectsResult = { revision: number; position: number; step: Step }

export type Step = Static<typeof Step>
export type Draft = Static<typeof Draft>
export type DraftSummary = Static<typeof DraftSummary>
export type Editor = Static<typeof Editor>
