import { execFileSync } from 'node:child_process'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startApp, type TestApp } from '../../test/app.ts'
import { silence, tone } from '../../test/tone.ts'

let app: TestApp
let base: string

beforeEach(async () => {
  app = await startApp()
  base = `/v2/accounts/${app.accountId}/media`
})
afterEach(() => app.dispose())

const wav = tone({ frequencyHz: 440, durationMs: 500 })
const mp3 = execFileSync('sox', ['-t', 'wav', '-', '-t', 'mp3', '-'], { input: wav })

const create = async (data: Record<string, unknown>): Promise<string> => {
  const { envelope } = await app.call('PUT', base, { json: { data } })
  return envelope.data.id
}
const upload = (id: string, body: Buffer | string, type = 'audio/x-wav', path = '/raw') =>
  app.call('POST', `${base}/${encodeURIComponent(id)}${path}`, {
    body,
    headers: { 'content-type': type },
  })
const download = (id: string, headers: Record<string, string> = {}) =>
  app.call('GET', `${base}/${encodeURIComponent(id)}/raw`, { headers })
const settings = (data: unknown) => app.call('PATCH', '/studio/settings', { json: { data } })
const get = async (id: string) =>
  (await app.call('GET', `${base}/${encodeURIComponent(id)}`)).envelope

const blobsOnDisk = async (): Promise<number> => {
  const names = await readdir(join(app.dataDir, 'blobs'), { recursive: true })
  return names.filter((name) => /[0-9a-f]{64}$/.test(name)).length
}

describe('creating media', () => {
  it('fills in the defaults of the schema', async () => {
    const { envelope } = await app.call('PUT', base, {
      json: { data: { streamable: true, name: 'File', description: 'My Test Media File' } },
    })
    expect(envelope.data).toMatchObject({
      streamable: true,
      name: 'File',
      language: 'en-us',
      media_source: 'upload',
      tts: { voice: 'female/en-US' },
    })
    expect(envelope.data.id).toMatch(/^[0-9a-f]{32}$/)
  })

  it('names a prompt by language and prompt id, and takes that id with %2F and %252F', async () => {
    const { headers, envelope } = await app.call('PUT', base, {
      json: { data: { name: 'FR-vm-enter_pass', prompt_id: 'vm-enter_pass', language: 'FR' } },
    })
    expect(envelope.data).toMatchObject({ id: 'fr%2Fvm-enter_pass', language: 'fr' })
    expect(headers.get('location')).toBe(`${base}/fr%252Fvm-enter_pass`)
    for (const id of ['fr%2Fvm-enter_pass', 'fr%252Fvm-enter_pass', 'fr%2fvm-enter_pass']) {
      expect((await app.call('GET', `${base}/${id}`)).envelope.data.id).toBe('fr%2Fvm-enter_pass')
    }
  })

  it('refuses a prompt that exists, and revives one that was deleted', async () => {
    const data = { name: 'p', prompt_id: 'menu-exit' }
    const id = await create(data)
    await upload(id, wav)
    expect((await app.call('PUT', base, { json: { data } })).status).toBe(409)

    await app.call('DELETE', `${base}/${encodeURIComponent(id)}`)
    const again = await app.call('PUT', base, { json: { data } })

    expect(again.status).toBe(201)
    expect(again.envelope.data.id).toBe(id)
    expect((await download(id)).status).toBe(404)
  })

  it.each(['../../etc/passwd', 'a/b', 'a\u0000b', '.hidden', 'x'.repeat(129)])(
    'refuses the prompt id %j, which could not be a file name',
    async (promptId) => {
      const { status, envelope } = await app.call('PUT', base, {
        json: { data: { name: 'n', prompt_id: promptId } },
      })
      expect(status).toBe(400)
      expect(envelope.data).toHaveProperty('prompt_id.pattern')
    },
  )

  it('takes a stream name in prompt_id for what it is: no prompt', async () => {
    const id = await create({ name: 'hold', prompt_id: 'silence_stream://300000' })
    expect(id).toMatch(/^[0-9a-f]{32}$/)
  })

  it('refuses a language that is no tag', async () => {
    const { status, envelope } = await app.call('PUT', base, {
      json: { data: { name: 'n', language: '../x' } },
    })
    expect([status, Object.keys(envelope.data)]).toEqual([400, ['language']])
  })
})

