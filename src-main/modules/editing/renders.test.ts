import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Render } from '#contract/renders'
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

const listOf = (source: string, frames = 4000) => ({
  sample_rate_hz: 8000,
  channels: 1,
  sources: { [source]: { frames } },
  spans: [{ frames, layers: [{ source, in: 0 }] }],
  markers: [],
})

const finished = async (data: unknown): Promise<Render> => {
  const { id, job_id } = await app.data<Render>(app.post('/studio/renders', data))
  await app.job(job_id)
  return app.data(app.call('GET', `/studio/renders/${id}`))
}

it('writes an edit list as a file, whole or in part, that can be had in parts', async () => {
  const { id } = await app.source(wav)
  const edited = await app.data(
    app.post('/studio/edits/apply', {
      list: listOf(id),
      operations: [
        { kind: 'reverse', from: 0, to: 4000 },
        { kind: 'delete', from: 0, to: 500 },
      ],
    }),
  )

  const format = { container: 'wav', encoding: 'pcm_16' }
  const render = await finished({ list: edited, from: 500, name: 'take 1', format })

  expect(render).toMatchObject({
    state: 'done',
    filename: 'take 1.wav',
    content_type: 'audio/x-wav',
    command: expect.stringContaining('sox'),
  })
  const path = `/studio/renders/${render.id}/file`
  const { bytes, headers } = await app.call('GET', path)
  expect(bytes.length).toBe(render.content_length)
  expect(samplesOf(bytes)).toEqual([...samples].reverse().slice(1000))
  expect(headers.get('content-disposition')).toContain('take 1.wav')
  const part = await app.call('GET', path, { headers: { range: 'bytes=0-3' } })
  expect([part.status, part.bytes.toString()]).toEqual([206, 'RIFF'])
})

it('hears what effects would do, at once and only for as long as people listen', async () => {
  const { id } = await app.source(wav)
  const preview = await app.post('/studio/preview', {
    list: listOf(id),
    to: 2000,
    effects: [{ kind: 'channels', channels: 2 }],
  })

  expect(preview.headers.get('content-type')).toBe('audio/x-wav')
  expect(preview.bytes.readUInt16LE(22)).toBe(2)
  const left = samplesOf(preview.bytes).filter((_, index) => index % 2 === 0)
  expect(left).toEqual(samples.slice(0, 2000).map((sample) => sample * 65_536))
  const long = await app.source(tone({ frequencyHz: 440, durationMs: 31_000 }))
  const refused = await app.post('/studio/preview', { list: listOf(long.id, 248_000), effects: [] })
  expect(refused.status).toBe(400)
})

it('does not blame the effects for a sox that was killed', async () => {
  const { id } = await app.source(wav)
  const folder = await mkdtemp(join(tmpdir(), 'patchbay-path-'))
  const sox = execFileSync('which', ['sox']).toString().trim()
  const script = `#!/bin/sh\ncase "$1" in --help*) exec ${sox} "$@";; esac\nkill -9 $$\n`
  await writeFile(join(folder, 'sox'), script, { mode: 0o755 })
  const path = process.env.PATH
  process.env.PATH = `${folder}:${path}`
  try {
    const { status } = await app.post('/studio/preview', { list: listOf(id), effects: [] })
    expect(status).toBe(500)
  } finally {
    process.env.PATH = path
    await rm(folder, { recursive: true })
  }
})

it('shows the command before anything is run, and what can be written', async () => {
  const data = {
    sample_rate_hz: 8000,
    channels: 1,
    effects: [{ kind: 'high_pass', frequency_hz: 120 }],
    format: { container: 'wav', encoding: 'ulaw' },
  }

  const { command } = await app.data<any>(app.post('/studio/effects/command', data))

  expect(command).toMatch(/^sox .*mu-law.*highpass/)
  const formats = await app.data<any[]>(app.call('GET', '/studio/formats'))
  expect(formats).toContainEqual(
    expect.objectContaining({ container: 'wav', encodings: expect.arrayContaining(['alaw']) }),
  )
  const high = { ...data, effects: [{ kind: 'high_pass', frequency_hz: 4000 }] }
  expect((await app.post('/studio/effects/command', high)).status).toBe(400)
})

