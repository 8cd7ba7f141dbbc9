import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { silentLog } from '../log.ts'
import { openBlobs, type Blobs } from './blobs.ts'

let folder: string
let blobs: Blobs
const hashOf = (text: string) => createHash('sha256').update(text).digest('hex')
const exists = (path: string) =>
  stat(path).then(
    () => true,
    () => false,
  )

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'blobs-'))
  blobs = await openBlobs({ folder, log: silentLog })
})
afterEach(() => rm(folder, { recursive: true, force: true }))

it('names bytes by their hash, whether they come whole or as a stream', async () => {
  const whole = await blobs.put(Buffer.from('hello'))
  const streamed = await blobs.put(Readable.from([Buffer.from('hel'), Buffer.from('lo')]))

  expect(whole.hash).toBe(hashOf('hello'))
  expect(streamed).toMatchObject({ hash: whole.hash, size: 5 })
  expect(await readFile(blobs.pathOf(whole.hash), 'utf8')).toBe('hello')
})

it('takes a file that was written beside it, which is gone from there then', async () => {
  const path = blobs.newPath()
  await writeFile(path, 'rendered')

  const taken = await blobs.take(path)

  expect(taken).toMatchObject({ hash: hashOf('rendered'), size: 8 })
  expect(await readFile(blobs.pathOf(taken.hash), 'utf8')).toBe('rendered')
  expect(await exists(path)).toBe(false)
  await expect(blobs.take(path)).rejects.toThrow('ENOENT')
})

it('leaves nothing behind when a stream breaks', async () => {
  const broken = new Readable({
    read() {
      this.push('part')
      this.destroy(new Error('cable pulled'))
    },
  })

  await expect(blobs.put(broken)).rejects.toThrow('cable pulled')
  expect(await readdir(join(folder, 'incoming'))).toEqual([])
})

it('collects what nobody refers to, with what was derived from it, but never what is held', async () => {
  const kept = await blobs.put(Buffer.from('kept'))
  const loose = await blobs.put(Buffer.from('loose'))
  const held = await blobs.put(Buffer.from('held'))
  await writeFile(blobs.derivedPath(loose.hash, '256.dat'), 'peaks')
  kept.release()
  loose.release()

  const another = await blobs.put(Buffer.from('kept by another'))
  another.release()
  blobs.keep((hash) => hash === kept.hash)
  blobs.keep((hash) => hash === another.hash)

  const removed = await blobs.collect()

  expect(removed).toBe(1)
  expect(await exists(blobs.pathOf(kept.hash))).toBe(true)
  expect(await exists(blobs.pathOf(another.hash))).toBe(true)
  expect(await exists(blobs.pathOf(held.hash))).toBe(true)
  expect(await exists(blobs.pathOf(loose.hash))).toBe(false)
  expect(await exists(blobs.derivedPath(loose.hash, '256.dat'))).toBe(false)
})

it('collects only the named blobs when some are named', async () => {
  const first = await blobs.put(Buffer.from('first'))
  const second = await blobs.put(Buffer.from('second'))
  first.release()
  second.release()

  await blobs.collect([first.hash])

  expect(await exists(blobs.pathOf(first.hash))).toBe(false)
  expect(await exists(blobs.pathOf(second.hash))).toBe(true)
})

it('forgets what an interrupted write left behind when it opens', async () => {
  await mkdir(join(folder, 'incoming'), { recursive: true })
  await writeFile(join(folder, 'incoming', 'half'), 'half')

  await openBlobs({ folder, log: silentLog })

  expect(await readdir(join(folder, 'incoming'))).toEqual([])
})

it('keeps what is held while it is read, and lets go afterwards', async () => {
  const blob = await blobs.put(Buffer.from('exported'))
  const release = blobs.hold([blob.hash])
  blob.release()

  expect(await blobs.collect()).toBe(0)
  release()
  expect(await blobs.collect()).toBe(1)
})