describe('uploading', () => {
  it('stores bytes, tells what they are, and gives exactly them back', async () => {
    const id = await create({ name: 'Tone', media_source: 'recording' })
    const { status, headers, envelope } = await upload(id, wav)

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
    const raw = await download(id)
    expect(raw.headers.get('content-type')).toBe('audio/x-wav')
    expect(raw.headers.get('content-disposition')).toBe('attachment; filename="Tone.wav"')
    expect(raw.bytes.equals(wav)).toBe(true)
  })

  it('takes a POST to the document with a media type for an upload, with or without a slash', async () => {
    const id = await create({ name: 'Tone' })
    for (const path of ['', '/']) {
      expect((await upload(id, mp3, 'audio/mp3', path)).envelope.data.content_type).toBe(
        'audio/mp3',
      )
    }
    const withAccept = await app.call('GET', `${base}/${id}`, { headers: { accept: 'audio/mp3' } })
    expect(withAccept.headers.get('content-type')).toBe('audio/mp3')
    expect(withAccept.bytes.equals(mp3)).toBe(true)
    expect((await app.call('GET', `${base}/${id}/`)).bytes.equals(mp3)).toBe(true)
    expect(
      (await app.call('GET', `${base}/${id}/`, { headers: { accept: 'application/json' } }))
        .envelope.data.id,
    ).toBe(id)
    expect((await app.call('GET', `${base}/${id}`)).envelope.data.id).toBe(id)
  })

  it('decodes base64, data URIs and multipart', async () => {
    const id = await create({ name: 'Tone' })
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
      expect([type, (await upload(id, body, type)).status]).toEqual([type, 200])
      expect((await download(id)).bytes.equals(mp3)).toBe(true)
      await upload(id, wav)
    }
  })

  it('believes the bytes, not the header', async () => {
    const id = await create({ name: 'Mislabelled' })
    const { envelope } = await upload(id, wav, 'audio/mp3')
    expect(envelope.data.content_type).toBe('audio/x-wav')
    expect((await download(id)).headers.get('content-type')).toBe('audio/x-wav')
  })

  it('serves the type a client chose, and keeps the probed one beside it', async () => {
    const id = await create({ name: 'Chosen', content_type: 'audio/ogg' })
    const { envelope } = await upload(id, wav)
    expect(envelope.data.content_type).toBe('audio/ogg')
    expect(envelope.data._read_only.file.audio.content_type).toBe('audio/x-wav')
    expect((await download(id)).headers.get('content-type')).toBe('audio/ogg')

    const { data } = await get(id)
    const { content_type: _dropped, ...rest } = data
    await app.call('POST', `${base}/${id}`, { json: { data: rest } })
    expect((await get(id)).data.content_type).toBe('audio/x-wav')
  })

  it('replaces the file and forgets the former one', async () => {
    const id = await create({ name: 'Twice' })
    await upload(id, wav)
    const before = (await get(id)).revision
    await upload(id, mp3, 'audio/mp3')

    expect((await get(id)).revision).not.toBe(before)
    expect((await download(id)).bytes.equals(mp3)).toBe(true)
    await expect.poll(blobsOnDisk).toBe(1)
  })

  it('lets ten uploads of one document at once end with one of them, whole', async () => {
    const id = await create({ name: 'Crowded' })
    const tones = Array.from({ length: 10 }, (_, index) =>
      tone({ frequencyHz: 300 + index * 50, durationMs: 200 + index }),
    )

    const answers = await Promise.all(tones.map((bytes) => upload(id, bytes)))

    expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(200))
    const { bytes } = await download(id)
    expect(tones.filter((each) => each.equals(bytes))).toHaveLength(1)
    expect((await get(id)).data.content_length).toBe(bytes.length)
    await expect.poll(blobsOnDisk).toBe(1)
  })

  it('answers part of a file', async () => {
    const id = await create({ name: 'Ranged' })
    await upload(id, wav)
    const part = await download(id, { range: 'bytes=4-7' })
    expect(part.status).toBe(206)
    expect(part.headers.get('content-range')).toBe(`bytes 4-7/${wav.length}`)
    expect(part.bytes.equals(wav.subarray(4, 8))).toBe(true)
    expect((await download(id, { range: 'bytes=-4' })).bytes.equals(wav.subarray(-4))).toBe(true)
    expect((await download(id, { range: 'bytes=x' })).status).toBe(200)
    expect((await download(id, { range: `bytes=${wav.length}-` })).status).toBe(416)
  })

  it('keeps what is no audio, and says that it is none', async () => {
    const id = await create({ name: 'Text' })
    const { status, envelope } = await upload(id, 'just some words', 'audio/x-wav')
    expect(status).toBe(200)
    expect(envelope.data._read_only.file.audio).toMatchObject({
      container: 'unknown',
      playable: false,
    })
  })

  it('takes a wav without samples for a file without sound', async () => {
    const id = await create({ name: 'Nothing' })
    const { status, envelope } = await upload(id, silence({ durationMs: 0 }))
    expect([status, envelope.data._read_only.file.audio.playable]).toEqual([200, false])
  })

  it('refuses what cannot be a file, and changes nothing', async () => {
    const id = await create({ name: 'Empty' })
    const { revision } = await get(id)
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
      const answer = await upload(id, body, type)
      expect([type, answer.status]).toEqual([type, status])
      expect(answer.envelope.data).toHaveProperty(key)
    }
    expect((await upload(id, wav, 'application/pdf')).status).toBe(415)
    expect((await upload('0'.repeat(32), wav)).status).toBe(404)
    expect(await download(id)).toMatchObject({
      status: 404,
      envelope: { message: 'bad identifier', data: [id] },
    })
    expect((await get(id)).revision).toBe(revision)
  })
})

