import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { AppOptions } from '../app.ts'
import type { Called, TestApp } from './app.ts'
import { startApp } from './app.ts'

/** The media API of a running backend, as tests use it. Ids are encoded on the way. */
export type MediaApi = {
  base: string
  /** Creates a document and returns its id. */
  create: (data: Record<string, unknown>) => Promise<string>
  upload: (id: string, body: Buffer | string, type?: string, path?: string) => Promise<Called>
  download: (id: string, headers?: Record<string, string>) => Promise<Called>
  get: (id: string) => Promise<Called['envelope']>
  settings: (data: Record<string, unknown>) => Promise<Called>
  /** How many blobs the data folder holds. */
  blobsOnDisk: () => Promise<number>
}

export const startMediaApp = async (
  options: Partial<AppOptions> = {},
): Promise<TestApp & MediaApi> => {
  const app = await startApp(options)
  const base = `/v2/accounts/${app.accountId}/media`
  const pathOf = (id: string) => `${base}/${encodeURIComponent(id)}`
  return {
    ...app,
    base,
    create: async (data) => (await app.call('PUT', base, { json: { data } })).envelope.data.id,
    upload: (id, body, type = 'audio/x-wav', path = '/raw') =>
      app.call('POST', `${pathOf(id)}${path}`, { body, headers: { 'content-type': type } }),
    download: (id, headers = {}) => app.call('GET', `${pathOf(id)}/raw`, { headers }),
    get: async (id) => (await app.call('GET', pathOf(id))).envelope,
    settings: (data) => app.call('PATCH', '/studio/settings', { json: { data } }),
    blobsOnDisk: async () => {
      const names = await readdir(join(app.dataDir, 'blobs'), { recursive: true })
      return names.filter((name) => /[0-9a-f]{64}$/.test(name)).length
    },
  }
}
