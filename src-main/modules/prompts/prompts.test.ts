import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { deflateRawSync } from 'node:zlib'
import { buffer } from 'node:stream/consumers'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startApp, type TestApp } from '../../test/app.ts'
import { tone } from '../../test/tone.ts'
import { withZip, zipStream } from '../../platform/zip.ts'

let app: TestApp
let folder: string

beforeEach(async () => {
  app = await startApp()
  folder = await mkdtemp(join(tmpdir(), 'pack-'))
})
afterEach(async () => {
  await app.dispose()
  await rm(folder, { recursive: true, force: true })
})

const sound = (frequencyHz: number) => tone({ frequencyHz, durationMs: 120 })

const pack: Record<string, Buffer | string> = {
  'kazoo-core/prompts.txt': 'vm-hello: Hello\n\nvm-goodbye: Goodbye\n',
  'kazoo-core/en/us/prompts.txt':
    'vm-hello: Hello there\r\nvm-goodbye: Goodbye\r\nvm-goodbye: Bye\r\n',
  'kazoo-core/en/us/vm-hello.wav': sound(300),
  'kazoo-core/en/us/vm-goodbye.wav': sound(400),
  'kazoo-core/fr/fr/prompts.txt': 'vm-hello: Bonjour',
  'kazoo-core/fr/fr/vm-hello.wav': sound(500),
  'kazoo-core/list_missing.sh': '#!/bin/sh\n',
}

const zipOf = (files: Record<string, Buffer | string>): Promise<Buffer> =>
  buffer(
    zipStream(
      Object.entries(files).map(([path, content]) => ({ path, bytes: Buffer.from(content) })),
    ),
  )

const unzip = async (bytes: Buffer): Promise<Record<string, string>> => {
  const path = join(folder, `${Math.random()}.zip`)
  await writeFile(path, bytes)
  const limits = { maximumBytes: 1e9, maximumEntries: 1e4, maximumRatio: 1000 }
  return withZip(path, limits, async (entries) => {
    const hashes: Record<string, string> = {}
    for (const entry of entries) {
      hashes[entry.path] = createHash('sha256')
        .update(await entry.read())
        .digest('hex')
    }
    return hashes
  })
}

const ended = async (jobId: string) => {
  await expect
    .poll(async () => (await app.call('GET', `/studio/jobs/${jobId}`)).envelope.data.status, {
      timeout: 15_000,
    })
    .toMatch(/done|failed|cancelled/)
  return (await app.call('GET', `/studio/jobs/${jobId}`)).envelope.data
}

const importZip = async (files: Record<string, Buffer | string>, query = '') => {
  const body = await zipOf(files)
  const { status, envelope } = await app.call('POST', `/studio/packs/import${query}`, {
    body,
    headers: { 'content-type': 'application/zip' },
  })
  expect(status).toBe(202)
  return ended(envelope.data.job_id)
}

const importPath = (path: string, query = '') =>
  app.call('POST', `/studio/packs/import${query}`, { json: { data: { path } } })

const exported = async (query = '') => (await app.call('GET', `/studio/packs/export${query}`)).bytes

