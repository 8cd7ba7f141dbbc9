import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { Batch, BatchItem, RecipeInput } from '#contract/batches'
import { startApp } from '../../test/app.ts'
import { smallPack, startPackApp, type PackApi } from '../../test/pack.ts'
import type { TestApp } from '../../test/app.ts'
import { recording, utterance } from '../../test/utterance.ts'

let app: TestApp & PackApi

beforeEach(async () => {
  app = await startPackApp()
})
afterEach(() => app.dispose())

const matchPack: RecipeInput = {
  name: 'Match the pack',
  steps: [
    { kind: 'silence_trim', threshold_dbfs: -48, head_ms: 100, tail_ms: 200 },
    { kind: 'normalise', metric: 'active_level', ceiling_dbtp: -3 },
    { kind: 'fade_in', ms: 5 },
    { kind: 'fade_out', ms: 30 },
  ],
}

const levels = [0.05, 0.08, 0.1, 0.12, 0.15, 0.18, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6]
const idOf = (index: number) => `vm-prompt_${String(index).padStart(2, '0')}`

/** A dozen prompts of one language, from very quiet to very loud. */
const importPrompts = (from: TestApp & PackApi = app, count = levels.length) =>
  from.importZip(
    Object.fromEntries(
      levels
        .slice(0, count)
        .map((level, index) => [`kazoo-core/ru/ru/${idOf(index)}.wav`, utterance(level)]),
    ),
  )

const post = async (path: string, data: object, from: TestApp = app) =>
  from.call('POST', path, { json: { data } })
const get = async (path: string, from: TestApp = app): Promise<any> =>
  (await from.call('GET', path)).envelope.data

/** Hold music: no prompt. */
const addMedium = async (language: string): Promise<string> => {
  const media = `/v2/accounts/${app.accountId}/media`
  const { id } = (
    await app.call('PUT', media, { json: { data: { name: 'Hold music', language } } })
  ).envelope.data
  const headers = { 'content-type': 'audio/x-wav' }
  await app.call('POST', `${media}/${id}/raw`, { body: utterance(0.3), headers })
  return id
}

const batchOf = (id: string, from: TestApp = app): Promise<Batch> =>
  get(`/studio/batches/${id}`, from)
const itemsOf = (id: string, from: TestApp = app): Promise<BatchItem[]> =>
  get(`/studio/batches/${id}/items`, from)

const rest = async (id: string, from: TestApp = app): Promise<Batch> => {
  await expect
    .poll(async () => (await batchOf(id, from)).state, { timeout: 15_000 })
    .not.toBe('running')
  return batchOf(id, from)
}

const start = async (data: object, from: TestApp = app): Promise<Batch> => {
  const { status, envelope } = await post('/studio/batches', data, from)
  expect(envelope).toMatchObject({ status: 'success' })
  expect(status).toBe(202)
  return envelope.data
}

const run = async (data: object): Promise<{ batch: Batch; items: BatchItem[] }> => {
  const batch = await rest((await start(data)).id)
  return { batch, items: await itemsOf(batch.id) }
}

const mediaPath = (id: string) =>
  `/v2/accounts/${app.accountId}/media/${encodeURIComponent(`ru-ru%2F${id}`)}`
const download = async (id: string) => (await app.call('GET', `${mediaPath(id)}/raw`)).bytes
const revisionOf = async (id: string) => (await app.call('GET', mediaPath(id))).envelope.revision
const measuresOf = async (id: string) =>
  (await get(`/studio/media/${encodeURIComponent(`ru-ru%2F${id}`)}/measures`)).measures

const ruRu = { recipe: matchPack, choice: { language: 'ru-ru' } }

const medianOf = (values: number[]) => {
  const sorted = values.toSorted((a, b) => a - b)
  return ((sorted[5] ?? 0) + (sorted[6] ?? 0)) / 2
}

