import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { silentLog } from '../../platform/log.ts'
import { openCache } from './cache.ts'
import { createRemoteFiles } from './remote-files.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'patchbay-remote-'))
})
afterEach(() => rm(folder, { recursive: true }))

it('fetches a URL anew after a minute, while who plays what was there keeps it', async () => {
  let nowMs = 0
  let version = 0
  const remote = createRemoteFiles({
    cache: await openCache({ folder, mostBytes: 0 }),
    fetchMedia: (url, path) => writeFile(path, `${url.pathname} ${(version += 1)}`),
    decode: async (source, rate, target) =>
      writeFile(target, `${await readFile(source, 'utf8')} at ${rate}`),
    log: silentLog,
    monotonicMs: () => nowMs,
  })
  const [url, other] = [new URL('http://host/a'), new URL('http://host/b')]

  const first = await remote.use(url, 8000)
  nowMs = 59_000
  const second = await remote.use(url, 8000)
  await remote.use(other, 8000)
  nowMs = 61_000
  const third = await remote.use(url, 8000)

  expect(second.path).toBe(first.path)
  expect(await readFile(first.path, 'utf8')).toBe('/a 1 at 8000')
  expect(await readFile(third.path, 'utf8')).toBe('/a 3 at 8000')
})
