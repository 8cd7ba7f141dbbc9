import { afterAll, beforeAll, expect, it } from 'vitest'
import { startApp, type TestApp } from '../../test/app.ts'

let app: TestApp

beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.dispose())

const gain = (db: number) => ({ kind: 'gain', gain_db: db })
const send = (method: string, path: string, data?: object) =>
  app.call(method, path, data ? { json: { data } } : {})

it('makes every change a new version and keeps the old ones readable', async () => {
  const { status, envelope } = await send('POST', '/studio/recipes', {
    name: ' Louder ',
    steps: [gain(3)],
  })
  const { id } = envelope.data
  await send('PUT', `/studio/recipes/${id}`, { name: 'Much louder', steps: [gain(6)] })

  expect(status).toBe(201)
  expect((await send('GET', `/studio/recipes/${id}`)).envelope.data).toMatchObject({
    name: 'Much louder',
    version: 2,
    steps: [gain(6)],
  })
  expect((await send('GET', `/studio/recipes/${id}?version=1`)).envelope.data).toMatchObject({
    name: 'Louder',
    version: 1,
    steps: [gain(3)],
  })
  expect((await send('GET', `/studio/recipes/${id}?version=3`)).status).toBe(404)
})

it('refuses a name that another recipe has, whatever its case', async () => {
  await send('POST', '/studio/recipes', { name: 'Phone', steps: [gain(1)] })
  const { envelope: other } = await send('POST', '/studio/recipes', {
    name: 'Other',
    steps: [gain(1)],
  })

  const created = await send('POST', '/studio/recipes', { name: 'PHONE', steps: [gain(2)] })
  const renamed = await send('PUT', `/studio/recipes/${other.data.id}`, {
    name: 'phone',
    steps: [gain(1)],
  })

  for (const { status, envelope } of [created, renamed]) {
    expect(status).toBe(400)
    expect(envelope.data.name.unique.message).toMatch(/called “phone” already/i)
  }
})

it('fills in what a step leaves out, and refuses what a step cannot be', async () => {
  const made = await send('POST', '/studio/recipes', {
    name: 'With defaults',
    steps: [{ kind: 'silence_trim' }],
  })
  const wrong = await send('POST', '/studio/recipes', {
    name: 'Wrong',
    steps: [{ kind: 'high_pass', frequency_hz: 1 }],
  })
  const levelless = await send('POST', '/studio/recipes', {
    name: 'Levelless',
    steps: [{ kind: 'normalise', metric: 'loudness' }],
  })

  expect(made.envelope.data.steps[0]).toMatchObject({ head_ms: 100, tail_ms: 200 })
  expect(Object.keys(wrong.envelope.data)).toEqual(['steps.0.frequency_hz'])
  expect(Object.keys(levelless.envelope.data)).toEqual(['steps.0.level'])
})

it('refuses what can be done to no file, by the step or the format it stands in', async () => {
  const refused = async (recipe: object) => {
    const { envelope } = await send('POST', '/studio/recipes', { name: 'Never', ...recipe })
    return Object.entries<object>(envelope.data).map(([path, rules]) => [path, Object.keys(rules)])
  }

  const edges = { kind: 'band_pass', low_hz: 3000, high_hz: 300 }
  expect(await refused({ steps: [gain(3), edges] })).toEqual([
    ['steps.1.low_hz', [expect.any(String)]],
  ])
  expect(await refused({ steps: [], format: { container: 'mp3', channels: 8 } })).toEqual([
    ['format.channels', ['maximum']],
  ])
  expect(await refused({ steps: [], format: { container: 'flac', encoding: 'gsm' } })).toEqual([
    ['format.encoding', ['forbidden']],
  ])
  expect(await refused({ steps: [], format: { container: 'gsm' } })).toEqual([
    ['format.container', ['forbidden']],
  ])

  const format = { container: 'mp3', bitrate_kbps: 320 }
  const possible = { name: 'For some files', steps: [gain(1)], format }
  expect((await send('POST', '/studio/recipes', possible)).status).toBe(201)
})

it('forgets a recipe that is removed', async () => {
  const { envelope } = await send('POST', '/studio/recipes', { name: 'Gone', steps: [gain(1)] })
  const path = `/studio/recipes/${envelope.data.id}`

  expect((await send('DELETE', path)).status).toBe(200)
  expect((await send('GET', path)).status).toBe(404)
  expect((await send('DELETE', path)).status).toBe(404)
})
