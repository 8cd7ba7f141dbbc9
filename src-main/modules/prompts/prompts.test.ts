import { createHash } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { smallPack, startPackApp, zipOf } from '../../test/pack.ts'
import { tone } from '../../test/tone.ts'
import { unzip } from '../../test/unzip.ts'

let app: Awaited<ReturnType<typeof startPackApp>>

beforeEach(async () => {
  app = await startPackApp()
})
afterEach(() => app.dispose())

describe('jobs', () => {
  it('can be cancelled, and keep what was finished', async () => {
    const many = Object.fromEntries(
      Array.from({ length: 300 }, (_, index) => [
        `en/us/vm-${index}.wav`,
        tone({ frequencyHz: 300 + index, durationMs: 50 }),
      ]),
    )
    await app.call('PATCH', '/studio/settings', { json: { data: { normalize_media: true } } })
    const { envelope } = await app.post(await zipOf(many))
    const id = envelope.data.job_id
    await expect
      .poll(async () => (await app.call('GET', `/studio/jobs/${id}`)).envelope.data.progress, {
        interval: 5,
      })
      .toBeGreaterThan(0)

    await app.call('DELETE', `/studio/jobs/${id}`)

    const job = await app.ended(id)
    const { prompts } = (await app.call('GET', '/studio/prompts')).envelope.data
    expect(job.status).toBe('cancelled')
    expect(prompts.length).toBeGreaterThan(0)
    expect(prompts.length).toBeLessThan(300)
    for (const { cells } of prompts) expect(cells['en-us']).toMatchObject({ state: 'recorded' })
  })

  it('belong to their account', async () => {
    const { result: _result, ...job } = await app.importZip(smallPack)
    expect((await app.call('GET', '/studio/jobs')).envelope.data).toMatchObject([job])
    expect((await app.call('GET', '/studio/jobs/unknown')).status).toBe(404)
  })
})

describe('the matrix', () => {
  it('shows every prompt in every language, with the gaps', async () => {
    await app.importZip(smallPack)
    const { data } = (await app.call('GET', '/studio/prompts')).envelope

    expect(data).toMatchObject({ source_language: 'en-us', languages: ['en-us', 'fr-fr'] })
    expect(data.prompts).toMatchObject([
      {
        prompt_id: 'vm-goodbye',
        area: 'vm',
        text: 'Goodbye',
        cells: { 'en-us': { state: 'recorded', duration_ms: 120 } },
      },
      {
        prompt_id: 'vm-hello',
        text: 'Hello there',
        cells: { 'en-us': { state: 'recorded' }, 'fr-fr': { state: 'recorded' } },
      },
    ])
    expect(data.prompts[0].cells).not.toHaveProperty('fr-fr')
    expect((await app.call('GET', '/studio/prompts/vm-hello')).envelope.data).toEqual(
      data.prompts[1],
    )
  })

  it('tells spoken, empty and unreadable translations from recorded ones', async () => {
    const base = `/v2/accounts/${app.accountId}/media`
    const make = (data: Record<string, unknown>) =>
      app.call('PUT', base, { json: { data: { name: 'n', prompt_id: 'a-b', ...data } } })
    await make({ language: 'en-us', media_source: 'tts', tts: { text: 'Hello' } })
    await make({ language: 'fr-fr' })
    await make({ language: 'de-de' })
    await app.call('POST', `${base}/de-de%2Fa-b/raw`, {
      body: 'words',
      headers: { 'content-type': 'audio/x-wav' },
    })

    const { cells } = (await app.call('GET', '/studio/prompts/a-b')).envelope.data
    expect(
      Object.fromEntries(
        Object.entries<{ state: string }>(cells).map(([language, { state }]) => [language, state]),
      ),
    ).toEqual({
      'en-us': 'spoken',
      'fr-fr': 'empty',
      'de-de': 'unreadable',
    })
  })
})

describe('scripts', () => {
  it('are written in place, leaving every other line as it was', async () => {
    await app.importZip(smallPack)
    const path = '/studio/prompts/vm-hello/scripts'
    await app.call('PUT', `${path}/en-us`, { json: { data: { text: 'Hello,\nnice to hear you' } } })
    await app.call('PUT', `${path}/de-de`, { json: { data: { text: 'Guten Tag' } } })

    expect((await app.call('GET', path)).envelope.data).toEqual([
      { prompt_id: 'vm-hello', language: 'de-de', text: 'Guten Tag' },
      { prompt_id: 'vm-hello', language: 'en-us', text: 'Hello, nice to hear you' },
      { prompt_id: 'vm-hello', language: 'fr-fr', text: 'Bonjour' },
    ])
    const hash = (text: string) => createHash('sha256').update(text).digest('hex')
    const files = await unzip(app.folder, await app.exported())
    expect(files['kazoo-core/en/us/prompts.txt']).toBe(
      hash('vm-hello: Hello, nice to hear you\r\nvm-goodbye: Goodbye\r\nvm-goodbye: Bye\r\n'),
    )
    expect(files['kazoo-core/de/de/prompts.txt']).toBe(hash('vm-hello: Guten Tag\n'))
  })

  it.each(['a%0Ab', 'a:b', '%23x', ';x', '%20x', 'x%20', '..%2Fx', '%00', 'x'.repeat(129)])(
    'are refused for the id %s, which no line could name',
    async (id) => {
      const path = `/studio/prompts/${id}/scripts/en-us`
      const { status, envelope } = await app.call('PUT', path, { json: { data: { text: 'Hi' } } })
      expect(status).toBe(400)
      expect(envelope.data).toHaveProperty('prompt_id.pattern')
    },
  )

  it('are answered as they are kept', async () => {
    const path = '/studio/prompts/vm-hello/scripts/en-us'
    const { envelope } = await app.call('PUT', path, { json: { data: { text: ' Hi,\nyou ' } } })
    expect(envelope.data.text).toBe('Hi, you')
  })

  it('are unreadable beyond a size no script has', async () => {
    const job = await app.importZip({
      'kazoo-core/en/us/prompts.txt': `x: ${Math.random()}\n`.repeat(600_000),
    })
    expect(job.result.scripts).toMatchObject([{ outcome: 'unreadable' }])
  })
})