it('brings every prompt of a language to its median without breaking the ceiling', async () => {
  await importPrompts()
  const before = await Promise.all(levels.map((_, index) => measuresOf(idOf(index))))
  const median = medianOf(before.map(({ active_level_dbov: level }) => level))

  const { batch, items } = await run(ruRu)

  expect(batch).toMatchObject({ state: 'done', counts: { done: 12, failed: 0, waiting: 0 } })
  for (const [index, item] of items.entries()) {
    const heard = await measuresOf(idOf(index))
    expect(Math.abs(heard.active_level_dbov - median)).toBeLessThan(0.3)
    expect(heard.true_peak_dbtp).toBeLessThanOrEqual(-3)
    expect(heard.head_silence_ms).toBeLessThan(110)
    expect(item.after?.active_level_dbov).toBeCloseTo(heard.active_level_dbov, 1)
    expect(item.steps?.join()).toMatch(/Trim 200 ms at the start and 200 ms at the end/)
  }
})

it('keeps the file from before, and announces each change as one of the document', async () => {
  await importPrompts(app, 3)
  const original = await download(idOf(0))
  const revision = await revisionOf(idOf(0))

  await run(ruRu)
  const changed = await download(idOf(0))
  const document = (await app.call('GET', mediaPath(idOf(0)))).envelope

  expect(changed.equals(original)).toBe(false)
  expect(Number.parseInt(document.revision ?? '', 10)).toBe(Number.parseInt(revision ?? '', 10) + 1)
  expect(document.data._read_only.unedited).toMatchObject({ content_length: original.length })
})

it('predicts in a dry run what a run of the same files does, and changes nothing', async () => {
  await importPrompts(app, 4)
  const files = await Promise.all([0, 1, 2, 3].map((index) => download(idOf(index))))
  const revision = await revisionOf(idOf(0))

  const dry = await run({ ...ruRu, dry_run: true })
  const after = await Promise.all([0, 1, 2, 3].map((index) => download(idOf(index))))

  expect(dry.batch).toMatchObject({ is_dry_run: true, counts: { done: 4 } })
  expect(after.every((bytes, index) => bytes.equals(files[index] ?? Buffer.alloc(0)))).toBe(true)
  expect(await revisionOf(idOf(0))).toBe(revision)

  const real = await run({ like: dry.batch.id })

  expect(real.items.map(({ after: measured }) => measured)).toEqual(
    dry.items.map(({ after: predicted }) => predicted),
  )
})

it('does for real what was tried before where the result has to be decoded to be looked at', async () => {
  await importPrompts(app, 1)
  const recipe = {
    name: 'As mp3',
    steps: [{ kind: 'gain', gain_db: -3 }],
    format: { container: 'mp3', bitrate_kbps: 32 },
  }
  const dry = await run({ recipe, choice: { language: 'ru-ru' }, dry_run: true })

  const real = await run({ like: dry.batch.id })

  expect(real.items.map(({ state, reason }) => [state, reason])).toEqual([['done', undefined]])
  expect(real.items[0]?.after).toEqual(dry.items[0]?.after)
})

it('leaves a file alone that the same steps made', async () => {
  await importPrompts(app, 4)
  await run(ruRu)
  const revision = await revisionOf(idOf(2))

  const again = await run(ruRu)

  expect(again.batch.counts).toMatchObject({ same: 4, done: 0 })
  expect(await revisionOf(idOf(2))).toBe(revision)
})

it('says by how much the ceiling keeps a file below its level', async () => {
  await app.importZip({
    // One loud click among quiet speech.
    'kazoo-core/ru/ru/vm-click.wav': recording([
      { ms: 100 },
      { ms: 1500, level: 0.05 },
      { ms: 4, level: 0.6, frequencyHz: 1000 },
      { ms: 1500, level: 0.05 },
    ]),
  })
  const recipe = {
    name: 'Loud',
    steps: [{ kind: 'normalise', metric: 'active_level', level: -15, ceiling_dbtp: -3 }],
  }

  const { items } = await run({ recipe, choice: { language: 'ru-ru' } })

  expect(items[0]?.reason).toMatch(/^limited by the −3\.0 dBTP ceiling: −\d+\.\d dB short$/)
  expect(items[0]?.after?.true_peak_dbtp).toBeLessThanOrEqual(-3)
})