describe('importing a pack', () => {
  it('says first what it would do, and changes nothing', async () => {
    const job = await importZip(pack, '?dry_run=true')

    expect(job).toMatchObject({ status: 'done', progress: 1 })
    expect(job.result).toMatchObject({
      dry_run: true,
      changes: 6,
      counts: { add: 3, replace: 0, same: 0, orphan: 0, unreadable: 0 },
    })
    expect((await app.call('GET', '/studio/prompts')).envelope.data.prompts).toEqual([])
  })

  it('brings in sound and scripts, and reports nothing to do the second time', async () => {
    const first = await importZip(pack)
    const second = await importZip(pack)

    expect(first.result.counts).toMatchObject({ add: 3 })
    expect(second.result).toMatchObject({ changes: 0, counts: { add: 0, replace: 0, same: 3 } })
    expect(first.result.scripts).toContainEqual({
      path: 'kazoo-core/en/us/prompts.txt',
      language: 'en-us',
      outcome: 'add',
      lines: 3,
      duplicates: ['vm-goodbye'],
    })
  })

  it('gives the same bytes back, and imports its own export as nothing new', async () => {
    await importZip(pack)
    const zip = await exported()
    const { 'kazoo-core/list_missing.sh': _script, ...wanted } = pack
    const hashes = Object.fromEntries(
      Object.entries(wanted).map(([path, content]) => [
        path,
        createHash('sha256').update(content).digest('hex'),
      ]),
    )

    expect(await unzip(zip)).toEqual(hashes)
    expect((await exported()).equals(zip)).toBe(true)
    const path = join(folder, 'again.zip')
    await writeFile(path, zip)
    const { envelope } = await importPath(path)
    expect((await ended(envelope.data.job_id)).result.changes).toBe(0)
  })

  it('exports the originals even when callers hear normalised files', async () => {
    await app.call('PATCH', '/studio/settings', { json: { data: { normalize_media: true } } })
    await importZip(pack)
    const hash = createHash('sha256').update(pack['kazoo-core/en/us/vm-hello.wav']!).digest('hex')
    expect((await unzip(await exported('?languages=en-us')))['kazoo-core/en/us/vm-hello.wav']).toBe(
      hash,
    )
  })

  it('exports only the languages asked for', async () => {
    await importZip(pack)
    expect(Object.keys(await unzip(await exported('?languages=fr-fr')))).toEqual([
      'kazoo-core/fr/fr/prompts.txt',
      'kazoo-core/fr/fr/vm-hello.wav',
      'kazoo-core/prompts.txt',
    ])
  })

  it('takes a folder, without following links out of it', async () => {
    const secret = join(folder, 'secret.wav')
    await writeFile(secret, sound(900))
    for (const [path, content] of Object.entries(pack)) {
      await mkdir(join(folder, 'in', dirname(path)), { recursive: true })
      await writeFile(join(folder, 'in', path), content)
    }
    await symlink(secret, join(folder, 'in/kazoo-core/en/us/vm-secret.wav'))

    const { envelope } = await importPath(join(folder, 'in'))

    const { result } = await ended(envelope.data.job_id)
    expect(result.counts).toMatchObject({ add: 3 })
  })

  it('tells replaced, orphaned and unreadable files apart, and takes in the good ones', async () => {
    await importZip(pack)
    const { result } = await importZip({
      'en/us/vm-hello.wav': sound(310),
      'fr/fr/external-ivr.wav': sound(600),
      'vm-nowhere.wav': sound(700),
      'fr/fr/vm-text.wav': 'these are words',
      'fr/fr/vm-empty.wav': '',
      'fr/fr/vm-cut.wav': sound(800).subarray(0, 20),
    })

    expect(result.counts).toEqual({ add: 1, replace: 1, same: 0, orphan: 2, unreadable: 3 })
    expect(result.entries).toContainEqual({
      path: 'fr/fr/external-ivr.wav',
      outcome: 'add',
      language: 'fr-fr',
      prompt_id: 'external-ivr',
      orphan: true,
    })
    expect(
      result.entries.find(({ path }: { path: string }) => path === 'fr/fr/vm-text.wav'),
    ).toMatchObject({ outcome: 'unreadable', reason: expect.stringMatching(/\w/) })
    expect((await app.call('GET', '/studio/prompts/vm-text')).status).toBe(404)
  })

  it('goes to the system library for the administrator, where every account inherits it', async () => {
    await importZip(pack, '?target=system')
    const { prompts } = (await app.call('GET', '/studio/prompts')).envelope.data
    expect(prompts[1]).toMatchObject({
      prompt_id: 'vm-hello',
      cells: { 'en-us': { state: 'inherited' }, 'fr-fr': { state: 'inherited' } },
    })
    expect((await app.call('GET', '/v2/media/languages')).envelope.data).toEqual([
      { 'en-us': 2, 'fr-fr': 1 },
    ])
  })
})

