import { execFileSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startEditing, type EditingApp } from '../../test/editing.ts'
import { samplesOf } from '../../test/samples.ts'
import { tone } from '../../test/tone.ts'

let app: EditingApp

beforeEach(async () => {
  app = await startEditing()
})
afterEach(() => app.dispose())

const wav = tone({ frequencyHz: 440, durationMs: 500 })
const samples = samplesOf(wav)
const other = tone({ frequencyHz: 900, durationMs: 300 })

const upload = async (bytes = wav, type = 'audio/x-wav') => {
  const id = await app.create({ name: 'Welcome' })
  await app.upload(id, bytes, type)
  return id
}

const head = { kind: 'delete', from: 0, to: 1000 } as const

describe('saving', () => {
  it('gives the next download exactly what was done and not undone', async () => {
    const id = await upload()
    const draft = await app.openDraft(id)
    await app.step(draft, head)
    await app.step(draft, { kind: 'reverse', from: 0, to: 3000 })
    await app.step(draft, { kind: 'silence', from: 0, to: 3000 })
    await app.undo(draft)

    const saved = await app.save(draft)

    expect(saved).toMatchObject({ media_id: id, revision: expect.stringMatching(/^3-/) })
    const { bytes, headers } = await app.download(id)
    expect(samplesOf(bytes)).toEqual(samples.slice(1000).reverse())
    expect(headers.get('content-type')).toBe('audio/x-wav')
    const after = await app.draft(draft)
    expect(after).toMatchObject({ saved_position: 2, media_revision: saved.revision })
    expect(after.steps.map(({ label }) => label)).toHaveLength(3)
  })

  it('goes on from there: the same draft saves again without being asked', async () => {
    const id = await upload()
    const draft = await app.openDraft(id)
    await app.step(draft, head)
    await app.save(draft)
    await app.step(draft, head)
    expect(await app.openDraft(id)).toMatchObject({ id: draft.id, position: 2, saved_position: 1 })

    await app.save(draft)

    expect(samplesOf((await app.download(id)).bytes)).toEqual(samples.slice(2000))
  })

  it('takes what Crossbar would refuse for its size', async () => {
    const id = await upload()
    await app.settings({ max_upload_size: 1000 })
    const draft = await app.openDraft(id)
    await app.step(draft, head)

    await app.save(draft)

    expect((await app.download(id)).bytes.length).toBeGreaterThan(1000)
  })

  it('keeps the format of the file it replaces', async () => {
    const mp3 = execFileSync('sox', ['-t', 'wav', '-', '-C', '32', '-t', 'mp3', '-'], {
      input: tone({ frequencyHz: 440, durationMs: 3000 }),
    })
    const id = await upload(mp3, 'audio/mpeg')
    const draft = await app.openDraft(id)
    await app.step(draft, head)

    const { command } = await app.save(draft)

    const { data } = await app.get(id)
    expect(data._read_only.file.audio).toMatchObject({ container: 'mp3', sample_rate_hz: 8000 })
    expect(data._read_only.file.filename).toMatch(/\.mp3$/)
    expect(command).toContain('-C 32')
    const alaw = execFileSync('sox', ['-t', 'wav', '-', '-e', 'a-law', '-t', 'wav', '-'], {
      input: wav,
    })
    const second = await upload(alaw)
    const telephone = await app.openDraft(second)
    await app.step(telephone, head)
    await app.save(telephone)
    const { audio } = (await app.get(second)).data._read_only.file
    expect(audio).toMatchObject({ container: 'wav', encoding: 'alaw', playable: true })
  })

  it('writes another format when asked, and refuses one that cannot hold it', async () => {
    const id = await upload()
    const draft = await app.openDraft(id)

    await app.save(draft, { format: { container: 'flac' } })

    expect((await app.get(id)).data.content_type).toBe('audio/flac')
    const refused = await app.post(`/studio/drafts/${draft.id}/save`, {
      revision: draft.revision,
      format: { container: 'gsm' },
    })
    expect(refused.status).toBe(400)
    expect(refused.envelope.data).toHaveProperty(['format.container'])
  })

  it('lets callers hear the normalised form of the edit', async () => {
    await app.settings({ normalize_media: true })
    const id = await upload()
    const draft = await app.openDraft(id)
    await app.step(draft, head)

    await app.save(draft)

    const { file, original } = (await app.get(id)).data._read_only
    expect(file.audio).toMatchObject({ container: 'mp3' })
    expect(original.audio).toMatchObject({ container: 'wav', duration_ms: 375 })
    const uploaded = await app.call('GET', `/studio/media/${id}/original`)
    expect(samplesOf(uploaded.bytes)).toEqual(samples.slice(1000))
  })

  it('leaves a spoken document spoken, and its edit alone until the words change', async () => {
    const tts = { media_source: 'tts', tts: { text: 'Hello', voice: 'female/en-US' } }
    const id = await app.create({ name: 'Spoken', ...tts })
    const draft = await app.openDraft(id)
    await app.step(draft, head)
    await app.save(draft)
    const edited = (await app.download(id)).bytes

    const patch = (data: unknown) => app.call('PATCH', `${app.base}/${id}`, { json: { data } })
    await patch({ description: 'Said to everybody' })

    expect((await app.get(id)).data.media_source).toBe('tts')
    expect((await app.download(id)).bytes.equals(edited)).toBe(true)
    await patch({ tts: { text: 'Good-bye' } })
    expect((await app.download(id)).bytes.equals(edited)).toBe(false)
    expect((await app.get(id)).data._read_only).not.toHaveProperty('unedited')
  })

  it('never replaces a file nobody has seen, unless its revision is named', async () => {
    const id = await upload()
    const draft = await app.openDraft(id)
    await app.step(draft, head)
    const { envelope } = await app.upload(id, other)

    const refused = await app.post(`/studio/drafts/${draft.id}/save`, { revision: 1 })

    expect(refused.status).toBe(409)
    expect(refused.envelope.data).toMatchObject({ cause: 'media_revision' })
    expect(refused.envelope.data.message).toContain(envelope.revision)
    expect((await app.download(id)).bytes.equals(other)).toBe(true)
    const wrong = { media_revision: '1-0' }
    await expect(app.save(draft, wrong)).rejects.toThrow(/409/)
    await app.save(draft, { media_revision: envelope.revision })
    expect(samplesOf((await app.download(id)).bytes)).toEqual(samples.slice(1000))
  })

  it('does not mind a change of the words beside the file', async () => {
    const id = await upload()
    const draft = await app.openDraft(id)
    await app.step(draft, head)
    await app.call('PATCH', `${app.base}/${id}`, { json: { data: { description: 'New' } } })

    await app.save(draft)

    expect((await app.get(id)).data.description).toBe('New')
  })

  it('leaves everything as it was when the file is replaced while it works', async () => {
    const id = await upload(tone({ frequencyHz: 440, durationMs: 60_000 }))
    const draft = await app.openDraft(id)
    await app.step(draft, head)
    const { job_id } = await app.data<{ job_id: string }>(
      app.post(`/studio/drafts/${draft.id}/save`, { revision: 1, format: { container: 'ogg' } }),
    )
    await app.upload(id, other)

    const job = await app.job(job_id)

    expect(job).toMatchObject({ status: 'failed', error: expect.stringContaining('replaced') })
    expect((await app.download(id)).bytes.equals(other)).toBe(true)
    expect(await app.blobsOnDisk()).toBe(2)
    expect((await app.draft(draft)).saved_position).toBeUndefined()
  })

  it('says what to do when the document is deleted while it works, and afterwards', async () => {
    const id = await upload(tone({ frequencyHz: 440, durationMs: 60_000 }))
    const draft = await app.openDraft(id)
    await app.step(draft, head)
    const wish = { revision: 1, format: { container: 'ogg' } }
    const path = `/studio/drafts/${draft.id}/save`
    const { job_id } = await app.data<{ job_id: string }>(app.post(path, wish))
    await app.call('DELETE', `${app.base}/${id}`)

    const job = await app.job(job_id)
    const refused = await app.post(path, wish)

    const what = 'the document was deleted: restore it, or save as a new one'
    expect(job).toMatchObject({ status: 'failed', error: what })
    expect([refused.status, refused.envelope.data.message]).toEqual([404, what])
    await app.data(app.post(`/studio/media/${id}/restore`))
    expect(await app.save(draft)).toMatchObject({ media_id: id })
  })

  it('makes a new document, and a translation, which it replaces only when asked', async () => {
    const source = await app.source(wav, 'Take')
    const draft = await app.data<any>(app.post('/studio/drafts', { source: source.id }))
    await expect(app.save(draft)).rejects.toThrow(/as.*required/)
    const as = { name: 'Greeting', language: 'en-us', prompt_id: 'menu-hello' }

    const { media_id, revision } = await app.save(draft, { as })

    expect(media_id).toBe('en-us%2Fmenu-hello')
    expect(samplesOf((await app.download(media_id)).bytes)).toEqual(samples)
    expect(await app.draft(draft)).toMatchObject({ media_id, saved_position: 0 })
    const second = await app.openDraft(await upload(other))
    await expect(app.save(second, { as })).rejects.toThrow(/409.*revision/)
    await app.save(second, { as, media_revision: revision })
    expect(samplesOf((await app.download(media_id)).bytes)).toEqual(samplesOf(other))
  })

  it('works on the system library, too', async () => {
    const { id } = await app.data<any>(
      app.call('PUT', '/v2/media', { json: { data: { name: 'For all', language: 'en-us' } } }),
    )
    const headers = { 'content-type': 'audio/x-wav' }
    await app.call('POST', `/v2/media/${id}/raw`, { body: wav, headers })
    const draft = await app.data<any>(app.post('/studio/drafts?target=system', { media_id: id }))
    await app.step(draft, head)
    expect((await app.post(`/studio/drafts`, { media_id: id })).status).toBe(404)

    await app.save(draft)

    const raw = () => app.call('GET', `/v2/media/${id}/raw`)
    expect(samplesOf((await raw()).bytes)).toEqual(samples.slice(1000))
    await app.data(app.post(`/studio/media/${id}/revert?target=system`))
    expect((await raw()).bytes.equals(wav)).toBe(true)
  })

  it('says that sox is missing before it begins', async () => {
    const id = await upload()
    const draft = await app.openDraft(id)
    const empty = await mkdtemp(join(tmpdir(), 'no-tools-'))
    const path = process.env.PATH
    process.env.PATH = empty
    try {
      const refused = await app.post(`/studio/drafts/${draft.id}/save`, { revision: 0 })
      expect(refused.status).toBe(503)
      expect(refused.envelope.message).toBe('tool_missing')
    } finally {
      process.env.PATH = path
      await rm(empty, { recursive: true })
    }
  })
})