it('goes on with the others when one file cannot be done, and says why', async () => {
  await importPrompts(app, 3)
  await app.importZip({ 'kazoo-core/ru/ru/vm-silent.wav': recording([{ ms: 500 }]) })
  const ids = [0, 1, 2].map((index) => `ru-ru%2F${idOf(index)}`)
  const batch = await start({ ...ruRu, dry_run: true })
  await rest(batch.id)
  await app.call('DELETE', mediaPath(idOf(1)))

  const real = await run({ like: batch.id })

  expect(Object.fromEntries(real.items.map((item) => [item.media_id, item.state]))).toEqual({
    [ids[0] ?? '']: 'done',
    [ids[1] ?? '']: 'failed',
    [ids[2] ?? '']: 'done',
    'ru-ru%2Fvm-silent': 'same',
  })
  expect(real.items.find(({ state }) => state === 'failed')?.reason).toMatch(/deleted/)
})

it('says what is missing when nothing can be done, and goes on once it is there', async () => {
  await importPrompts(app, 2)
  vi.stubEnv('PATH', '')
  const batch = await start(ruRu)
  const stopped = await rest(batch.id)
  vi.unstubAllEnvs()

  expect(stopped).toMatchObject({ state: 'stopped', counts: { waiting: 2, failed: 0 } })
  expect(stopped.reason).toBe('sox was not found: install it, then resume.')
  await post(`/studio/batches/${batch.id}/resume`, {})
  expect(await rest(batch.id)).toMatchObject({ state: 'done', counts: { done: 2 } })
  expect(await batchOf(batch.id)).not.toHaveProperty('reason')
})

it('says what to do about files whose language has no pack to match', async () => {
  const id = await addMedium('de-de')

  const { items } = await run({ recipe: matchPack, choice: { media_ids: [id] } })

  expect(items[0]).toMatchObject({
    state: 'failed',
    reason: 'There are no prompts in de-de whose level could be matched: give the step a level.',
  })
})

it('does a file after effects from what the effects made of it', async () => {
  await app.importZip({ 'kazoo-core/ru/ru/vm-hum.wav': utterance(0.3, { frequencyHz: 1000 }) })
  const recipe = {
    name: 'Filter and level',
    steps: [
      { kind: 'high_pass', frequency_hz: 900 },
      { kind: 'resample', sample_rate_hz: 16_000 },
      { kind: 'normalise', metric: 'active_level', level: -20, ceiling_dbtp: -3 },
    ],
    format: { container: 'flac' },
  }

  const { items } = await run({ recipe, choice: { language: 'ru-ru' } })
  const heard = await measuresOf('vm-hum')

  expect(items[0]).toMatchObject({ state: 'done' })
  expect(heard.active_level_dbov).toBeCloseTo(-20, 0)
  expect(heard.sample_rate_hz).toBe(16_000)
  expect((await download('vm-hum')).subarray(0, 4).toString()).toBe('fLaC')
})

it('goes on where it was cancelled, without doing a file twice', async () => {
  await importPrompts()
  const batch = await start(ruRu)
  await expect
    .poll(async () => (await batchOf(batch.id)).counts.done, { interval: 5, timeout: 15_000 })
    .toBeGreaterThan(0)
  await app.call('DELETE', `/studio/jobs/${batch.job_id ?? ''}`)
  const stopped = await rest(batch.id)
  expect(stopped).toMatchObject({ state: 'stopped', counts: { running: 0 } })
  expect(stopped.reason).toBe('It was cancelled.')
  expect(stopped.counts.waiting).toBeGreaterThan(0)

  const resumed = await post(`/studio/batches/${batch.id}/resume`, {})
  expect(resumed.status).toBe(202)
  const done = await rest(batch.id)

  expect(done).toMatchObject({ state: 'done', counts: { done: 12 } })
  for (const [index] of levels.entries()) expect(await revisionOf(idOf(index))).toMatch(/^2-/)
  expect((await post(`/studio/batches/${batch.id}/resume`, {})).status).toBe(400)
})

