import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createAudioBench } from '../../test/audio-bench.ts'
import { startMediaApp } from '../../test/media.ts'
import { silence, tone } from '../../test/tone.ts'

let app: Awaited<ReturnType<typeof startMediaApp>>

beforeEach(async () => {
  app = await startMediaApp()
})
afterEach(() => app.dispose())

/** A tone with this active speech level, dBov. */
const at = (levelDbov: number, durationMs = 1500): Buffer =>
  tone({ frequencyHz: 1000, durationMs, level: Math.SQRT2 * 10 ** (levelDbov / 20) })

const measured = async (id: string, query = '') =>
  (await app.call('GET', `/studio/media/${encodeURIComponent(id)}/measures${query}`)).envelope

const prompt = async (promptId: string, levelDbov: number, language = 'en-us') => {
  const id = await app.create({ name: promptId, language, prompt_id: promptId })
  await app.upload(id, at(levelDbov))
  return id
}

const kept = async () => {
  const blobs = join(app.dataDir, 'blobs')
  const names = await readdir(blobs, { recursive: true })
  return names.filter((name) => name.endsWith('.measures.json')).map((name) => join(blobs, name))
}

const targets = async (query = '') =>
  (await app.call('GET', `/studio/targets${query}`)).envelope.data as {
    id: string
    level: number
  }[]
const packLevel = async (query?: string) =>
  (await targets(query)).find(({ id }) => id === 'pack')?.level

describe('the measures of a file', () => {
  it('are those of what callers hear, with a verdict where one is wanted', async () => {
    const id = await app.create({ name: 'Hot' })
    await app.upload(id, at(-11.2))
    const { data } = await measured(id)
    expect(data.verdict).toBeUndefined()
    expect(data.measures).toMatchObject({ frames: 12_000, sample_rate_hz: 8000, duration_ms: 1500 })
    expect(Math.abs(Number(data.measures.active_level_dbov) + 11.2)).toBeLessThan(0.1)

    const judged = (await measured(id, '?profile=itu')).data.verdict
    expect(judged).toMatchObject({ ok: false, target: { id: 'itu', level: -26 } })
    expect(judged.findings).toContainEqual(
      expect.objectContaining({
        check: 'level',
        message: expect.stringMatching(/^14\.[789] dB too hot$/),
      }),
    )
  })

  it.each([
    ['8 bits', ['-b', '8', '-e', 'unsigned-integer', '-t', 'wav']],
    ['24 bits', ['-b', '24', '-t', 'wav']],
    ['µ-law', ['-e', 'mu-law', '-t', 'wav']],
    ['flac', ['-t', 'flac']],
  ])('are found in %s', async (_, format) => {
    const bench = await createAudioBench()
    try {
      const id = await app.create({ name: 'Another format' })
      const file = await bench.sox(at(-20), ...format, '-')
      expect((await app.upload(id, file, 'audio/x-wav')).status).toBe(200)
      const { measures } = (await measured(id)).data
      expect(measures.frames).toBe(12_000)
      expect(Math.abs(Number(measures.active_level_dbov) + 20)).toBeLessThan(0.15)
    } finally {
      await bench.dispose()
    }
  })

  it('are kept beside it, and measured again when what was kept is torn or of another version', async () => {
    const id = await app.create({ name: 'Kept' })
    await app.upload(id, at(-20))
    const first = (await measured(id)).data.measures
    const [path = ''] = await kept()
    const text = await readFile(path, 'utf8')
    await writeFile(path, text.replace('12000', '12001'))
    expect((await measured(id)).data.measures.frames).toBe(12_001)
    for (const useless of [text.slice(0, 50), text.replace('"version":1', '"version":0'), 'null']) {
      await writeFile(path, useless)
      expect((await measured(id)).data.measures).toEqual(first)
    }
  })

  it('are refused with a reason where there is no audio', async () => {
    const id = await app.create({ name: 'Text' })
    expect((await app.call('GET', `/studio/media/${id}/measures`)).status).toBe(404)
    await app.upload(id, 'words')
    const { status, envelope } = await app.call('GET', `/studio/media/${id}/measures`)
    expect(status).toBe(400)
    expect(envelope.data.file.invalid.message).toMatch(/^The file has no audio to measure: /)
    await app.upload(id, silence({ durationMs: 0 }))
    expect((await app.call('GET', `/studio/media/${id}/measures`)).status).toBe(400)
    expect(await kept()).toEqual([])
  })
})

