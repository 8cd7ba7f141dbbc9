import { execFileSync } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Source } from '#contract/sources'
import { startEditing, type EditingApp } from '../../test/editing.ts'
import { samplesOf } from '../../test/samples.ts'
import { tone } from '../../test/tone.ts'

let app: EditingApp

beforeEach(async () => {
  app = await startEditing()
})
afterEach(() => app.dispose())

const wav = tone({ frequencyHz: 440, durationMs: 500 })

const send = (body: Buffer, type = 'audio/x-wav') =>
  app.call('POST', '/studio/sources', { body, headers: { 'content-type': type } })

const until = async (id: string, state: Source['state']): Promise<Source> => {
  let source: Source | undefined
  await expect
    .poll(async () => (source = await app.data(app.call('GET', `/studio/sources/${id}`))), {
      timeout: 15_000,
    })
    .toMatchObject({ state })
  return source!
}

describe('a source', () => {
  it('comes as a body of whatever type, and is known frame by frame', async () => {
    const { status, envelope, headers } = await send(wav, 'audio/x-anything')
    const { id } = envelope.data

    expect(status).toBe(201)
    expect(headers.get('location')).toBe(`/studio/sources/${id}`)
    expect(await until(id, 'ready')).toMatchObject({
      name: 'Untitled',
      frames: 4000,
      sample_rate_hz: 8000,
      channels: 1,
      bits: 16,
    })
    const { bytes, headers: kept } = await app.call(
      'GET',
      `/studio/sources/${id}/samples?from=100&frames=8`,
    )
    expect([...new Int16Array(new Uint8Array(bytes).buffer)]).toEqual(
      samplesOf(wav).slice(100, 108),
    )
    expect(kept.get('cache-control')).toContain('immutable')
    const etag = kept.get('etag')!
    const again = await app.call('GET', `/studio/sources/${id}/samples?from=100&frames=8`, {
      headers: { 'if-none-match': etag },
    })
    expect(again.status).toBe(304)
    const levels = await app.call('GET', `/studio/sources/${id}/levels/0`)
    expect(levels.bytes.length).toBe(Math.ceil(4000 / 256) * 8)
    const peaks = await app.call('GET', `/studio/sources/${id}/peaks?samples_per_pixel=512`)
    expect(peaks.bytes.readInt32LE(12)).toBe(512)
  })

  it('is larger than any upload may be', async () => {
    await app.settings({ max_upload_size: 1000 })
    expect((await send(wav)).status).toBe(201)
  })

  it('is read by what it is, not by what it is called', async () => {
    const mp3 = execFileSync('sox', ['-t', 'wav', '-', '-t', 'mp3', '-'], { input: wav })
    const { envelope } = await send(mp3, 'audio/x-wav')

    expect(await until(envelope.data.id, 'ready')).toMatchObject({ sample_rate_hz: 8000 })
  })

  it.each([
    ['nothing', Buffer.alloc(0)],
    ['text', Buffer.from('this is no audio')],
    ['a wav without samples', wav.subarray(0, 44)],
    ['half a header', wav.subarray(0, 20)],
  ])('is refused when it is %s, and leaves no file', async (_name, bytes) => {
    const { status, envelope } = await send(bytes)

    expect(status).toBe(400)
    expect(Object.values<any>(envelope.data)).toHaveLength(1)
    await expect.poll(() => app.blobsOnDisk()).toBe(0)
  })

  it('of a file that ends early has what is there, and says so', async () => {
    const { envelope } = await send(wav.subarray(0, 4044))

    const source = await until(envelope.data.id, 'ready')

    expect(source).toMatchObject({ frames: 2000, reason: expect.stringContaining('ends early') })
  })

  it('may be a single sample, or eight channels of 24 bits at 192 kHz', async () => {
    const one = await send(tone({ frequencyHz: 440, durationMs: 0.125 }))
    const wide = await send(
      tone({ frequencyHz: 440, durationMs: 50, sampleRateHz: 192_000, channels: 8, bits: 24 }),
    )

    expect(await until(one.envelope.data.id, 'ready')).toMatchObject({ frames: 1 })
    expect(await until(wide.envelope.data.id, 'ready')).toMatchObject({
      frames: 9600,
      channels: 8,
      sample_rate_hz: 192_000,
      bits: 32,
    })
  })

  it('may be the upload of a document, or a file of this machine for its administrator', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'sources-'))
    const path = join(folder, 'take.wav')
    await writeFile(path, wav)
    await mkdir(join(folder, 'sub'))
    const media = await app.create({ name: 'Welcome' })
    const none = await app.post('/studio/sources', { media_id: media })
    await app.upload(media, wav)

    const ofMedia = await app.data<Source>(app.post('/studio/sources', { media_id: media }))
    const ofPath = await app.data<Source>(app.post('/studio/sources', { path }))

    expect(none.status).toBe(404)
    expect(ofMedia).toMatchObject({ name: 'Welcome', id: ofPath.id })
    for (const wrong of ['take.wav', join(folder, 'sub'), join(folder, 'gone.wav'), '/dev/null']) {
      const { status, envelope } = await app.post('/studio/sources', { path: wrong })
      expect([status, envelope.data]).toMatchObject([400, { path: { invalid: {} } }])
    }
    expect((await app.post('/studio/sources')).status).toBe(400)
    await rm(folder, { recursive: true })
  })
})

it('keeps what drafts name, and forgets the rest when it starts again', async () => {
  const loose = await app.source(wav, 'loose')
  const kept = await app.source(tone({ frequencyHz: 900, durationMs: 200 }), 'kept')
  const draft = await app.data<any>(app.post('/studio/drafts', { source: kept.id }))
  await app.close()

  const again = await startEditing({ dataDir: app.dataDir })

  expect((await again.call('GET', `/studio/sources/${loose.id}`)).status).toBe(404)
  expect(await again.data(again.call('GET', `/studio/sources/${kept.id}`))).toMatchObject({
    name: 'kept',
    frames: 1600,
  })
  await expect.poll(() => again.blobsOnDisk()).toBe(1)
  expect(await again.draft(draft)).toMatchObject({ id: draft.id })
  await again.close()
})
