import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { deflateRawSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { sound, startPackApp } from '../../test/pack.ts'

let app: Awaited<ReturnType<typeof startPackApp>>

beforeEach(async () => {
  app = await startPackApp()
})
afterEach(() => app.dispose())

/** A zip of one entry, written by hand because no library writes what is refused here. */
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

const run = async (zip: Buffer) => {
  const { envelope } = await app.post(zip)
  return app.ended(envelope.data.job_id)
}

describe('hostile packs', () => {
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
    const answer = await app.post(Buffer.alloc(5000))
    expect(answer.status).toBe(413)
  })

  it.each([
    ['relative/path', 'absolute'],
    ['/no/such/folder', 'nothing'],
    ['/etc/passwd', 'folder or a zip'],
  ])('at %s are refused', async (path, reason) => {
    const { status, envelope } = await app.importPath(path)
    expect(status).toBe(400)
    expect(envelope.data.path.invalid.message).toContain(reason)
  })
})