describe('the measures of a list', () => {
  const opened = async (wav: Buffer) => {
    const headers = { 'content-type': 'audio/x-wav' }
    const { envelope } = await app.call('POST', '/studio/sources', { body: wav, headers })
    const { id, channels, sample_rate_hz: rate } = envelope.data
    const frames = (wav.length - 44) / 2
    const spans = [{ frames, layers: [{ source: id, in: 0 }] }]
    return { sample_rate_hz: rate, channels, sources: { [id]: { frames } }, spans, markers: [] }
  }
  const post = (data: Record<string, unknown>) =>
    app.call('POST', '/studio/measures', { json: { data } })

  it.each([
    ['short one', 1500],
    ['long one, in a thread', 15_000],
  ])('are those of a part of it: a %s', async (_, durationMs) => {
    const list = await opened(at(-20, durationMs))
    const to = durationMs * 8 - 100
    const { status, envelope } = await post({ list, from: 100, to, profile: 'rfc7874' })
    expect(status).toBe(200)
    const { measures, verdict } = envelope.data
    expect(measures.frames).toBe(to - 100)
    expect(Math.abs(Number(measures.active_level_dbov) + 20)).toBeLessThan(0.15)
    expect(verdict.target.id).toBe('rfc7874')
  })

  it('are those of a list that is larger than an upload may be', async () => {
    const list = await opened(at(-20, 1500))
    const limit = async (max_upload_size: number) =>
      app.call('PATCH', '/studio/settings', { json: { data: { max_upload_size } } })
    const { envelope } = await app.call('GET', '/studio/settings')
    await limit(100)
    const { status } = await post({ list })
    await limit(envelope.data.max_upload_size)
    expect(status).toBe(200)
  })

  it('are refused for ranges and sources that are not there', async () => {
    const list = await opened(at(-20))
    expect((await post({ list, to: 12_001 })).envelope.data).toHaveProperty(['to', 'maximum'])
    expect((await post({ list, from: 9, to: 8 })).envelope.data).toHaveProperty(['from', 'maximum'])
    const stranger = 'f'.repeat(64)
    const other = { ...list, sources: { [stranger]: { frames: 12_000 } } }
    const spans = [{ frames: 100, layers: [{ source: stranger, in: 0 }] }]
    expect((await post({ list: { ...other, spans } })).status).toBe(400)
  })
})

describe('the targets', () => {
  it('begin with the median of the prompts of the language', async () => {
    expect((await targets()).map(({ id }) => id)).toEqual(['rfc7874', 'itu', 'web'])
    for (const [index, level] of [-30, -20, -18, -10].entries()) await prompt(`p-${index}`, level)
    await prompt('p-1', -12, 'fr-fr')
    await app.upload(await app.create({ name: 'No prompt' }), at(-40))
    expect(Math.abs((await packLevel()) ?? 0)).toBeCloseTo(19, 0)
    expect(Math.abs((await packLevel('?language=FR-fr')) ?? 0)).toBeCloseTo(12, 0)
  })

  it('follow the prompts', async () => {
    const id = await prompt('p-1', -20)
    expect(await packLevel()).toBeCloseTo(-20, 0)
    await app.upload(id, at(-30))
    expect(await packLevel()).toBeCloseTo(-30, 0)
    await app.call('DELETE', `${app.base}/${encodeURIComponent(id)}`)
    expect(await packLevel()).toBeUndefined()
  })

  it('count the system’s prompts where the account has none', async () => {
    const add = async (path: string, level: number, promptId: string) => {
      const data = { name: promptId, language: 'en-us', prompt_id: promptId }
      const { id } = (await app.call('PUT', path, { json: { data } })).envelope.data
      const headers = { 'content-type': 'audio/x-wav' }
      const raw = `${path}/${encodeURIComponent(id)}/raw`
      expect((await app.call('POST', raw, { body: at(level), headers })).status).toBe(200)
    }
    await add('/v2/media', -30, 'p-1')
    await add('/v2/media', -25, 'p-2')
    expect(await packLevel()).toBeCloseTo(-27.5, 0)
    await add(app.base, -10, 'p-1')
    expect(await packLevel()).toBeCloseTo(-17.5, 0)
    expect(await packLevel('?target=system')).toBeCloseTo(-27.5, 0)
  })

  it('are refused where there is no pack to match', async () => {
    const id = await app.create({ name: 'Alone', language: 'nl-be' })
    await app.upload(id, at(-20))
    const { status, envelope } = await app.call('GET', `/studio/media/${id}/measures?profile=pack`)
    expect(status).toBe(400)
    expect(envelope.data.profile.pack.message).toBe(
      'There are no prompts in nl-be whose level could be matched',
    )
  })
})
