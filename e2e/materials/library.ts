import { expect } from '@playwright/test'
import type { Draft, DraftSummary } from '#contract/drafts'
import type { Measures } from '#contract/measures'
import type { Api } from '../api.ts'

/** The id of a prompt's document; its `%2F` is a part of it. */
export const promptOf = (promptId: string, language = 'en-us'): string =>
  `${language}%2F${promptId}`

const mediumAt = ({ accountId }: Api, id: string) =>
  `/v2/accounts/${accountId}/media/${encodeURIComponent(id)}`

/** The file as a switch fetches it. */
export const download = async (api: Api, id: string): Promise<Buffer> => {
  const response = await api.fetch(`${mediumAt(api, id)}/raw`)
  expect(response.status).toBe(200)
  return Buffer.from(await response.arrayBuffer())
}

export const revisionOf = async (api: Api, id: string): Promise<string> => {
  const response = await api.fetch(mediumAt(api, id))
  return ((await response.json()) as { revision: string }).revision
}

/** What the file measures that callers hear. */
const measuresOf = async (api: Api, id: string): Promise<Measures> => {
  const path = `/studio/media/${encodeURIComponent(id)}/measures`
  return (await api.call<{ measures: Measures }>('GET', path)).measures
}

/** Active speech level, dBov. */
export const levelOf = async (api: Api, id: string): Promise<number> =>
  (await measuresOf(api, id)).active_level_dbov ?? Number.NEGATIVE_INFINITY

export const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length / 2
  return ((sorted[Math.ceil(middle) - 1] ?? 0) + (sorted[Math.floor(middle)] ?? 0)) / 2
}

/** The draft that was changed last, as it is on disk. */
export const lastDraft = async (api: Api): Promise<Draft> => {
  const [last] = await api.call<DraftSummary[]>('GET', '/studio/drafts')
  if (!last) throw new Error('there is no draft')
  return api.call('GET', `/studio/drafts/${last.id}`)
}

/** The medium with this name. */
export const mediaNamed = async (api: Api, wanted: string): Promise<{ id: string }> => {
  const media = await api.call<{ id: string; name: string }[]>(
    'GET',
    `/v2/accounts/${api.accountId}/media`,
  )
  const found = media.find(({ name }) => name === wanted)
  if (!found) throw new Error(`there is no medium ${wanted}`)
  return found
}
