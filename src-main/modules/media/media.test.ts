import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startMediaApp } from '../../test/media.ts'
import { tone } from '../../test/tone.ts'

let app: Awaited<ReturnType<typeof startMediaApp>>

beforeEach(async () => {
  app = await startMediaApp()
})
afterEach(() => app.dispose())

const wav = tone({ frequencyHz: 440, durationMs: 500 })

describe('creating media', () => {
  it('fills in the defaults of the schema', async () => {
    const { envelope } = await app.call('PUT', app.base, {
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
    const { headers, envelope } = await app.call('PUT', app.base, {
      json: { data: { name: 'FR-vm-enter_pass', prompt_id: 'vm-enter_pass', language: 'FR' } },
    })
    expect(envelope.data).toMatchObject({ id: 'fr%2Fvm-enter_pass', language: 'fr' })
    expect(headers.get('location')).toBe(`${app.base}/fr%252Fvm-enter_pass`)
    for (const id of ['fr%2Fvm-enter_pass', 'fr%252Fvm-enter_pass', 'FR%2fvm-enter_pass']) {
      expect((await app.call('GET', `${app.base}/${id}`)).envelope.data.id).toBe(
        'fr%2Fvm-enter_pass',
      )
    }
  })

  it('refuses a prompt that exists, and revives one that was deleted', async () => {
    const data = { name: 'p', prompt_id: 'menu-exit' }
    const id = await app.create(data)
    await app.upload(id, wav)
    expect((await app.call('PUT', app.base, { json: { data } })).status).toBe(409)

    await app.call('DELETE', `${app.base}/${encodeURIComponent(id)}`)
    const again = await app.call('PUT', app.base, { json: { data } })

    expect(again.status).toBe(201)
    expect(again.envelope.data.id).toBe(id)
    expect((await app.download(id)).status).toBe(404)
    await expect.poll(app.blobsOnDisk).toBe(0)
  })

  it('decides itself what belongs to the file and the id', async () => {
    const data = { name: 'Copy', id: 'mine', content_length: 5, normalization_error: 'made up' }
    const { envelope } = await app.call('PUT', app.base, { json: { data } })

    expect(envelope.data.id).not.toBe('mine')
    expect(envelope.data).not.toHaveProperty('content_length')
    expect(envelope.data).not.toHaveProperty('normalization_error')
  })

  it.each(['../../etc/passwd', 'a/b', 'a\u0000b', '.hidden', 'x'.repeat(129)])(
    'refuses the prompt id %j, which could not be a file name',
    async (promptId) => {
      const { status, envelope } = await app.call('PUT', app.base, {
        json: { data: { name: 'n', prompt_id: promptId } },
      })
      expect(status).toBe(400)
      expect(envelope.data).toHaveProperty('prompt_id.pattern')
    },
  )

  it('takes a stream name in prompt_id for what it is: no prompt', async () => {
    const id = await app.create({ name: 'hold', prompt_id: 'silence_stream://300000' })
    expect(id).toMatch(/^[0-9a-f]{32}$/)
  })

  it('refuses a language that is no tag', async () => {
    const { status, envelope } = await app.call('PUT', app.base, {
      json: { data: { name: 'n', language: '../x' } },
    })
    expect([status, Object.keys(envelope.data)]).toEqual([400, ['language']])
  })
})

describe('changing media', () => {
  it('replaces the document, keeps the file, and needs a name', async () => {
    const id = await app.create({ name: 'Before', ui_metadata: { ui: 'x' } })
    await app.upload(id, wav)
    const { envelope } = await app.call('POST', `${app.base}/${id}`, {
      json: { data: { name: 'After' } },
    })
    expect(envelope.data).toMatchObject({ name: 'After', content_length: wav.length })
    expect(envelope.data).not.toHaveProperty('ui_metadata')
    expect((await app.download(id)).bytes.equals(wav)).toBe(true)

    const empty = await app.call('POST', `${app.base}/${id}`)
    expect(empty.status).toBe(400)
    expect(empty.envelope.data).toHaveProperty('name.required')
  })

  it('merges a PATCH and removes what is null', async () => {
    const id = await app.create({ name: 'Patched', description: 'd', ui_metadata: { a: 1, b: 2 } })
    const patch = { description: null, ui_metadata: { b: null, c: 3 } }
    const { envelope } = await app.call('PATCH', `${app.base}/${id}`, { json: { data: patch } })
    expect(envelope.data).toMatchObject({ name: 'Patched', ui_metadata: { a: 1, c: 3 } })
    expect(envelope.data).not.toHaveProperty('description')
    expect(
      (await app.call('PATCH', `${app.base}/${id}`, { json: { data: { name: null } } })).status,
    ).toBe(400)
  })

  it('never turns a prompt into another', async () => {
    const id = await app.create({ name: 'p', prompt_id: 'a-b', language: 'fr-fr' })
    const path = `${app.base}/${encodeURIComponent(id)}`
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
    const id = await app.create({ name: 'Gone' })
    await app.upload(id, wav)
    const removed = await app.call('DELETE', `${app.base}/${id}`)
    expect(removed.envelope.data).toMatchObject({ name: 'Gone', _read_only: { deleted: true } })
    expect((await app.call('GET', `${app.base}/${id}`)).status).toBe(404)

    await app.call('POST', `/studio/media/${id}/restore`, { json: { data: {} } })
    expect((await app.download(id)).bytes.equals(wav)).toBe(true)

    await app.call('DELETE', `${app.base}/${id}`, { json: { data: { hard_delete: true } } })
    expect(
      (await app.call('POST', `/studio/media/${id}/restore`, { json: { data: {} } })).status,
    ).toBe(404)
    await expect.poll(app.blobsOnDisk).toBe(0)
  })
})

describe('listing', () => {
  beforeEach(async () => {
    await app.create({ name: 'en', prompt_id: 'vm-goodbye', language: 'en-us' })
    await app.create({ name: 'fr', prompt_id: 'vm-goodbye', language: 'fr-fr' })
    await app.create({ name: 'fr2', prompt_id: 'vm-hello', language: 'fr-fr' })
    const plain = await app.create({ name: 'Music' })
    await app.call('PATCH', `${app.base}/${plain}`, { json: { data: { language: null } } })
  })

  it('shows what the summary of a medium holds', async () => {
    const { envelope } = await app.call('GET', `${app.base}?filter_name=fr`)
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
    expect((await app.call('GET', `${app.base}?key_missing=language`)).envelope.data).toMatchObject(
      [{ name: 'Music', language: '', is_prompt: false }],
    )
  })

  it('counts languages, with those that are missing one', async () => {
    expect((await app.call('GET', `${app.base}/languages`)).envelope.data).toEqual([
      { 'en-us': 1, 'fr-fr': 2, missing: 1 },
    ])
    expect((await app.call('GET', `${app.base}/languages/FR-fr`)).envelope.data.sort()).toEqual([
      'fr-fr%2Fvm-goodbye',
      'fr-fr%2Fvm-hello',
    ])
    expect((await app.call('GET', `${app.base}/languages/missing`)).envelope.data).toHaveLength(1)
  })

  it('counts the translations of prompts, page by page with plain keys', async () => {
    const first = await app.call('GET', `${app.base}/prompts?page_size=1`)
    expect(first.envelope).toMatchObject({
      data: [{ 'vm-goodbye': 2 }],
      page_size: 1,
      next_start_key: 'vm-hello',
    })
    const second = await app.call('GET', `${app.base}/prompts?page_size=1&start_key=vm-hello`)
    expect(second.envelope).toMatchObject({ data: [{ 'vm-hello': 1 }], start_key: 'vm-hello' })
    expect(second.envelope).not.toHaveProperty('next_start_key')
  })

  it('names the translations of a prompt', async () => {
    const { envelope } = await app.call('GET', `${app.base}/prompts/vm-goodbye`)
    expect(envelope).toMatchObject({
      data: ['fr-fr%2Fvm-goodbye', 'en-us%2Fvm-goodbye'],
      page_size: 2,
      start_key: 'vm-goodbye',
    })
  })
})

describe('changes at the same time', () => {
  it('all take effect when nobody asked for a revision', async () => {
    const id = await app.create({ name: 'Busy' })
    const keys = Array.from({ length: 20 }, (_, index) => `key_${index}`)
    const answers = await Promise.all(
      keys.map((key) =>
        app.call('PATCH', `${app.base}/${id}`, { json: { data: { [key]: true } } }),
      ),
    )

    expect(answers.map(({ status }) => status)).toEqual(keys.map(() => 200))
    expect(Object.keys((await app.get(id)).data)).toEqual(expect.arrayContaining(keys))
  })

  it('let one of those win that were made on the same revision', async () => {
    const id = await app.create({ name: 'Guarded' })
    const { revision = '' } = await app.get(id)
    const answers = await Promise.all(
      [1, 2, 3, 4].map((value) =>
        app.call('PATCH', `${app.base}/${id}`, {
          json: { data: { value } },
          headers: { 'if-match': `"${revision}"` },
        }),
      ),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409])
  })
})