describe('reverting', () => {
  const revert = (id: string) => app.post(`/studio/media/${id}/revert`)

  it('brings back the file from before the first edit, byte for byte', async () => {
    await app.settings({ normalize_media: true })
    const id = await upload()
    const before = (await app.download(id)).bytes
    const draft = await app.openDraft(id)
    await app.step(draft, head)
    await app.save(draft)
    await app.step(draft, head)
    await app.save(draft)
    expect((await app.get(id)).data._read_only.unedited).toMatchObject({ filename: 'Welcome.wav' })

    const { envelope } = await revert(id)

    expect(envelope.data).toMatchObject({ media_id: id, revision: expect.stringMatching(/^5-/) })
    expect((await app.download(id)).bytes.equals(before)).toBe(true)
    const original = await app.call('GET', `/studio/media/${id}/original`)
    expect(original.bytes.equals(wav)).toBe(true)
    expect((await app.get(id)).data._read_only).not.toHaveProperty('unedited')
    expect((await revert(id)).status).toBe(400)
  })

  it('cannot go behind a new upload', async () => {
    const id = await upload()
    const draft = await app.openDraft(id)
    await app.step(draft, head)
    await app.save(draft)
    await app.upload(id, other)

    expect((await revert(id)).status).toBe(400)
    expect((await app.download(id)).bytes.equals(other)).toBe(true)
  })

  it('leaves nothing of a document that is gone for good', async () => {
    const id = await upload()
    const draft = await app.openDraft(id)
    await app.step(draft, head)
    await app.save(draft)
    expect(await app.blobsOnDisk()).toBe(2)
    await app.call('DELETE', `/studio/drafts/${draft.id}`, { json: { data: {} } })

    await app.call('DELETE', `${app.base}/${id}?hard_delete=true`)

    // The source of the draft may still be in somebody's clipboard; the edited file is nobody's.
    expect(await app.blobsOnDisk()).toBe(1)
  })
})