describe('changing media', () => {
  it('replaces the document, keeps the file, and needs a name', async () => {
    const id = await create({ name: 'Before', ui_metadata: { ui: 'x' } })
    await upload(id, wav)
    const { envelope } = await app.call('POST', `${base}/${id}`, {
      json: { data: { name: 'After' } },
    })
    expect(envelope.data).toMatchObject({ name: 'After', content_length: wav.length })
    expect(envelope.data).not.toHaveProperty('ui_metadata')
    expect((await download(id)).bytes.equals(wav)).toBe(true)

    const empty = await app.call('POST', `${base}/${id}`)
    expect(empty.status).toBe(400)
    expect(empty.envelope.data).toHaveProperty('name.required')
  })

  it('merges a PATCH and removes what is null', async () => {
    const id = await create({ name: 'Patched', description: 'd', ui_metadata: { a: 1, b: 2 } })
    const patch = { description: null, ui_metadata: { b: null, c: 3 } }
    const { envelope } = await app.call('PATCH', `${base}/${id}`, { json: { data: patch } })
    expect(envelope.data).toMatchObject({ name: 'Patched', ui_metadata: { a: 1, c: 3 } })
    expect(envelope.data).not.toHaveProperty('description')
    expect(
      (await app.call('PATCH', `${base}/${id}`, { json: { data: { name: null } } })).status,
    ).toBe(400)
  })

  it('never turns a prompt into another', async () => {
    const id = await create({ name: 'p', prompt_id: 'a-b', language: 'fr-fr' })
    const path = `${base}/${encodeURIComponent(id)}`
    for (const change of [{ prompt_id: 'c' }, { language: 'de-de' }]) {
      const { status, envelope } = await app.call('PATCH', path, { json: { data: change } })
      expect(status).toBe(400)
      expect(envelope.data).toHaveProperty('prompt_id.invalid.cause')
    }
    expect(
      (await app.call('POST', path, { json: { data: { name: 'renamed' } } })).envelope.data,
    ).toMatchObject({
      name: 'renamed',
      prompt_id: 'a-b',
      language: 'fr-fr',
    })
  })
})