describe('hostile packs', () => {
  const local = (name: string, content: Buffer) => {
    const header = Buffer.alloc(30)
    header.writeUInt32LE(0x04034b50, 0)
    header.writeUInt16LE(20, 4)
    header.writeUInt32LE(content.length, 18)
    header.writeUInt32LE(content.length, 22)
    header.writeUInt16LE(name.length, 26)
    return Buffer.concat([header, Buffer.from(name), content])
  }
  const rawZip = (
    name: string,
    content: Buffer,
    sizes = { packed: content.length, unpacked: content.length, method: 0 },
  ) => {
    const body = local(name, content)
    const central = Buffer.alloc(46)
    central.writeUInt32LE(0x02014b50, 0)
    central.writeUInt16LE(20, 6)
    central.writeUInt16LE(sizes.method, 10)
    central.writeUInt32LE(sizes.packed, 20)
    central.writeUInt32LE(sizes.unpacked, 24)
    central.writeUInt16LE(name.length, 28)
    const end = Buffer.alloc(22)
    end.writeUInt32LE(0x06054b50, 0)
    end.writeUInt16LE(1, 8)
    end.writeUInt16LE(1, 10)
    end.writeUInt32LE(46 + name.length, 12)
    end.writeUInt32LE(body.length, 16)
    return Buffer.concat([body, central, Buffer.from(name), end])
  }
  const run = async (body: Buffer) => {
    const { envelope } = await app.call('POST', '/studio/packs/import', {
      body,
      headers: { 'content-type': 'application/zip' },
    })
    return ended(envelope.data.job_id)
  }

  it.each(['../../escape.wav', '/etc/escape.wav', 'C:/escape.wav', 'a\\..\\escape.wav'])(
    'with the name %s are refused',
    async (name) => {
      const job = await run(rawZip(name, sound(300)))
      expect(job).toMatchObject({
        status: 'failed',
        error: expect.stringContaining('refused this zip'),
      })
    },
  )

  it('that unpack to far more than they are, are refused before they are unpacked', async () => {
    const bomb = deflateRawSync(Buffer.alloc(64 * 1024 * 1024))
    const job = await run(
      rawZip('en/us/a.wav', bomb, { packed: bomb.length, unpacked: 64 * 1024 * 1024, method: 8 }),
    )
    expect(job).toMatchObject({
      status: 'failed',
      error: expect.stringContaining('times its size'),
    })
  })

  it('that lie about their size are caught while unpacking', async () => {
    const bomb = deflateRawSync(Buffer.alloc(8 * 1024 * 1024))
    const job = await run(
      rawZip('en/us/a.wav', bomb, { packed: bomb.length, unpacked: 1000, method: 8 }),
    )
    expect(job.result.counts).toMatchObject({ add: 0, unreadable: 1 })
  })

  it('that are no zip fail with a sentence, and nothing stays behind', async () => {
    const job = await run(Buffer.from('not a zip'))
    expect(job).toMatchObject({
      status: 'failed',
      error: expect.stringContaining('not a readable zip'),
    })
    expect(await readdir(join(app.dataDir, 'incoming'))).toEqual([])
  })

  it('over the limit are refused', async () => {
    await app.call('PATCH', '/studio/settings', { json: { data: { max_pack_size: 1000 } } })
    const answer = await app.call('POST', '/studio/packs/import', {
      body: Buffer.alloc(5000),
      headers: { 'content-type': 'application/zip' },
    })
    expect(answer.status).toBe(413)
  })

  it.each([
    ['relative/path', 'absolute'],
    ['/no/such/folder', 'nothing'],
    ['/etc/passwd', 'folder or a zip'],
  ])('at %s are refused', async (path, reason) => {
    const { status, envelope } = await importPath(path)
    expect(status).toBe(400)
    expect(envelope.data.path.invalid.message).toContain(reason)
  })
})

