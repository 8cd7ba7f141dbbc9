import { expect } from '@playwright/test'
import type { Api } from '../api.ts'
import { makePack, zip, type Pack } from './pack.ts'

/** Puts a pack into the library without the interface. */
export const importPack = async (api: Api, pack: Pack = makePack()): Promise<void> => {
  const response = await api.fetch('/studio/packs/import', {
    method: 'POST',
    headers: { 'content-type': 'application/zip' },
    body: new Uint8Array(await zip(pack)),
  })
  const { data } = (await response.json()) as { data: { job_id: string } }
  await expect
    .poll(() => api.call<{ status: string }>('GET', `/studio/jobs/${data.job_id}`))
    .toMatchObject({ status: 'done' })
}

/** Gives a medium another file, as a script would. */
export const upload = async (api: Api, id: string, file: Buffer): Promise<void> => {
  const response = await api.fetch(`/v2/accounts/${api.accountId}/media/${id}/raw`, {
    method: 'POST',
    headers: { 'content-type': 'audio/x-wav' },
    body: new Uint8Array(file),
  })
  expect(response.ok).toBe(true)
}

/** Adds a medium with a file, as a script would. */
export const addMedium = async (api: Api, name: string, file: Buffer): Promise<string> => {
  const media = `/v2/accounts/${api.accountId}/media`
  const { id } = await api.call<{ id: string }>('PUT', media, { name })
  await upload(api, id, file)
  return id
}
