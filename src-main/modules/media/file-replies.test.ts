import { execFileSync } from 'node:child_process'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startMediaApp } from '../../test/media.ts'
import { silence, tone } from '../../test/tone.ts'

let app: Awaited<ReturnType<typeof startMediaApp>>

beforeEach(async () => {
  app = await startMediaApp()
})
afterEach(() => app.dispose())

const wav = tone({ frequencyHz: 440, durationMs: 500 })
const mp3 = execFileSync('sox', ['-t', 'wav', '-', '-t', 'mp3', '-'], { input: wav })

describe('uploading', () => {
  it('stores bytes, tells what they are, and gives exactly them back', async () => {
    const id = await app.create({ name: 'Tone', media_source: 'recording' })
    const { status, headers, envelope } = await app.upload(id, wav)

    expect(status).toBe(200)
    expect(headers.get('content-type')).toBe('application/json')
    expect(envelope.data).toMatchObject({
      media_source: 'upload',
      content_type: 'audio/x-wav',
      content_length: wav.length,
    })
    expect(envelope.data._read_only.file.audio).toMatchObject({
      container: 'wav',
      playable: true,
      duration_ms: 500,
    })
    const raw = await app.download(id)
    expect(raw.headers.get('content-type')).toBe('audio/x-wav')
    expect(raw.headers.get('content-disposition')).toBe('attachment; filename="Tone.wav"')
    expect(raw.bytes.equals(wav)).toBe(true)
  })

  it('takes a POST to the document with a media type for an upload, with or without a slash', async () => {
    const id = await app.create({ name: 'Tone' })
    for (const path of ['', '/']) {
      expect((await app.upload(id, mp3, 'audio/mp3', path)).envelope.data.content_type).toBe(
        'audio/mp3',
      )
    }
    const withAccept = await app.call('GET', `${app.base}/${id}`, {
      headers: { accept: 'audio/mp3' },
    })
    expect(withAccept.headers.get('content-type')).toBe('audio/mp3')
    expect(withAccept.bytes.equals(mp3)).toBe(true)
    expect((await app.call('GET', `${app.base}/${id}/`)).bytes.equals(mp3)).toBe(true)
    expect(
      (await app.call('GET', `${app.base}/${id}/`, { headers: { accept: 'application/json' } }))
        .envelope.data.id,
    ).toBe(id)
    expect((await app.call('GET', `${app.base}/${id}`)).envelope.data.id).toBe(id)
  })

  it('decodes base64, data URIs and multipart', async () => {
    const id = await app.create({ name: 'Tone' })
    const encoded = mp3.toString('base64')
    const form = `--b\r\nContent-Type: application/json\r\n\r\n{"data":{}}\r\n--b\r\nContent-Disposition: form-data; name="f"; filename="a.mp3"\r\nContent-Type: audio/mp3\r\n\r\n`
    const multipart = Buffer.concat([Buffer.from(form), mp3, Buffer.from('\r\n--b--\r\n')])
    const bodies: [Buffer | string, string][] = [
      [`data:audio/mp3;base64,${encoded}`, 'application/x-base64'],
      [encoded, 'application/base64'],
      [multipart, 'multipart/form-data; boundary=b'],
      [multipart, 'multipart/mixed; boundary="b"'],
    ]
    for (const [body, type] of bodies) {
      expect([type, (await app.upload(id, body, type)).status]).toEqual([type, 200])
      expect((await app.download(id)).bytes.equals(mp3)).toBe(true)
      await app.upload(id, wav)
    }
  })

  it('believes the bytes, not the header', async () => {
    const id = await app.create({ name: 'Mislabelled' })
    const { envelope } = await app.upload(id, wav, 'audio/mp3')
    expect(envelope.data.content_type).toBe('audio/x-wav')
    expect((await app.download(id)).headers.get('content-type')).toBe('audio/x-wav')
  })

  it('serves the type a client chose, and keeps the probed one beside it', async () => {
    const id = await app.create({ name: 'Chosen', content_type: 'audio/ogg' })
    const { envelope } = await app.upload(id, wav)
    expect(envelope.data.content_type).toBe('audio/ogg')
    expect(envelope.data._read_only.file.audio.content_type).toBe('audio/x-wav')
    expect((await app.download(id)).headers.get('content-type')).toBe('audio/ogg')

    const { data } = await app.get(id)
    const { content_type: _dropped, ...rest } = data
    await app.call('POST', `${app.base}/${id}`, { json: { data: rest } })
    expect((await app.get(id)).data.content_type).toBe('audio/x-wav')
  })

  it('replaces the file and forgets the former one', async () => {
    const id = await app.create({ name: 'Twice' })
    await app.upload(id, wav)
    const before = (await app.get(id)).revision
    await app.upload(id, mp3, 'audio/mp3')

    expect((await app.get(id)).revision).not.toBe(before)
    expect((await app.download(id)).bytes.equals(mp3)).toBe(true)
    await expect.poll(app.blobsOnDisk).toBe(1)
  })

  it('lets ten uploads of one document at once end with one of them, whole', async () => {
    const id = await app.create({ name: 'Crowded' })
    const tones = Array.from({ length: 10 }, (_, index) =>
      tone({ frequencyHz: 300 + index * 50, durationMs: 200 + index }),
    )

    const answers = await Promise.all(tones.map((bytes) => app.upload(id, bytes)))

    expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(200))
    const { bytes } = await app.download(id)
    expect(tones.filter((each) => each.equals(bytes))).toHaveLength(1)
    expect((await app.get(id)).data.content_length).toBe(bytes.length)
    await expect.poll(app.blobsOnDisk).toBe(1)
  })

  it('answers part of a file', async () => {
    const id = await app.create({ name: 'Ranged' })
    await app.upload(id, wav)
    const part = await app.download(id, { range: 'bytes=4-7' })
    expect(part.status).toBe(206)
    expect(part.headers.get('content-range')).toBe(`bytes 4-7/${wav.length}`)
    expect(part.bytes.equals(wav.subarray(4, 8))).toBe(true)
    expect((await app.download(id, { range: 'bytes=-4' })).bytes.equals(wav.subarray(-4))).toBe(
      true,
    )
    expect((await app.download(id, { range: 'bytes=x' })).status).toBe(200)
    const outside = await app.download(id, { range: `bytes=${wav.length}-` })
    expect([outside.status, outside.headers.get('content-range')]).toEqual([
      416,
      `bytes */${wav.length}`,
    ])
  })

  it('keeps what is no audio, and says that it is none', async () => {
    const id = await app.create({ name: 'Text' })
    const { status, envelope } = await app.upload(id, 'just some words', 'audio/x-wav')
    expect(status).toBe(200)
    expect(envelope.data._read_only.file.audio).toMatchObject({
      container: 'unknown',
      playable: false,
    })
  })

  it('takes a wav without samples for a file without sound', async () => {
    const id = await app.create({ name: 'Nothing' })
    const { status, envelope } = await app.upload(id, silence({ durationMs: 0 }))
    expect([status, envelope.data._read_only.file.audio.playable]).toEqual([200, false])
  })

  it('refuses what cannot be a file, and changes nothing', async () => {
    const id = await app.create({ name: 'Empty' })
    const { revision } = await app.get(id)
    const refusals: [Buffer | string, string, number, string][] = [
      ['', 'audio/x-wav', 400, 'content_length.minimum'],
      ['%%%', 'application/base64', 413, 'file.encoding'],
      ['--b--\r\n', 'multipart/form-data; boundary=b', 400, 'file.required'],
      [
        `--b\r\nContent-Type: audio/mp3\r\n\r\na\r\n--b\r\nContent-Type: audio/mp3\r\n\r\nb\r\n--b--\r\n`,
        'multipart/mixed; boundary=b',
        400,
        'file.maxItems',
      ],
      ['x', 'multipart/form-data', 400, 'file.invalid'],
    ]
    for (const [body, type, status, key] of refusals) {
      const answer = await app.upload(id, body, type)
      expect([type, answer.status]).toEqual([type, status])
      expect(answer.envelope.data).toHaveProperty(key)
    }
    expect((await app.upload(id, wav, 'application/pdf')).status).toBe(415)
    expect((await app.upload('0'.repeat(32), wav)).status).toBe(404)
    expect(await app.download(id)).toMatchObject({
      status: 404,
      envelope: { message: 'bad identifier', data: [id] },
    })
    expect((await app.get(id)).revision).toBe(revision)
  })
})

it('sends all of a file that is no longer the one a client has part of', async () => {
  const id = await app.create({ name: 'Resumed' })
  await app.upload(id, wav)
  const etag = (await app.download(id)).headers.get('etag') ?? ''
  const resume = (ifRange: string) =>
    app.download(id, { range: 'bytes=10-19', 'if-range': ifRange })

  expect((await resume(etag)).status).toBe(206)
  expect((await resume('"another"')).status).toBe(200)
})

it('gives a list another tag when only its next page is new', async () => {
  const query = `${app.base}?ascending=true&page_size=1&filter_tag=x`
  await app.create({ name: 'One', tag: 'x' })
  const tag = (await app.call('GET', query)).headers.get('etag')
  await app.create({ name: 'Two', tag: 'x' })

  const again = await app.call('GET', query, { headers: { 'if-none-match': tag ?? '' } })
  expect(again.status).toBe(200)
  expect(again.envelope.next_start_key).toBeDefined()
})
