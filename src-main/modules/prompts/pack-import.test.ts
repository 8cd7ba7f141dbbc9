import { createHash } from 'node:crypto'
import { mkdir, symlink, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { smallPack, sound, startPackApp } from '../../test/pack.ts'
import { unzip } from '../../test/unzip.ts'

let app: Awaited<ReturnType<typeof startPackApp>>

beforeEach(async () => {
  app = await startPackApp()
})
afterEach(() => app.dispose())

describe('importing a pack', () => {
  it('says first what it would do, and changes nothing', async () => {
    const job = await app.importZip(smallPack, '?dry_run=true')

    expect(job).toMatchObject({ status: 'done', progress: 1 })
    expect(job.result).toMatchObject({
      dry_run: true,
      changes: 6,
      counts: { add: 3, replace: 0, same: 0, orphan: 0, unreadable: 0 },
    })
    expect((await app.call('GET', '/studio/prompts')).envelope.data.prompts).toEqual([])
  })

  it('brings in sound and scripts, and reports nothing to do the second time', async () => {
    const first = await app.importZip(smallPack)
    const second = await app.importZip(smallPack)

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
    await app.importZip(smallPack)
    const zip = await app.exported()
    const { 'kazoo-core/list_missing.sh': _script, ...wanted } = smallPack
    const hashes = Object.fromEntries(
      Object.entries(wanted).map(([path, content]) => [
        path,
        createHash('sha256').update(content).digest('hex'),
      ]),
    )

    expect(await unzip(app.folder, zip)).toEqual(hashes)
    expect((await app.exported()).equals(zip)).toBe(true)
    const path = join(app.folder, 'again.zip')
    await writeFile(path, zip)
    const { envelope } = await app.importPath(path)
    expect((await app.ended(envelope.data.job_id)).result.changes).toBe(0)
  })

  it('exports the originals even when callers hear normalised files', async () => {
    await app.call('PATCH', '/studio/settings', { json: { data: { normalize_media: true } } })
    await app.importZip(smallPack)
    const hash = createHash('sha256')
      .update(smallPack['kazoo-core/en/us/vm-hello.wav']!)
      .digest('hex')
    expect(
      (await unzip(app.folder, await app.exported('?languages=en-us')))[
        'kazoo-core/en/us/vm-hello.wav'
      ],
    ).toBe(hash)
  })

  it('exports only the languages asked for', async () => {
    await app.importZip(smallPack)
    expect(Object.keys(await unzip(app.folder, await app.exported('?languages=fr-fr')))).toEqual([
      'kazoo-core/fr/fr/prompts.txt',
      'kazoo-core/fr/fr/vm-hello.wav',
      'kazoo-core/prompts.txt',
    ])
  })

  it('takes a folder, without following links out of it', async () => {
    const secret = join(app.folder, 'secret.wav')
    await writeFile(secret, sound(900))
    for (const [path, content] of Object.entries(smallPack)) {
      await mkdir(join(app.folder, 'in', dirname(path)), { recursive: true })
      await writeFile(join(app.folder, 'in', path), content)
    }
    await symlink(secret, join(app.folder, 'in/kazoo-core/en/us/vm-secret.wav'))

    const { envelope } = await app.importPath(join(app.folder, 'in'))

    const { result } = await app.ended(envelope.data.job_id)
    expect(result.counts).toMatchObject({ add: 3 })
  })

  it('tells replaced, orphaned and unreadable files apart, and takes in the good ones', async () => {
    await app.importZip(smallPack)
    const { result } = await app.importZip({
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
    await app.importZip(smallPack, '?target=system')
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