it('can be resumed after the process ended', async () => {
  await importPrompts()
  const batch = await start(ruRu)
  await expect
    .poll(async () => (await batchOf(batch.id)).counts.done, { interval: 5, timeout: 15_000 })
    .toBeGreaterThan(0)
  await app.close()

  const next = await startApp({ dataDir: app.dataDir })
  try {
    const stopped = await batchOf(batch.id, next)
    expect(stopped).toMatchObject({ state: 'stopped', counts: { running: 0 } })
    expect(stopped.reason).toBe('Patchbay ended before it was done.')
    await post(`/studio/batches/${batch.id}/resume`, {}, next)

    expect(await rest(batch.id, next)).toMatchObject({ state: 'done', counts: { done: 12 } })
    const ends = (await itemsOf(batch.id, next)).map(({ after }) => after?.active_level_dbov ?? 0)
    expect(Math.max(...ends) - Math.min(...ends)).toBeLessThan(0.3)
  } finally {
    await next.close()
  }
})

it('does not put its result over a change somebody made meanwhile', async () => {
  // Minutes long, so that there is time for the change while it is measured.
  await app.importZip({
    [`kazoo-core/ru/ru/${idOf(0)}.wav`]: recording([{ ms: 300_000, level: 0.1 }]),
  })
  const replacement = utterance(0.44)
  const batch = await start({
    ...ruRu,
    recipe: { ...matchPack, steps: [{ kind: 'gain', gain_db: -6 }] },
  })
  await expect.poll(async () => (await batchOf(batch.id)).counts.running, { interval: 5 }).toBe(1)
  await app.call('POST', `${mediaPath(idOf(0))}/raw`, {
    body: replacement,
    headers: { 'content-type': 'audio/x-wav' },
  })
  await rest(batch.id)

  expect((await itemsOf(batch.id))[0]).toMatchObject({
    state: 'failed',
    reason: expect.stringMatching(/changed meanwhile/),
  })
  expect((await download(idOf(0))).equals(replacement)).toBe(true)

  await post(`/studio/batches/${batch.id}/resume`, {})
  expect(await rest(batch.id)).toMatchObject({ counts: { done: 1, failed: 0 } })
})

it('refuses a choice that fits nothing, unknown media, and a recipe that says nothing', async () => {
  await app.importZip(smallPack)
  const refused = async (data: object) => (await post('/studio/batches', data)).envelope.data
  const { recipe } = ruRu

  expect(await refused({ recipe, choice: { language: 'xx' } })).toHaveProperty('choice.minItems')
  expect(await refused({ recipe, choice: { langauge: 'ru-ru' } })).toHaveProperty([
    'choice.langauge',
  ])
  expect(await refused({ recipe, choice: { media_ids: ['nobody'] } })).toHaveProperty([
    'choice.media_ids',
    'invalid',
  ])
  expect(
    await refused({ recipe: { name: 'Nothing', steps: [] }, choice: { language: 'en-us' } }),
  ).toHaveProperty(['recipe.steps', 'minItems'])
  expect(await refused({ choice: { language: 'en-us' } })).toHaveProperty('recipe_id.required')
  expect(await get('/studio/batches')).toEqual([])
})

it('chooses by area, and leaves other media out when prompts alone are meant', async () => {
  await app.importZip({
    'kazoo-core/ru/ru/vm-hello.wav': utterance(0.2),
    'kazoo-core/ru/ru/vmail-hello.wav': utterance(0.2),
    'kazoo-core/ru/ru/cf-hello.wav': utterance(0.2),
  })
  await addMedium('ru-ru')
  const names = async (choice: object) => {
    const { items } = await run({ recipe: matchPack, choice, dry_run: true })
    return items.map(({ media_id: mediaId }) => mediaId)
  }

  expect(await names({ area: 'vm' })).toEqual(['ru-ru%2Fvm-hello'])
  expect(await names({ language: 'ru-ru', only_prompts: true })).toHaveLength(3)
  expect(await names({ language: 'RU-ru' })).toHaveLength(4)
})
