import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { once } from 'node:events'
import { buffer } from 'node:stream/consumers'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { zipStream } from './zip.ts'

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'patchbay-zip-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

it('fails when a file has gone', async () => {
  const zip = zipStream([{ path: 'a.wav', file: join(folder, 'gone.wav') }])
  await expect(buffer(zip)).rejects.toThrow(/ENOENT/)
})

it.runIf(process.platform === 'linux')('closes its file when nobody reads on', async () => {
  const file = join(folder, 'large.wav')
  await writeFile(file, Buffer.alloc(20_000_000, Math.random().toString()))
  const open = async () => (await readdir('/proc/self/fd')).length
  const before = await open()

  for (let count = 0; count < 5; count += 1) {
    const zip = zipStream([{ path: 'a.wav', file }])
    await once(zip, 'readable')
    zip.destroy()
  }

  await expect.poll(open).toBeLessThanOrEqual(before)
})
