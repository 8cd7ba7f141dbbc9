import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Effect } from '#contract/effects'
import { startEditing, type EditingApp, type OpenDraft } from '../../test/editing.ts'
import { samplesOf } from '../../test/samples.ts'
import { silence, tone } from '../../test/tone.ts'

let app: EditingApp

beforeEach(async () => {
  app = await startEditing()
})
afterEach(() => app.dispose())

const wav = tone({ frequencyHz: 440, durationMs: 500 })

const open = async (bytes = wav) => {
  const id = await app.create({ name: 'Welcome' })
  await app.upload(id, bytes)
  return app.openDraft(id)
}

const ask = (draft: OpenDraft, effects: Effect[], [from, to]: [number, number]) =>
  app.post(`/studio/drafts/${draft.id}/effects`, { revision: draft.revision, from, to, effects })

const apply = async (draft: OpenDraft, effects: Effect[], range: [number, number]) => {
  const { job_id } = await app.data<{ job_id: string }>(ask(draft, effects, range))
  return app.job(job_id)
}

const highPass: Effect = { kind: 'high_pass', frequency_hz: 1000 }

it('puts what sox made of a part where it was, as one step with a name', async () => {
  const draft = await open()

  const job = await apply(draft, [highPass], [1000, 3000])

  expect(job).toMatchObject({
    status: 'done',
    result: { revision: 1, position: 1, step: { label: 'High-pass 1,000 Hz' } },
  })
  const after = await app.draft(draft)
  expect(after.steps[0]?.operation).toMatchObject({ kind: 'replace', from: 1000, to: 3000 })
  await app.save(after)
  const before = samplesOf(wav)
  const heard = samplesOf((await app.download(draft.media_id!)).bytes)
  const loudest = (part: number[]) => part.reduce((most, each) => Math.max(most, each), 0)
  expect(heard).toHaveLength(4000)
  expect(heard.slice(0, 1000)).toEqual(before.slice(0, 1000))
  expect(heard.slice(3000)).toEqual(before.slice(3000))
  expect(loudest(heard.slice(1500, 3000))).toBeLessThan(loudest(before) / 4)
  await app.undo(after)
  await app.save(after)
  expect(samplesOf((await app.download(draft.media_id!)).bytes)).toEqual(before)
})

it('changes rate and channels of the whole only', async () => {
  const draft = await open()
  const resample: Effect = { kind: 'resample', sample_rate_hz: 16_000 }

  const part = await ask(draft, [resample], [0, 1000])
  const job = await apply(draft, [resample, { kind: 'channels', channels: 2 }], [0, 4000])

  expect(part.envelope.data).toHaveProperty('to.invalid')
  expect(job.result).toMatchObject({ step: { label: 'Resample to 16,000 Hz, Stereo' } })
  const list = await app.data<any>(app.call('GET', `/studio/drafts/${draft.id}/list`))
  expect(list).toMatchObject({ sample_rate_hz: 16_000, channels: 2, spans: [{ frames: 8000 }] })
  await app.save(await app.draft(draft))
  const { audio } = (await app.get(draft.media_id!)).data._read_only.file
  expect(audio).toMatchObject({ sample_rate_hz: 16_000, channels: 2, duration_ms: 500 })
})

it('is refused at once where it cannot be done, and changes nothing', async () => {
  const draft = await open()
  const tooHigh = await ask(draft, [{ kind: 'high_pass', frequency_hz: 5000 }], [0, 4000])
  const outside = await ask(draft, [highPass], [0, 5000])
  const stale = await ask({ ...draft, revision: 3 }, [highPass], [0, 4000])

  expect([tooHigh.status, outside.status, stale.status]).toEqual([400, 400, 409])
  expect(tooHigh.envelope.data).toHaveProperty(['effects.0.frequency_hz'])
  expect(outside.envelope.data).toMatchObject({ to: { maximum: { target: 4000 } } })
  expect(await app.data(app.call('GET', '/studio/jobs'))).toEqual([])
})

it('fails rather than leave nothing', async () => {
  const draft = await open(silence({ durationMs: 500 }))
  const trim: Effect = { kind: 'silence_trim', threshold_dbfs: -48, head_ms: 0, tail_ms: 0 }

  const job = await apply(draft, [trim], [0, 4000])

  expect(job).toMatchObject({
    status: 'failed',
    error: expect.stringContaining('nothing would be left'),
  })
  expect((await app.draft(draft)).steps).toEqual([])
  expect(await app.blobsOnDisk()).toBe(1)
})

it('leaves a draft alone that was changed while sox worked', async () => {
  const draft = await open(tone({ frequencyHz: 440, durationMs: 120_000 }))
  const { job_id } = await app.data<{ job_id: string }>(ask(draft, [highPass], [0, 960_000]))
  await app.step(draft, { kind: 'reverse', from: 0, to: 100 })

  const job = await app.job(job_id)

  expect(job).toMatchObject({ status: 'failed', error: expect.stringContaining('apply it again') })
  expect((await app.draft(draft)).steps).toHaveLength(1)
})

it('leaves nothing when it is cancelled', async () => {
  const { id } = await app.source(tone({ frequencyHz: 440, durationMs: 600_000 }))
  const draft = await app.data<OpenDraft>(app.post('/studio/drafts', { source: id }))
  const slow: Effect = { kind: 'speed', factor: 0.5 }
  const { job_id } = await app.data<{ job_id: string }>(ask(draft, [slow], [0, 4_800_000]))

  await app.call('DELETE', `/studio/jobs/${job_id}`, { json: { data: {} } })

  expect(await app.job(job_id)).toMatchObject({ status: 'cancelled' })
  expect((await app.draft(draft)).steps).toEqual([])
  expect(await app.blobsOnDisk()).toBe(1)
})