it('refuses lists that are not true, naming what is wrong', async () => {
  const { id } = await app.source(wav)
  const strange = 'f'.repeat(64)
  const ask = async (list: unknown, path = '/studio/renders') => {
    const { status, envelope } = await app.post(path, {
      list,
      operations: [{ kind: 'reverse', from: 0, to: 1 }],
    })
    return [status, ...Object.keys(envelope.data)]
  }
  const outside = { ...listOf(id), spans: [{ frames: 4001, layers: [{ source: id, in: 0 }] }] }

  expect(await ask(listOf(strange))).toEqual([400, `list.sources.${strange}`])
  expect(await ask(listOf(id, 9999))).toEqual([400, `list.sources.${id}`])
  expect(await ask({ ...listOf(id), sample_rate_hz: 16_000 })).toEqual([400, `list.sources.${id}`])
  expect(await ask(outside)).toEqual([400, 'list.spans.0.layers.0.in'])
  expect(await ask(outside, '/studio/edits/apply')).toEqual([400, 'list.spans.0.layers.0.in'])
  const beyond = {
    list: listOf(id),
    operations: [
      { kind: 'reverse', from: 0, to: 1 },
      { kind: 'trim', from: 0, to: 5000 },
    ],
  }
  expect((await app.post('/studio/edits/apply', beyond)).envelope.data).toHaveProperty([
    'operations.1.to',
  ])
})

it('takes a list of a hundred thousand spans, and refuses more in one sentence', async () => {
  const { id } = await app.source(tone({ frequencyHz: 440, durationMs: 12_600 }))
  const spans = Array.from({ length: 100_000 }, (_, index) => ({
    frames: 1,
    layers: [{ source: id, in: (index * 7919) % 100_000, stages: [{ kind: 'gain', gain_db: -6 }] }],
  }))
  const list = { ...listOf(id, 100_000), spans }
  const operations = [{ kind: 'delete', from: 0, to: 10 }]

  const { spans: left } = await app.data<any>(app.post('/studio/edits/apply', { list, operations }))
  const tooMany = { ...list, spans: [...spans, spans[0]] }
  const refused = await app.post('/studio/edits/apply', { list: tooMany, operations })

  expect(left).toHaveLength(99_990)
  expect(refused.envelope.data).toMatchObject({ 'list.spans': { maxItems: { target: 100_000 } } })
  const huge = Buffer.alloc(65 * 2 ** 20, ' ')
  const unread = await app.call('POST', '/studio/edits/apply', { body: huge })
  expect(unread.status).toBe(413)
}, 60_000)

it('leaves no file when cancelled, and none to the next start', async () => {
  const { id } = await app.source(tone({ frequencyHz: 440, durationMs: 600_000 }))
  const list = listOf(id, 4_800_000)
  const format = { container: 'ogg' }
  const { job_id, ...render } = await app.data<Render>(
    app.post('/studio/renders', { list, format }),
  )
  expect((await app.call('GET', `/studio/renders/${render.id}/file`)).status).toBe(404)

  await app.call('DELETE', `/studio/jobs/${job_id}`, { json: { data: {} } })
  await app.job(job_id)

  const folder = join(app.dataDir, 'renders')
  expect(await app.data(app.call('GET', `/studio/renders/${render.id}`))).toMatchObject({
    state: 'cancelled',
  })
  expect(await readdir(folder)).toEqual([])
  const done = await finished({ list, to: 8000 })
  expect(await readdir(folder)).toHaveLength(1)
  await app.close()
  const again = await startEditing({ dataDir: app.dataDir })
  expect(await readdir(folder)).toEqual([])
  expect((await again.call('GET', `/studio/renders/${done.id}`)).status).toBe(404)
  await again.close()
  expect(existsSync(folder)).toBe(true)
})