describe('deleting', () => {
  it('is soft, can be undone, and ends for good with hard_delete', async () => {
    const id = await create({ name: 'Gone' })
    await upload(id, wav)
    const removed = await app.call('DELETE', `${base}/${id}`)
    expect(removed.envelope.data).toMatchObject({ name: 'Gone', _read_only: { deleted: true } })
    expect((await app.call('GET', `${base}/${id}`)).status).toBe(404)

    await app.call('POST', `/studio/media/${id}/restore`, { json: { data: {} } })
    expect((await download(id)).bytes.equals(wav)).toBe(true)

    await app.call('DELETE', `${base}/${id}`, { json: { data: { hard_delete: true } } })
    expect(
      (await app.call('POST', `/studio/media/${id}/restore`, { json: { data: {} } })).status,
    ).toBe(404)
    await expect.poll(blobsOnDisk).toBe(0)
  })
})

describe('listing', () => {
  beforeEach(async () => {
    await create({ name: 'en', prompt_id: 'vm-goodbye', language: 'en-us' })
    await create({ name: 'fr', prompt_id: 'vm-goodbye', language: 'fr-fr' })
    await create({ name: 'fr2', prompt_id: 'vm-hello', language: 'fr-fr' })
    const plain = await create({ name: 'Music' })
    await app.call('PATCH', `${base}/${plain}`, { json: { data: { language: null } } })
  })

  it('shows what the summary of a medium holds', async () => {
    const { envelope } = await app.call('GET', `${base}?filter_name=fr`)
    expect(envelope).toMatchObject({
      page_size: 1,
      data: [
        {
          id: 'fr-fr%2Fvm-goodbye',
          name: 'fr',
          media_source: 'upload',
          language: 'fr-fr',
          is_prompt: true,
        },
      ],
    })
    expect((await app.call('GET', `${base}?key_missing=language`)).envelope.data).toMatchObject([
      { name: 'Music', language: '', is_prompt: false },
    ])
  })

  it('counts languages, with those that are missing one', async () => {
    expect((await app.call('GET', `${base}/languages`)).envelope.data).toEqual([
      { 'en-us': 1, 'fr-fr': 2, missing: 1 },
    ])
    expect((await app.call('GET', `${base}/languages/FR-fr`)).envelope.data.sort()).toEqual([
      'fr-fr%2Fvm-goodbye',
      'fr-fr%2Fvm-hello',
    ])
    expect((await app.call('GET', `${base}/languages/missing`)).envelope.data).toHaveLength(1)
  })

  it('counts the translations of prompts, page by page with plain keys', async () => {
    const first = await app.call('GET', `${base}/prompts?page_size=1`)
    expect(first.envelope).toMatchObject({
      data: [{ 'vm-goodbye': 2 }],
      page_size: 1,
      next_start_key: 'vm-hello',
    })
    const second = await app.call('GET', `${base}/prompts?page_size=1&start_key=vm-hello`)
    expect(second.envelope).toMatchObject({ data: [{ 'vm-hello': 1 }], start_key: 'vm-hello' })
    expect(second.envelope).not.toHaveProperty('next_start_key')
  })

  it('names the translations of a prompt', async () => {
    const { envelope } = await app.call('GET', `${base}/prompts/vm-goodbye`)
    expect(envelope).toMatchObject({
      data: ['fr-fr%2Fvm-goodbye', 'en-us%2Fvm-goodbye'],
      page_size: 2,
      start_key: 'vm-goodbye',
    })
  })
})