describe('jobs', () => {
  it('can be cancelled, and keep what was finished', async () => {
    const many = Object.fromEntries(
      Array.from({ length: 300 }, (_, index) => [
        `en/us/vm-${index}.wav`,
        tone({ frequencyHz: 300 + index, durationMs: 50 }),
      ]),
    )
    await app.call('PATCH', '/studio/settings', { json: { data: { normalize_media: true } } })
    const { envelope } = await app.call('POST', '/studio/packs/import', {
      body: await zipOf(many),
      headers: { 'content-type': 'application/zip' },
    })
    const id = envelope.data.job_id
    await expect
      .poll(async () => (await app.call('GET', `/studio/jobs/${id}`)).envelope.data.progress, {
        interval: 5,
      })
      .toBeGreaterThan(0)

    await app.call('DELETE', `/studio/jobs/${id}`)

    const job = await ended(id)
    const { prompts } = (await app.call('GET', '/studio/prompts')).envelope.data
    expect(job.status).toBe('cancelled')
    expect(prompts.length).toBeGreaterThan(0)
    expect(prompts.length).toBeLessThan(300)
    for (const { cells } of prompts) expect(cells['en-us']).toMatchObject({ state: 'recorded' })
  })

  it('belong to their account', async () => {
    const { result: _result, ...job } = await importZip(pack)
    expect((await app.call('GET', '/studio/jobs')).envelope.data).toMatchObject([job])
    expect((await app.call('GET', '/studio/jobs/unknown')).status).toBe(404)
  })
})

describe('the matrix', () => {
  it('shows every prompt in every language, with the gaps', async () => {
    await importZip(pack)
    const { data } = (await app.call('GET', '/studio/prompts')).envelope

    expect(data).toMatchObject({ source_language: 'en-us', languages: ['en-us', 'fr-fr'] })
    expect(data.prompts).toMatchObject([
      {
        prompt_id: 'vm-goodbye',
        area: 'vm',
        text: 'Goodbye',
        cells: { 'en-us': { state: 'recorded', duration_ms: 120 } },
      },
      {
        prompt_id: 'vm-hello',
        text: 'Hello there',
        cells: { 'en-us': { state: 'recorded' }, 'fr-fr': { state: 'recorded' } },
      },
    ])
    expect(data.prompts[0].cells).not.toHaveProperty('fr-fr')
    expect((await app.call('GET', '/studio/prompts/vm-hello')).envelope.data).toEqual(
      data.prompts[1],
    )
  })

  it('tells spoken, empty and unreadable translations from recorded ones', async () => {
    const base = `/v2/accounts/${app.accountId}/media`
    const make = (data: Record<string, unknown>) =>
      app.call('PUT', base, { json: { data: { name: 'n', prompt_id: 'a-b', ...data } } })
    await make({ language: 'en-us', media_source: 'tts', tts: { text: 'Hello' } })
    await make({ language: 'fr-fr' })
    await make({ language: 'de-de' })
    await app.call('POST', `${base}/de-de%2Fa-b/raw`, {
      body: 'words',
      headers: { 'content-type': 'audio/x-wav' },
    })

    const { cells } = (await app.call('GET', '/studio/prompts/a-b')).envelope.data
    expect(
      Object.fromEntries(
        Object.entries<{ state: string }>(cells).map(([language, { state }]) => [language, state]),
      ),
    ).toEqual({
      'en-us': 'spoken',
      'fr-fr': 'empty',
      'de-de': 'unreadable',
    })
  })
})

describe('scripts', () => {
  it('are written in place, leaving every other line as it was', async () => {
    await importZip(pack)
    const path = '/studio/prompts/vm-hello/scripts'
    await app.call('PUT', `${path}/en-us`, { json: { data: { text: 'Hello,\nnice to hear you' } } })
    await app.call('PUT', `${path}/de-de`, { json: { data: { text: 'Guten Tag' } } })

    expect((await app.call('GET', path)).envelope.data).toEqual([
      { prompt_id: 'vm-hello', language: 'de-de', text: 'Guten Tag' },
      { prompt_id: 'vm-hello', language: 'en-us', text: 'Hello, nice to hear you' },
      { prompt_id: 'vm-hello', language: 'fr-fr', text: 'Bonjour' },
    ])
    const hash = (text: string) => createHash('sha256').update(text).digest('hex')
    const files = await unzip(await exported())
    expect(files['kazoo-core/en/us/prompts.txt']).toBe(
      hash('vm-hello: Hello, nice to hear you\r\nvm-goodbye: Goodbye\r\nvm-goodbye: Bye\r\n'),
    )
    expect(files['kazoo-core/de/de/prompts.txt']).toBe(hash('vm-hello: Guten Tag\n'))
  })
})
