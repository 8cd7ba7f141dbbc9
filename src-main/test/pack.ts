import { mkdtemp, rm } from 'node:fs/promises'
import { buffer } from 'node:stream/consumers'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'vitest'
import { zipStream } from '../platform/zip.ts'
import { startApp, type Called, type TestApp } from './app.ts'
import { tone } from './tone.ts'

/** A backend that imports packs, with a scratch folder beside it. */
export type PackApi = {
  folder: string
  /** POSTs a zip and returns at once. */
  post: (zip: Buffer, query?: string) => Promise<Called>
  importPath: (path: string, query?: string) => Promise<Called>
  /** The job once it has ended. */
  ended: (jobId: string) => Promise<any>
  /** Imports files as a zip and waits. */
  importZip: (files: PackFiles, query?: string) => Promise<any>
  exported: (query?: string) => Promise<Buffer>
}

export type PackFiles = Record<string, Buffer | string>

export const sound = (frequencyHz: number): Buffer => tone({ frequencyHz, durationMs: 120 })

/** Two prompts in two languages with a gap, every kind of script file, and a stranger. */
export const smallPack: PackFiles = {
  'kazoo-core/prompts.txt': 'vm-hello: Hello\n\nvm-goodbye: Goodbye\n',
  'kazoo-core/en/us/prompts.txt':
    'vm-hello: Hello there\r\nvm-goodbye: Goodbye\r\nvm-goodbye: Bye\r\n',
  'kazoo-core/en/us/vm-hello.wav': sound(300),
  'kazoo-core/en/us/vm-goodbye.wav': sound(400),
  'kazoo-core/fr/fr/prompts.txt': 'vm-hello: Bonjour',
  'kazoo-core/fr/fr/vm-hello.wav': sound(500),
  'kazoo-core/list_missing.sh': '#!/bin/sh\n',
}

export const zipOf = (files: PackFiles): Promise<Buffer> =>
  buffer(
    zipStream(
      Object.entries(files).map(([path, content]) => ({ path, bytes: Buffer.from(content) })),
    ),
  )

export const startPackApp = async (): Promise<TestApp & PackApi> => {
  const app = await startApp()
  const folder = await mkdtemp(join(tmpdir(), 'pack-'))
  const jobOf = async (id: string) => (await app.call('GET', `/studio/jobs/${id}`)).envelope.data
  const ended: PackApi['ended'] = async (id) => {
    await expect
      .poll(async () => (await jobOf(id)).status, { timeout: 15_000 })
      .toMatch(/done|failed|cancelled/)
    return jobOf(id)
  }
  const post: PackApi['post'] = (body, query = '') =>
    app.call('POST', `/studio/packs/import${query}`, {
      body,
      headers: { 'content-type': 'application/zip' },
    })
  return {
    ...app,
    folder,
    post,
    ended,
    importPath: (path, query = '') =>
      app.call('POST', `/studio/packs/import${query}`, { json: { data: { path } } }),
    importZip: async (files, query) => {
      const { status, envelope } = await post(await zipOf(files), query)
      expect(status).toBe(202)
      return ended(envelope.data.job_id)
    },
    exported: async (query = '') => (await app.call('GET', `/studio/packs/export${query}`)).bytes,
    dispose: async () => {
      await app.dispose()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
