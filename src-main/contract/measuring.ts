import { Type, type Static } from 'typebox'
import { EditList, mostListBytes } from './edit-list.ts'
import { endpoint } from './endpoint.ts'
import { exampleList } from './examples.ts'
import { Measures, targetIds, TargetProfile, Verdict } from './measures.ts'
import { Target } from './target.ts'

const tag = 'editor'
const access = 'account'

export const MeasureReport = Type.Object({ measures: Measures, verdict: Type.Optional(Verdict) })

const profile = Type.Optional(Type.Enum([...targetIds], { description: 'Target to judge by.' }))

export const targets = endpoint('GET', '/studio/targets', {
  tag,
  access,
  summary: 'What files should measure; "pack" is the median of the prompts of a language',
  query: Type.Object({ ...Target.properties, language: Type.Optional(Type.String()) }),
  reply: Type.Array(TargetProfile),
})
export const measureList = endpoint('POST', '/studio/measures', {
  tag,
  access,
  body: 'envelope',
  mostBytes: mostListBytes,
  summary: 'Measure an edit list or a part of it',
  query: Target,
  example: { list: exampleList, from: 0, to: 8000, profile: 'pack', language: 'en-us' },
  data: Type.Object({
    list: EditList,
    from: Type.Optional(Type.Integer({ minimum: 0 })),
    to: Type.Optional(Type.Integer({ minimum: 1 })),
    profile,
    language: Type.Optional(Type.String({ description: 'Whose pack is meant.' })),
  }),
  reply: MeasureReport,
})
export const measureMedia = endpoint('GET', '/studio/media/{media_id}/measures', {
  tag,
  access,
  summary: 'Measure the file that callers hear',
  query: Type.Object({ ...Target.properties, profile }),
  reply: MeasureReport,
})

export type MeasureReport = Static<typeof MeasureReport>
