import { Type, type Static } from 'typebox'
import { EditList, formatProperties, mostListBytes, Operation } from './edit-list.ts'
import { Effect, outputContainers, OutputFormat, wavEncodings } from './effects.ts'
import { endpoint } from './endpoint.ts'
import { exampleList } from './examples.ts'

const tag = 'editor'
const access = 'account'
const body = 'envelope'

const Range = {
  from: Type.Optional(Type.Integer({ minimum: 0, description: 'Frame; 0 by default.' })),
  to: Type.Optional(
    Type.Integer({ minimum: 1, description: 'Frame, exclusive; the end by default.' }),
  ),
}

/** A file made of an edit list. */
export const Render = Type.Object({
  id: Type.String(),
  job_id: Type.String(),
  state: Type.Enum(['running', 'done', 'failed', 'cancelled']),
  filename: Type.String(),
  content_type: Type.String(),
  content_length: Type.Optional(Type.Integer()),
  command: Type.String({ description: 'The sox command that writes it.' }),
})

export const applyOperations = endpoint('POST', '/studio/edits/apply', {
  tag,
  access,
  body,
  mostBytes: mostListBytes,
  summary: 'An edit list after some operations; nothing is stored',
  example: { list: exampleList, operations: [{ kind: 'trim', from: 0, to: 12_000 }] },
  data: Type.Object({
    list: EditList,
    operations: Type.Array(Operation, { minItems: 1, maxItems: 10_000 }),
  }),
  reply: EditList,
})
export const createRender = endpoint('POST', '/studio/renders', {
  tag,
  access,
  body,
  status: 202,
  mostBytes: mostListBytes,
  summary:
    'Write an edit list, or a part of it, as a file, without a format as a wav of 32-bit samples; kept for a day',
  example: { list: exampleList, format: { container: 'mp3' }, name: 'Goodbye' },
  data: Type.Object({
    list: EditList,
    ...Range,
    effects: Type.Optional(Type.Array(Effect, { maxItems: 20 })),
    format: Type.Optional(OutputFormat),
    name: Type.Optional(Type.String({ minLength: 1, maxLength: 128 })),
  }),
  reply: Render,
})
export const render = endpoint('GET', '/studio/renders/{render_id}', {
  tag,
  access,
  summary: 'How a render stands',
  reply: Render,
})
export const renderFile = endpoint('GET', '/studio/renders/{render_id}/file', {
  tag,
  access,
  produces: ['audio/*'],
  refuses: ['range_not_satisfiable'],
  summary: 'The file of a finished render',
})

/** Seconds of audio of one preview. */
export const mostPreviewSeconds = 30

export const preview = endpoint('POST', '/studio/preview', {
  tag,
  access,
  body,
  produces: ['audio/x-wav'],
  mostBytes: mostListBytes,
  summary: 'What effects would do to a part of an edit list, as a wav of 32-bit samples, at once',
  refuses: ['tool_missing'],
  example: {
    list: exampleList,
    to: 8000,
    effects: [{ kind: 'band_pass', low_hz: 300, high_hz: 3400 }],
  },
  data: Type.Object({
    list: EditList,
    ...Range,
    effects: Type.Array(Effect, { maxItems: 20 }),
  }),
})
export const effectCommand = endpoint('POST', '/studio/effects/command', {
  tag,
  access,
  body,
  summary: 'The sox command line of effects and a format, as it would be run',
  example: {
    sample_rate_hz: 8000,
    channels: 1,
    effects: [{ kind: 'speed', factor: 1.1 }],
    format: { container: 'wav', encoding: 'ulaw' },
  },
  data: Type.Object({
    ...formatProperties,
    effects: Type.Array(Effect, { maxItems: 20 }),
    format: Type.Optional(OutputFormat),
  }),
  reply: Type.Object({ command: Type.String() }),
})

/** A format the installed sox can write. What is not named there is free. */
const WritableFormat = Type.Object({
  container: Type.Enum([...outputContainers]),
  encodings: Type.Array(Type.Enum([...wavEncodings])),
  content_type: Type.String(),
  extension: Type.String(),
  sample_rates_hz: Type.Optional(Type.Array(Type.Integer())),
  most_channels: Type.Optional(Type.Integer()),
  bitrates_kbps: Type.Optional(Type.Array(Type.Number())),
})

export const formats = endpoint('GET', '/studio/formats', {
  tag,
  access,
  refuses: ['tool_missing'],
  summary: 'Formats that can be written here',
  reply: Type.Array(WritableFormat),
})

export type Render = Static<typeof Render>
