import { execFileSync } from 'node:child_process'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startMediaApp } from '../../test/media.ts'
import { tone } from '../../test/tone.ts'

let app: Awaited<ReturnType<typeof startMediaApp>>

beforeEach(async () => {
  app = await startMediaApp()
})
afterEach(() => app.dispose())

const wav = tone({ frequencyHz: 440, durationMs: 500 })
const mp3 = execFileSync('sox', ['-t', 'wav', '-', '-t', 'mp3', '-'], { input: wav })

describe('normalisation', () => {
  beforeEach(() => app.settings({ normalize_media: true }))

  it('serves the converted file and keeps the original beside it', async () => {
    const id = await app.create({ name: 'Loud' })
    const { envelope } = await app.upload(
      id,
      tone({ frequencyHz: 440, durationMs: 500, sampleRateHz: 44_100 }),
    )

    expect(envelope.data.content_type).toBe('audio/mpeg')
    expect(envelope.data._read_only.file.audio).toMatchObject({
      container: 'mp3',
      sample_rate_hz: 8000,
    })
    expect(envelope.data._read_only.original.audio).toMatchObject({
      container: 'wav',
      sample_rate_hz: 44_100,
    })
    const original = await app.call('GET', `/studio/media/${id}/original`)
    expect(original.headers.get('content-type')).toBe('audio/x-wav')
  })

  it('takes its arguments from the settings', async () => {
    await app.settings({ normalization_format: 'ogg', normalize_destination_args: '-r 16000 -c 1' })
    const id = await app.create({ name: 'Ogg' })
    const { envelope } = await app.upload(id, wav)
    expect(envelope.data._read_only.file.audio).toMatchObject({
      container: 'ogg',
      sample_rate_hz: 16_000,
    })
  })

  it('leaves a file in the target format, and video, as they are', async () => {
    const id = await app.create({ name: 'Same' })
    await app.upload(id, mp3, 'audio/mp3')
    expect((await app.download(id)).bytes.equals(mp3)).toBe(true)
    const video = Buffer.from(
      '\u0000\u0000\u0000\u0018ftypmp42\u0000\u0000\u0000\u0000mp42isom',
      'latin1',
    )
    const { envelope } = await app.upload(id, video, 'video/mp4')
    expect(envelope.data).toMatchObject({ content_type: 'video/mp4' })
    expect(envelope.data).not.toHaveProperty('normalization_error')
    expect((await app.download(id)).bytes.equals(video)).toBe(true)
  })

  it('keeps the upload when it fails, and says why until it succeeds', async () => {
    const id = await app.create({ name: 'Broken' })
    const failed = await app.upload(id, 'this is no audio at all', 'audio/x-wav')
    expect(failed.status).toBe(200)
    expect(failed.envelope.data.normalization_error).toMatch(/\w+/)
    expect((await app.download(id)).bytes.toString()).toBe('this is no audio at all')

    await app.settings({ normalize_executable: '/no/such/sox' })
    expect((await app.upload(id, wav)).envelope.data.normalization_error).toMatch(/no\/such\/sox/)
    await app.settings({ normalize_executable: 'sox' })
    expect((await app.upload(id, wav)).envelope.data).not.toHaveProperty('normalization_error')
  })
})

describe('speech', () => {
  const tts = {
    name: 'Spoken',
    media_source: 'tts',
    tts: { text: 'Testing TTS', voice: 'female/en-US' },
  }

  it('is made at once, and again when text or voice change, and only then', async () => {
    const id = await app.create(tts)
    const first = await app.download(id)
    expect((await app.get(id)).data).toMatchObject({
      media_source: 'tts',
      content_type: 'audio/x-wav',
    })
    expect(first.bytes.length).toBeGreaterThan(1000)

    await app.call('POST', `${app.base}/${id}`, { json: { data: { ...tts, name: 'Renamed' } } })
    expect((await app.download(id)).headers.get('etag')).toBe(first.headers.get('etag'))
    const changed = { ...tts, tts: { ...tts.tts, text: 'Something else' } }
    await app.call('POST', `${app.base}/${id}`, { json: { data: changed } })
    expect((await app.download(id)).headers.get('etag')).not.toBe(first.headers.get('etag'))
  })

  it('needs a text', async () => {
    const { status, envelope } = await app.call('PUT', app.base, {
      json: { data: { name: 'Mute', media_source: 'tts' } },
    })
    expect(status).toBe(400)
    expect(envelope.data).toHaveProperty(['tts.text', 'required'])
  })
})

describe('a file of an unknown type', () => {
  const asDataUri = (type: string, bytes: Buffer) =>
    `data:${type};base64,${bytes.toString('base64')}`

  it.each(['text/html', 'constructor', 'audio/x\ny', ''])(
    'is refused when it was sent as %j and nothing can be made of it',
    async (type) => {
      const id = await app.create({ name: 'Guess' })
      const { status, envelope } = await app.upload(
        id,
        asDataUri(type, Buffer.from('<script>')),
        'application/base64',
      )

      expect(status).toBe(400)
      expect(envelope.data.content_type.enum).toMatchObject({ value: type })
      expect((await app.download(id)).status).toBe(404)
      expect(await app.blobsOnDisk()).toBe(0)
    },
  )

  it('is taken for what it turns out to be', async () => {
    const id = await app.create({ name: 'Guess' })
    const { envelope } = await app.upload(id, asDataUri('text/html', wav), 'application/base64')
    expect(envelope.data.content_type).toBe('audio/x-wav')
  })
})

it('lets whatever type it answers be sent back', async () => {
  const flac = execFileSync('sox', ['-t', 'wav', '-', '-t', 'flac', '-'], { input: wav })
  const id = await app.create({ name: 'Lossless' })
  const { data } = (await app.upload(id, flac)).envelope
  const path = `${app.base}/${id}`

  expect(data.content_type).toBe('audio/flac')
  expect((await app.call('POST', path, { json: { data } })).status).toBe(200)
  expect((await app.call('PATCH', path, { json: { data: { name: 'Hi-fi' } } })).status).toBe(200)
  expect((await app.upload(id, flac, 'audio/flac')).status).toBe(200)
})