describe('normalisation', () => {
  beforeEach(() => settings({ normalize_media: true }))

  it('serves the converted file and keeps the original beside it', async () => {
    const id = await create({ name: 'Loud' })
    const { envelope } = await upload(
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
    await settings({ normalization_format: 'ogg', normalize_destination_args: '-r 16000 -c 1' })
    const id = await create({ name: 'Ogg' })
    const { envelope } = await upload(id, wav)
    expect(envelope.data._read_only.file.audio).toMatchObject({
      container: 'ogg',
      sample_rate_hz: 16_000,
    })
  })

  it('leaves a file in the target format, and video, as they are', async () => {
    const id = await create({ name: 'Same' })
    await upload(id, mp3, 'audio/mp3')
    expect((await download(id)).bytes.equals(mp3)).toBe(true)
    const video = Buffer.from(
      '\u0000\u0000\u0000\u0018ftypmp42\u0000\u0000\u0000\u0000mp42isom',
      'latin1',
    )
    const { envelope } = await upload(id, video, 'video/mp4')
    expect(envelope.data).toMatchObject({ content_type: 'video/mp4' })
    expect(envelope.data).not.toHaveProperty('normalization_error')
    expect((await download(id)).bytes.equals(video)).toBe(true)
  })

  it('keeps the upload when it fails, and says why until it succeeds', async () => {
    const id = await create({ name: 'Broken' })
    const failed = await upload(id, 'this is no audio at all', 'audio/x-wav')
    expect(failed.status).toBe(200)
    expect(failed.envelope.data.normalization_error).toMatch(/\w+/)
    expect((await download(id)).bytes.toString()).toBe('this is no audio at all')

    await settings({ normalize_executable: '/no/such/sox' })
    expect((await upload(id, wav)).envelope.data.normalization_error).toMatch(/no\/such\/sox/)
    await settings({ normalize_executable: 'sox' })
    expect((await upload(id, wav)).envelope.data).not.toHaveProperty('normalization_error')
  })
})

describe('speech', () => {
  const tts = {
    name: 'Spoken',
    media_source: 'tts',
    tts: { text: 'Testing TTS', voice: 'female/en-US' },
  }

  it('is made at once, and again when text or voice change, and only then', async () => {
    const id = await create(tts)
    const first = await download(id)
    expect((await get(id)).data).toMatchObject({ media_source: 'tts', content_type: 'audio/x-wav' })
    expect(first.bytes.length).toBeGreaterThan(1000)

    await app.call('POST', `${base}/${id}`, { json: { data: { ...tts, name: 'Renamed' } } })
    expect((await download(id)).headers.get('etag')).toBe(first.headers.get('etag'))
    const changed = { ...tts, tts: { ...tts.tts, text: 'Something else' } }
    await app.call('POST', `${base}/${id}`, { json: { data: changed } })
    expect((await download(id)).headers.get('etag')).not.toBe(first.headers.get('etag'))
  })

  it('needs a text', async () => {
    const { status, envelope } = await app.call('PUT', base, {
      json: { data: { name: 'Mute', media_source: 'tts' } },
    })
    expect(status).toBe(400)
    expect(envelope.data).toHaveProperty(['tts.text', 'required'])
  })
})

describe('peaks', () => {
  it('come in audiowaveform formats, of any media with sound', async () => {
    const id = await create({ name: 'Drawn' })
    await upload(id, wav)
    const dat = (await app.call('GET', `/studio/media/${id}/peaks?samples_per_pixel=256&bits=16`))
      .bytes
    expect([0, 4, 8, 12, 16].map((at) => dat.readInt32LE(at))).toEqual([1, 0, 8000, 256, 16])
    expect(dat.length).toBe(20 + 16 * 4)
    const json = JSON.parse(
      (
        await app.call('GET', `/studio/media/${id}/peaks?samples_per_pixel=256&bits=8&format=json`)
      ).bytes.toString(),
    )
    expect(json).toMatchObject({ bits: 8, length: 16, sample_rate: 8000, samples_per_pixel: 256 })
    expect(json.data[1]).toBe(Math.trunc(dat.readInt16LE(22) / 256))
  })

  it('are refused with a reason for what has none', async () => {
    const id = await create({ name: 'Text' })
    expect((await app.call('GET', `/studio/media/${id}/peaks`)).status).toBe(404)
    await upload(id, 'words')
    expect((await app.call('GET', `/studio/media/${id}/peaks`)).status).toBe(400)
    expect(
      (await app.call('GET', `/studio/media/${id}/peaks?samples_per_pixel=0`)).envelope.data,
    ).toHaveProperty('samples_per_pixel.minimum')
  })
})
